#pragma once

// Only for parser_six.cpp and parser_six_values.cpp.

#include "core/script/checks.h"
#include "core/script/parser.h"

namespace script {

/// Blocks in blocks and functions in functions beyond this are no script that a person wrote.
constexpr int deepest = 50;
constexpr int mostItems = 10'000;

/// Statements, conditions, values and paths of dialect 6.
class ParserSix : public Parser {
public:
    using Parser::Parser;
    Parsed run();
    std::optional<Path> runPath();

private:
    /// Up to the end, or to the bracket that closes a block.
    void statements(std::vector<Statement>& list, bool block);
    void statement(std::vector<Statement>& list);
    Statement started() const;
    void keep(std::vector<Statement>& list, Statement statement);
    void version();
    void ifStatement(Statement& result);
    void branch(Statement& result, bool withCondition);
    /// Those that begin with what no condition begins with; false when it is none of them.
    bool simpleAction(Statement& result);
    /// An assignment, a function, or a condition with its actions.
    void conditional(Statement& result);
    bool nextIs(QStringView symbol) const;
    void action(std::vector<Statement>& list);
    bool assignment(Statement& result, const ExpressionPtr& left, const Token& first);
    /// Dialect 4 puts attributes behind a format; here the next statement may begin with a tag.
    void formatHint(const Expression& value);
    bool atOperator() const;
    /// What somebody may have meant where an operator is missing.
    QString insteadOfOperator(const Expression& left) const;
    Condition condition(const ExpressionPtr& left);
    /// Something that can be read: what can mean several attributes cannot.
    ExpressionPtr value();
    void checkReadable(const Expression& expression, const Token& token);
    ExpressionPtr operand();
    /// The name of a function of another dialect is a name like any other, but hardly meant.
    void adviseAgainst(const Token& name, const Advice& advice);
    void call(Expression& result, const Token& name);
    /// Values between brackets, over several lines too.
    std::vector<ExpressionPtr> members(QStringView closing);
    Path path();
    void step(Path& path);
    static void tagStep(Path::Step& step, const Token& token);
    int item();
    int m_depth = 0;
    int m_calls = 0;
    bool m_inBlock = false;
};

} // namespace script
