#include "ui/scripts/variable_values.h"

#include <QCollator>
#include <algorithm>

namespace ui {

namespace {

constexpr qsizetype mostShown = 4;
constexpr qsizetype mostKept = 1000; ///< enough to show the first of them in order

void add(InitialValues& values, const Result<QString>& one)
{
    if (!one)
        values.failure = one.error().message();
    else if (!values.different.contains(*one)) {
        values.more = values.different.size() >= mostKept;
        if (!values.more)
            values.different << *one;
    }
}

} // namespace

QString InitialValues::text() const
{
    const QString shown = different.first(std::min(different.size(), mostShown)).join(QStringLiteral(", "));
    return more || different.size() > mostShown ? shown + QStringLiteral(", …") : shown;
}

QList<InitialValues> initialValues(const edit::ScriptRun& run, const QList<catalog::InstancePtr>& instances,
                                   const edit::EditList& edits, edit::Evaluator& evaluator,
                                   const std::atomic<bool>& cancel)
{
    const QList<script::VariableInfo> variables = run.script->variables();
    QList<InitialValues> values(variables.size());
    const script::RunContext context{evaluator.context().seed, run.variables, run.lookup};
    for (const catalog::InstancePtr& instance : instances) {
        if (cancel)
            return values;
        const auto object = evaluator.evaluate(*instance, edits);
        if (!object)
            continue; // it fails to be saved, and that is told
        for (qsizetype i = 0; i < variables.size(); ++i)
            if (variables[i].hasInitial && !values[i].more)
                add(values[i],
                    script::initialValue(*run.script, variables[i].name, object->dataSet, context));
    }
    QCollator natural;
    natural.setNumericMode(true);
    for (InitialValues& one : values)
        std::sort(one.different.begin(), one.different.end(), natural);
    return values;
}

} // namespace ui
