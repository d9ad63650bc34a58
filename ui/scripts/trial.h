#pragma once

#include "core/edit/edit.h"
#include "core/edit/merge.h"

#include <atomic>

namespace ui {

/// What a script does to one image as it is after the edits.
struct OneTrial {
    QList<edit::MergedAttribute> changes; ///< in tag order
    QStringList messages; ///< echo and remarks
    QString failure; ///< why it cannot be applied; empty when it can
};

/// For a worker.
OneTrial tryScript(const edit::ScriptRun& run, const catalog::InstancePtr& instance,
                   const edit::EditList& edits, edit::Evaluator& evaluator, const std::atomic<bool>& cancel);

} // namespace ui
