#pragma once

#include "core/script/program.h"

namespace script {

/// The statements of a script, and what is wrong with it: at most one error for each line, and warnings.
struct Parsed {
    Program program;
    QList<Problem> problems;
};

/// Dialect 4 without variables.
Parsed parseFour(const QList<Token>& tokens);

} // namespace script
