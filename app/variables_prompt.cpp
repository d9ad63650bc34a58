#include "app/variables_prompt.h"

#include <QTextStream>
#include <cstdio>

#ifdef Q_OS_WIN
#include <io.h>
#else
#include <unistd.h>
#endif

bool isTerminal()
{
#ifdef Q_OS_WIN
    return _isatty(_fileno(stdin)) != 0;
#else
    return isatty(STDIN_FILENO) != 0;
#endif
}

void askForVariables(const script::Script& script, const dicom::DataSet& object, script::RunContext& context)
{
    const bool ignoreCase = script.dialect() == script::Dialect::Four;
    QTextStream answers(stdin);
    QTextStream questions(stderr);
    for (const script::VariableInfo& variable : script.variables()) {
        bool known = variable.hidden || !(variable.used || variable.hasInitial);
        for (auto given = context.variables.keyBegin(); given != context.variables.keyEnd(); ++given)
            known = known
                || given->compare(variable.name, ignoreCase ? Qt::CaseInsensitive : Qt::CaseSensitive) == 0;
        if (known)
            continue;
        const auto initial = script::initialValue(script, variable.name, object, context);
        questions << "Enter value for " << variable.label << " [" << (initial ? *initial : QString())
                  << "]: " << Qt::flush;
        const QString answer = answers.readLine();
        if (!answer.isEmpty())
            context.variables.insert(variable.name, answer);
    }
}
