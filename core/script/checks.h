#pragma once

#include "core/script/program.h"

namespace script {

/// What can be said of a name that has no meaning in a dialect, or that is refused; empty where nothing
/// helps.
struct Advice {
    QString message;
    QString remedy;
};
Advice adviceFor(const QString& name, Dialect dialect = Dialect::Four);

/// What to say of a function that there is not, with the name that may have been meant.
Advice adviceForUnknown(const QString& name, Dialect dialect);

/// Why a call with these arguments can never work, with the compiled pattern put into it; empty when fine.
std::optional<Problem> checkCall(Expression& call, const Position& name);

/// What is doubtful in an assignment: a value that breaks the rules of its attribute, a sequence as target.
QList<Problem> warningsFor(const Statement& statement);

} // namespace script
