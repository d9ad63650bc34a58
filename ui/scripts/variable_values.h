#pragma once

#include "core/edit/edit.h"

#include <atomic>

namespace ui {

/// What a variable is for some files when nobody gives it a value.
struct InitialValues {
    QStringList different; ///< in natural order
    bool more = false; ///< there are others
    QString failure; ///< why it cannot be worked out for a file; empty when it can

    /// "A, B, …", for a field.
    QString text() const;
};

/// The initial values of all variables of a script that can be asked for, in their order, over the instances
/// as they are after the edits, where those of the run are given. For a worker.
QList<InitialValues> initialValues(const edit::ScriptRun& run, const QList<catalog::InstancePtr>& instances,
                                   const edit::EditList& edits, edit::Evaluator& evaluator,
                                   const std::atomic<bool>& cancel);

} // namespace ui
