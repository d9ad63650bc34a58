#pragma once

#include "core/edit/edit.h"
#include "core/script/script.h"

#include <QMap>
#include <QSet>
#include <atomic>
#include <vector>

namespace ui {

/// How many files each statement of a script changes; filled by a worker, may be read meanwhile.
struct ScriptCount {
    explicit ScriptCount(qsizetype statements)
        : all(static_cast<size_t>(statements))
        , selected(static_cast<size_t>(statements))
    {
    }
    std::vector<std::atomic<int>> all;
    std::vector<std::atomic<int>> selected;
    std::atomic<int> done{0}; ///< files looked at
};

/// What a trial of a script had to say.
struct ScriptTrial {
    QList<Error> failures; ///< why it fails where it does: one for each file
    QMap<QString, int> messages; ///< echo, with the number of files
    QMap<QString, int> remarks; ///< the same of script::RunResult::remarks
};

/// The first things to know of a trial, a line each; failures first.
QStringList firstFindings(const ScriptTrial& trial, qsizetype most);

/// Runs the script, with its table and values, on every instance as it is after the edits, and counts.
ScriptTrial countStatements(const edit::ScriptRun& run, const QList<catalog::InstancePtr>& instances,
                            const QSet<catalog::InstanceId>& selected, const edit::EditList& edits,
                            edit::Evaluator& evaluator, const std::atomic<bool>& cancel, ScriptCount& count);

} // namespace ui
