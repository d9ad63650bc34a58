#include "app/variables_prompt.h"

#include "app/messages.h"
#include "core/base/suggestion.h"

#include <QTextStream>
#include <algorithm>
#include <cstdio>

#ifdef Q_OS_WIN
#include <io.h>
#else
#include <unistd.h>
#endif

namespace {

bool isTerminal(std::FILE* stream)
{
#ifdef Q_OS_WIN
    return _isatty(_fileno(stream)) != 0;
#else
    return isatty(fileno(stream)) != 0;
#endif
}

} // namespace

bool isTerminal()
{
    return isTerminal(stdin);
}

bool canAsk()
{
    return isTerminal(stdin) && isTerminal(stderr);
}

namespace {

/// One for all questions: a stream reads ahead.
QString nextAnswer()
{
    static QTextStream answers(stdin);
    return answers.readLine();
}

} // namespace

bool askToGoOn()
{
    QTextStream(stderr) << "Go on? [y/N]: " << Qt::flush;
    const QString answer = nextAnswer().trimmed();
    return answer.compare(u"y", Qt::CaseInsensitive) == 0 || answer.compare(u"yes", Qt::CaseInsensitive) == 0;
}

namespace {

Qt::CaseSensitivity caseOf(const script::Script& script)
{
    return script.dialect() == script::Dialect::Four ? Qt::CaseInsensitive : Qt::CaseSensitive;
}

/// What a variable is for the first instance, and a word when it is something else for another one.
QString offered(const script::Script& script, const script::VariableInfo& variable,
                const QList<catalog::InstancePtr>& instances, const script::RunContext& context)
{
    const auto valueFor = [&](const catalog::InstancePtr& instance) {
        const auto file = instance->load();
        return file ? script::initialValue(script, variable.name, (*file)->dataSet, context)
                    : Result<QString>(file.error());
    };
    const auto first = valueFor(instances.first());
    const QString text = first ? *first : QString();
    if (!variable.hasInitial)
        return text; // nothing of the files is in it
    const bool alike = std::all_of(instances.begin(), instances.end(), [&](const auto& instance) {
        const auto value = valueFor(instance);
        return !value || *value == text;
    });
    return alike ? text : text + QStringLiteral("; each file its own");
}

/// Known to every host of scripts, so to no script.
bool isOfHost(const QString& name)
{
    return name == u"reject:isEnabled";
}

} // namespace

void askForVariables(const script::Script& script, const QList<catalog::InstancePtr>& instances,
                     script::RunContext& context)
{
    QTextStream questions(stderr);
    for (const script::VariableInfo& variable : script.variables()) {
        bool known = variable.hidden || !(variable.used || variable.hasInitial);
        for (auto given = context.variables.keyBegin(); given != context.variables.keyEnd(); ++given)
            known = known || given->compare(variable.name, caseOf(script)) == 0;
        if (known)
            continue;
        questions << "Enter value for " << variable.label << " ["
                  << offered(script, variable, instances, context) << "]: " << Qt::flush;
        const QString answer = nextAnswer();
        if (!answer.isEmpty())
            context.variables.insert(variable.name, answer);
    }
}

namespace {

bool contains(const QStringList& names, const QString& name, const script::Script& script)
{
    return names.contains(name, caseOf(script));
}

QStringList settable(const script::Script& script)
{
    QStringList names;
    for (const script::VariableInfo& variable : script.variables())
        names << variable.name;
    return names;
}

void sayUnknown(const QString& name, const QStringList& known)
{
    const QString meant = nearest(name, known);
    say(QStringLiteral("--set %1: no script has a variable of this name%2")
            .arg(name,
                 !meant.isEmpty()      ? QStringLiteral("; did you mean %1?").arg(meant)
                     : known.isEmpty() ? QStringLiteral("; there is none to set")
                                       : QStringLiteral("; there is %1").arg(known.join(u", "))));
}

} // namespace

bool areKnown(const script::VariableValues& given, const QList<script::ScriptPtr>& scripts)
{
    QStringList all;
    for (const script::ScriptPtr& script : scripts)
        all += settable(*script);
    all.removeDuplicates();
    bool good = true;
    for (auto value = given.begin(); value != given.end(); ++value) {
        const QString& name = value.key();
        const auto anyHas = [&](const auto& namesOf) {
            return std::any_of(scripts.begin(), scripts.end(), [&](const script::ScriptPtr& script) {
                return contains(namesOf(*script), name, *script);
            });
        };
        if (isOfHost(name) || anyHas(settable))
            continue;
        if (anyHas([](const script::Script& script) { return script.variablesOfItsOwn(); })) {
            say(QStringLiteral(
                    "warning: --set %1: the script sets this variable itself, so the value is not used")
                    .arg(name));
            continue;
        }
        good = false;
        sayUnknown(name, all);
    }
    return good;
}

bool areUsable(const QList<script::VariableInfo>& variables, const script::VariableValues& given)
{
    bool good = true;
    for (const script::VariableInfo& variable : variables) {
        const auto value = given.constFind(variable.name);
        const QString refusal = value == given.constEnd() ? QString() : script::refusalOf(variable, *value);
        if (!refusal.isEmpty())
            say(refusal);
        good = good && refusal.isEmpty();
        if (variable.isSeeded && variable.used && value == given.constEnd())
            say(QStringLiteral(
                    "note: %1 was not given (--set %1=N), so dates are moved by a number of days made "
                    "from the seed")
                    .arg(variable.name));
    }
    return good;
}
