#pragma once

#include "core/job/identity_changes.h"
#include "core/job/remains.h"
#include "core/job/script_effects.h"
#include "core/write/writer.h"

#include <atomic>
#include <functional>

namespace job {

/// Files, what is to be done to them, and where they go: what a save of the window and a run of dicomremap
/// are.
struct Job {
    QList<catalog::InstancePtr> instances;
    edit::EditList edits;
    writer::Destination destination;
    writer::WriteOptions writing = {};
};

/// What a job would do.
struct Outlook {
    writer::Plan plan;
    IdentityChange identity;
    ScriptEffects scripts;
};

/// What became of it.
struct JobReport {
    writer::WriteReport written;
    QList<residue::Remainder> remains; ///< in the written files
};

/// Told of each file whose edits can be applied.
using Look = std::function<void(const catalog::Instance& instance, const edit::Evaluated& evaluated)>;

/// Looks at each file of the plan once, in order, and changes nothing; not at any where the plan has
/// problems. Files that were written before an interruption are in no plan. Those that cannot be evaluated
/// are told of when they are written. When `cancel` turns true it stops, and what it found is of some files
/// only.
Outlook prepare(const Job& job, edit::Evaluator& evaluator, const std::atomic<bool>& cancel,
                const Look& look = {});

/// Writes the files of the plan (writer::write(), with the same progress and cancelling) and looks for what
/// remains while it does.
JobReport run(const Job& job, const writer::Plan& plan, edit::Evaluator& evaluator,
              const std::atomic<bool>& cancel, const std::function<void(int, int)>& progress);

} // namespace job
