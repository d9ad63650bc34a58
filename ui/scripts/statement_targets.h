#pragma once

#include "core/script/script.h"

namespace ui {

/// The attribute that each statement assigns or deletes, in the order of Script::statements(): its name, or
/// how the script writes it when it has none. Empty for statements without one, such as "if" and echo.
QStringList statementTargets(const script::Script& script);

} // namespace ui
