#pragma once

#include "core/script/program.h"

namespace script {

/// The statements of a script in dialect 4, or what is wrong with it.
std::variant<Program, Problem> parseFour(const QList<Token>& tokens);

} // namespace script
