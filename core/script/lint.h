#pragma once

#include "core/script/script.h"

namespace script {

/// What is doubtful in a script that can be run: statements that never apply or are undone by a later one,
/// deletions of attributes that every object needs (PS3.3), and what an identity may be left in. Warnings and
/// notes, in the order of the lines; those on the whole script first.
QList<Problem> lint(const Script& script);

} // namespace script
