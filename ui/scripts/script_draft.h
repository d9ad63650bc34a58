#pragma once

#include "core/script/script.h"

namespace ui {

/// A script with what it is to be run with, handed from the editor to the dialog that applies it and back.
struct ScriptDraft {
    QString name;
    QString path; ///< of the file; empty when it is in none, or not as it is there
    QString source; ///< where there is no path
    script::Dialect dialect = script::Dialect::Auto; ///< Auto: its language is detected
    QString lookupPath = {}; ///< of the table file; empty: none
    script::VariableValues values = {}; ///< those that were typed in
};

} // namespace ui
