#include "ui/scripts/script_count.h"

#include "ui/widgets/parts.h"

#include <QCoreApplication>

namespace ui {

ScriptTrial countStatements(const edit::ScriptRun& run, const QList<catalog::InstancePtr>& instances,
                            const QSet<catalog::InstanceId>& selected, const edit::EditList& edits,
                            edit::Evaluator& evaluator, const std::atomic<bool>& cancel, ScriptCount& count)
{
    ScriptTrial trial;
    for (const catalog::InstancePtr& instance : instances) {
        if (cancel)
            return trial;
        const auto before = evaluator.evaluate(*instance, edits);
        const script::RunContext context{evaluator.context().seed, run.variables, run.lookup};
        const auto after = before ? script::run(*run.script, before->meta, before->dataSet, context)
                                  : Result<script::RunResult>(before.error());
        ++count.done;
        if (!after) {
            trial.failures << after.error();
            trial.failures.last().file = instance->path();
            continue;
        }
        for (const QString& message : std::as_const(after->messages))
            ++trial.messages[message];
        for (const QString& remark : QSet<QString>(after->remarks.begin(), after->remarks.end()))
            ++trial.remarks[remark];
        for (const int statement : after->applied) {
            ++count.all[static_cast<size_t>(statement)];
            if (selected.contains(instance->id))
                ++count.selected[static_cast<size_t>(statement)];
        }
    }
    return trial;
}

QStringList firstFindings(const ScriptTrial& trial, qsizetype most)
{
    const auto translated = [](const char* text) { return QCoreApplication::translate("ScriptTrial", text); };
    QStringList lines;
    if (!trial.failures.isEmpty())
        lines << translated("It fails in %1: %2")
                     .arg(filesText(trial.failures.size()), trial.failures.first().reason);
    for (const auto* all : {&trial.remarks, &trial.messages})
        for (auto said = all->begin(); said != all->end() && lines.size() < most; ++said)
            lines << translated("%1: %2").arg(filesText(said.value()), said.key());
    return lines;
}

} // namespace ui
