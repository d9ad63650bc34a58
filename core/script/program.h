#pragma once

#include "core/script/functions.h"
#include "core/script/path.h"
#include "core/script/token.h"

#include <QHash>
#include <memory>
#include <vector>

namespace script {

// The syntax tree of all dialects. Each parser makes what its dialect has, so the evaluators need not ask for
// the dialect.

struct Expression;
using ExpressionPtr = std::shared_ptr<const Expression>;

/// Something that has a value.
struct Expression {
    enum class Kind { Literal, Attribute, Variable, Call, List };
    Kind kind = Kind::Literal;
    Position position;
    QString text; ///< of literals; of variables the name (in dialect 4 in lower case)
    bool isNumber = false; ///< a literal written as a number
    Path path; ///< of attributes
    const Function* function = nullptr; ///< of calls
    std::vector<ExpressionPtr> arguments; ///< of calls and lists
    int place = 0; ///< of calls: tells them apart in the script
    std::optional<Regex> regex; ///< of calls whose pattern is a literal: compiled once
};

struct Condition {
    enum class Kind { Equals, Differs, Matches, MatchesNot, Holds };
    Kind kind = Kind::Equals;
    ExpressionPtr left; ///< of Holds: a function that says true or false
    ExpressionPtr right;
    std::optional<Regex> regex; ///< where the pattern is a literal
};

struct Statement;

/// What an "if" does when its conditions hold; without conditions it is the "else".
struct Branch {
    std::vector<Condition> conditions;
    std::vector<Statement> statements;
};

struct Statement {
    enum class Kind {
        Assign,
        AssignExisting, ///< "?="
        NewUid,
        Delete,
        Echo,
        SetVariable,
        Call, ///< a function for what it does
        RemovePrivate,
        If ///< "condition ? action : action" too
    };
    Kind kind = Kind::Delete;
    Position position;
    qsizetype begin = 0, end = 0; ///< its characters in the source
    int index = 0; ///< in Script::statements(); the actions of a "?" share it with their statement
    std::vector<Condition> conditions; ///< dialects L and 4: all must hold
    Path target; ///< of Assign, AssignExisting, NewUid, Delete
    QString variable; ///< of SetVariable
    ExpressionPtr value; ///< null for a bare echo
    bool isTernary = false; ///< an If written "condition ? action : action"
    std::vector<Branch> branches; ///< of If: the first whose conditions hold is carried out
};

/// A variable of the script.
struct Variable {
    QString key; ///< what expressions name it by: in dialect 4 in lower case
    QString name; ///< as first written
    Position position;
    QString description;
    QString exported; ///< the field that a host stores it in
    bool hidden = false;
    ExpressionPtr initial; ///< dialect 4; null when there is none
    bool assigned = false; ///< dialect 6: by the script itself
    bool used = false;
};

class Program {
public:
    std::vector<Statement> statements;
    bool usesLookup = false;

    /// In dialect 4 each one behind those it depends on.
    const std::vector<Variable>& variables() const { return m_variables; }
    void setVariables(std::vector<Variable> variables);
    /// Adds it where there is none; valid until another one is added.
    Variable& variable(const QString& key);
    const Variable* findVariable(const QString& key) const;

private:
    std::vector<Variable> m_variables;
    QHash<QString, size_t> m_places;
};

/// What a parser makes of a script, and what is wrong with it.
struct Parsed {
    Program program;
    QList<Problem> problems;
};

} // namespace script
