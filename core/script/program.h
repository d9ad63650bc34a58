#pragma once

#include "core/script/functions.h"
#include "core/script/tag_pattern.h"
#include "core/script/token.h"

#include <memory>
#include <vector>

namespace script {

struct Expression;
using ExpressionPtr = std::shared_ptr<const Expression>;

/// Something that has a value.
struct Expression {
    enum class Kind { Literal, Attribute, Call };
    Kind kind = Kind::Literal;
    Position position;
    QString text; ///< of literals
    bool isNumber = false; ///< a literal written as a number
    dicom::Tag tag; ///< of attributes
    const Function* function = nullptr; ///< of calls
    std::vector<ExpressionPtr> arguments; ///< of calls
    std::optional<Regex> regex; ///< of calls whose pattern is a literal: compiled once
};

struct Constraint {
    enum class Kind { Equals, Matches };
    Kind kind = Kind::Equals;
    ExpressionPtr left, right;
    std::optional<Regex> regex; ///< where the pattern is a literal
};

struct Statement {
    enum class Kind { Assign, NewUid, Delete, Echo };
    Kind kind = Kind::Delete;
    Position position;
    qsizetype begin = 0, end = 0; ///< its characters in the source
    std::vector<Constraint> constraints;
    std::optional<TagPattern> target; ///< of everything but Echo
    ExpressionPtr value; ///< of Assign and Echo; null for a bare echo
};

class Program {
public:
    std::vector<Statement> statements;
};

} // namespace script
