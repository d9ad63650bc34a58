#include "core/script/parser.h"

#include "core/script/checks.h"

namespace script {

bool Parser::takeSymbol(QStringView symbol)
{
    const bool there = current().isSymbol(symbol);
    if (there)
        take();
    return there;
}

void Parser::skipLine()
{
    while (!atLineEnd())
        take();
}

void Parser::skipNewlines()
{
    while (at(Kind::Newline))
        take();
}

QString Parser::shown(const Token& token)
{
    switch (token.kind) {
    case Kind::Newline:
        return QStringLiteral("the end of the line");
    case Kind::End:
        return QStringLiteral("the end of the script");
    case Kind::String:
        return QStringLiteral("\"%1\"").arg(token.text);
    default:
        return token.text;
    }
}

void Parser::fail(const Problem& problem)
{
    if (!m_failed)
        m_parsed.problems << problem;
    m_failed = true;
}

void Parser::fail(const Token& token, const QString& message, const QString& remedy)
{
    fail(problemAt(token.position, message, remedy));
}

void Parser::warn(const Token& token, const QString& message, const QString& remedy)
{
    m_parsed.problems << warningAt(token.position, message, remedy);
}

void Parser::expect(QStringView symbol, const QString& after, const QString& remedy)
{
    if (!m_failed && !takeSymbol(symbol))
        fail(current(), QStringLiteral("Expected %2 after %3, found %1").arg(shown(current()), symbol, after),
             remedy);
}

void Parser::expectAfterCondition(QStringView symbol, const Condition& condition)
{
    const bool meantToAssign = atLineEnd() && condition.kind == Condition::Kind::Equals && condition.left
        && condition.left->kind == Expression::Kind::Attribute;
    expect(symbol, QStringLiteral("a condition"),
           meantToAssign ? QStringLiteral("An assignment is written with :=") : QString());
}

void Parser::expectStatementEnd()
{
    if (!m_failed && !atLineEnd())
        fail(current(), QStringLiteral("%1 is not expected after a statement").arg(shown(current())),
             QStringLiteral("Begin a new line for each statement"));
}

void Parser::compilePattern(Condition& condition, const Token& token)
{
    const bool isPattern =
        condition.kind == Condition::Kind::Matches || condition.kind == Condition::Kind::MatchesNot;
    if (m_failed || !isPattern || condition.right->kind != Expression::Kind::Literal)
        return;
    const auto regex = Regex::compile(condition.right->text);
    if (regex)
        condition.regex = *regex;
    else
        fail(token, QStringLiteral("This cannot be used: ") + regex.error().reason, regex.error().remedy);
}

void Parser::checkArguments(Expression& call)
{
    if (m_failed)
        return;
    if (const auto problem = checkCall(call, call.position))
        fail(*problem);
}

Path Parser::plainPath(const Token& token)
{
    Path path;
    path.steps.push_back({Path::Level::Tag, TagPattern(token.text.mid(1, 4) + token.text.mid(6, 4))});
    return path;
}

ExpressionPtr Parser::literal(const Token& token) const
{
    auto result = std::make_shared<Expression>();
    result->position = token.position;
    result->text = token.text;
    result->isNumber = token.kind == Kind::Number;
    return result;
}

Variable& Parser::variable(const Token& name, bool ignoreCase)
{
    Variable& result = m_parsed.program.variable(ignoreCase ? name.text.toLower() : name.text);
    if (result.name.isEmpty()) {
        result.name = name.text;
        result.position = name.position;
    }
    return result;
}

void Parser::describe(bool ignoreCase, const QList<QStringView>& hiding)
{
    take();
    if (!at(Kind::Identifier))
        return fail(current(),
                    QStringLiteral("Expected the name of a variable, found %1").arg(shown(current())));
    Variable& described = variable(take(), ignoreCase);
    if (at(Kind::String))
        described.description = take().text;
    else if (!atLineEnd() && hiding.contains(QStringView(current().text))) {
        described.hidden = true;
        take();
    } else
        fail(current(), QStringLiteral("Expected a description, found %1").arg(shown(current())),
             QStringLiteral("Write: describe name \"text\", or: describe name hidden"));
}

void Parser::exportVariable(bool ignoreCase)
{
    take();
    if (!at(Kind::Identifier))
        return fail(current(),
                    QStringLiteral("Expected the name of a variable, found %1").arg(shown(current())));
    Variable& exported = variable(take(), ignoreCase);
    if (at(Kind::String))
        exported.exported = take().text;
    else
        fail(current(), QStringLiteral("Expected the name of a field, found %1").arg(shown(current())),
             QStringLiteral("Write: export name \"field\""));
}

} // namespace script
