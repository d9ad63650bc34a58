// Dialect 6: statements.

#include "core/script/parser_six.h"

namespace script {

Parsed ParserSix::run()
{
    statements(m_parsed.program.statements, false);
    return std::move(m_parsed);
}

std::optional<Path> ParserSix::runPath()
{
    auto path = this->path();
    const bool whole = !failed() && at(Kind::End) && !path.steps.empty();
    return whole ? std::optional(std::move(path)) : std::nullopt;
}

void ParserSix::statements(std::vector<Statement>& list, bool block)
{
    for (skipNewlines(); !at(Kind::End) && !(block && current().isSymbol(u"}")); skipNewlines()) {
        if (!block)
            beginStatement();
        statement(list);
        if (failed() && block)
            return;
        if (failed() && m_inBlock) { // where the block ends cannot be told any more
            while (!at(Kind::End))
                take();
            return;
        }
        if (failed())
            skipLine();
    }
}

void ParserSix::statement(std::vector<Statement>& list)
{
    const Token first = current();
    if (first.isKeyword(u"version"))
        return version();
    if (first.isKeyword(u"describe"))
        return describe(false, {u"hidden", u"const", u"immutable"});
    if (first.isKeyword(u"export"))
        return exportVariable(false);
    Statement result = started();
    if (first.isKeyword(u"if")) {
        m_inBlock = true;
        ifStatement(result);
        m_inBlock = failed();
    } else if (first.isKeyword(u"removeAllPrivateTags")) {
        take();
        result.kind = Statement::Kind::RemovePrivate;
    } else if (first.isKeyword(u"elseif") || first.isKeyword(u"else")) {
        fail(first, QStringLiteral("%1 without an if before it").arg(first.text));
    } else if (!simpleAction(result)) {
        conditional(result);
    }
    keep(list, std::move(result));
}

Statement ParserSix::started() const
{
    Statement result;
    result.position = current().position;
    result.begin = current().begin;
    return result;
}

void ParserSix::keep(std::vector<Statement>& list, Statement statement)
{
    if (failed())
        return;
    statement.end = previous().end;
    m_parsed.problems += warningsFor(statement);
    list.push_back(std::move(statement));
}

void ParserSix::version()
{
    take();
    if (current().isSymbol(u":=") || current().isSymbol(u"="))
        return fail(current(), QStringLiteral("The version is not assigned"),
                    QStringLiteral("Write: version \"6.6\""));
    if (!at(Kind::String))
        return fail(current(), QStringLiteral("Expected the version, found %1").arg(shown(current())),
                    QStringLiteral("Write: version \"6.6\""));
    const Token number = take();
    static const QRegularExpression known(QStringLiteral(R"(\A6\.(?:[0-7]|[1-9]\d+)\z)"));
    if (!known.match(number.text).hasMatch())
        fail(number, QStringLiteral("Version %1 is not known").arg(number.text),
             number.text.startsWith(u'4')
                 ? QStringLiteral("Scripts of dialect 4 have no version line: remove it")
                 : QStringLiteral("6.0 to 6.7, 6.10 and later minors are known"));
}

void ParserSix::ifStatement(Statement& result)
{
    result.kind = Statement::Kind::If;
    if (++m_depth > deepest)
        return fail(current(), QStringLiteral("Blocks are nested too deeply"));
    take();
    branch(result, true);
    for (;;) {
        qsizetype ahead = 0; // the line ends before "else" belong to the statement, others do not
        while (current(ahead).kind == Kind::Newline)
            ++ahead;
        const Token next = current(ahead);
        const bool more = next.isKeyword(u"elseif");
        if (failed() || (!more && !next.isKeyword(u"else")))
            break;
        skipNewlines();
        take();
        if (current().isKeyword(u"if"))
            fail(current(), QStringLiteral("else if are two words"), QStringLiteral("Write elseif"));
        branch(result, more);
        if (!more)
            break;
    }
    --m_depth;
}

void ParserSix::branch(Statement& result, bool withCondition)
{
    Branch made;
    if (withCondition) {
        expect(u"(", QStringLiteral("if"));
        skipNewlines();
        if (!failed())
            made.conditions.push_back(condition(value()));
        skipNewlines();
        const bool joins = current().is(Kind::Identifier, u"and") || current().is(Kind::Identifier, u"or");
        expect(u")", QStringLiteral("the condition of if"),
               joins ? QStringLiteral("One condition stands in an if: put another if into it, or write "
                                      "and[…] or or[…] with functions that are true or false")
                     : QString());
    }
    skipNewlines();
    expect(u"{", QStringLiteral("if and else"));
    if (!failed())
        statements(made.statements, true);
    expect(u"}", QStringLiteral("the statements of if"));
    result.branches.push_back(std::move(made));
}

bool ParserSix::simpleAction(Statement& result)
{
    if (takeSymbol(u"-")) {
        result.kind = Statement::Kind::Delete;
        result.target = path();
        return true;
    }
    if (current().isKeyword(u"echo")) {
        take();
        result.kind = Statement::Kind::Echo;
        result.value = value();
        return true;
    }
    if (!at(Kind::Identifier) || !current(1).isSymbol(u":="))
        return false;
    Variable& set = variable(current(), false);
    set.assigned = true;
    result.kind = Statement::Kind::SetVariable;
    result.variable = take().text;
    take();
    result.value = value();
    return true;
}

void ParserSix::conditional(Statement& result)
{
    const Token first = current();
    const ExpressionPtr left = operand();
    if (failed() || assignment(result, left, first))
        return;
    const bool isCall = left->kind == Expression::Kind::Call;
    if (isCall && !current().isSymbol(u"?") && !atOperator()) {
        result.kind = Statement::Kind::Call;
        result.value = left;
        return;
    }
    checkReadable(*left, first);
    Branch then;
    then.conditions.push_back(condition(left));
    if (failed())
        return;
    if (current().isSymbol(u":"))
        return fail(current(), QStringLiteral("There is a colon after the condition"),
                    QStringLiteral("Dialect 6 writes: condition ? action : action"));
    expectAfterCondition(u"?", then.conditions.back());
    result.kind = Statement::Kind::If;
    result.isTernary = true;
    action(then.statements);
    result.branches.push_back(std::move(then));
    if (failed() || !nextIs(u":"))
        return;
    skipNewlines();
    take();
    Branch otherwise;
    action(otherwise.statements);
    result.branches.push_back(std::move(otherwise));
}

bool ParserSix::nextIs(QStringView symbol) const
{
    qsizetype ahead = 0;
    while (current(ahead).kind == Kind::Newline)
        ++ahead;
    return current(ahead).isSymbol(symbol);
}

void ParserSix::action(std::vector<Statement>& list)
{
    skipNewlines();
    Statement result = started();
    if (current().isKeyword(u"removeAllPrivateTags") || current().isKeyword(u"if"))
        return fail(current(), QStringLiteral("%1 cannot follow ? or :").arg(current().text),
                    QStringLiteral("Write: if (condition) { … }"));
    if (!simpleAction(result)) {
        const Token first = current();
        const ExpressionPtr left = operand();
        if (!failed() && !assignment(result, left, first)) {
            result.kind = Statement::Kind::Call;
            result.value = left;
            if (left->kind != Expression::Kind::Call)
                fail(first, QStringLiteral("Expected an action, found %1").arg(shown(first)));
        }
    }
    keep(list, std::move(result));
}

bool ParserSix::assignment(Statement& result, const ExpressionPtr& left, const Token& first)
{
    const bool always = current().isSymbol(u":=");
    if (!always && !current().isSymbol(u"?="))
        return false;
    take();
    result.kind = always ? Statement::Kind::Assign : Statement::Kind::AssignExisting;
    result.target = left->path;
    if (left->kind != Expression::Kind::Attribute)
        fail(first, QStringLiteral("%1 cannot be set").arg(shown(first)));
    else if (always && !left->path.isSingle())
        fail(first,
             QStringLiteral("%1 can mean several attributes, which := does not set")
                 .arg(left->path.toString()),
             QStringLiteral("Write ?= to set those that are there, or name one attribute"));
    if (!failed() && current().is(Kind::Identifier, u"new"))
        return fail(current(), QStringLiteral("new is not known in dialect 6"),
                    QStringLiteral("Write newUID[]")),
               true;
    result.value = value();
    formatHint(*result.value);
    return true;
}

void ParserSix::formatHint(const Expression& value)
{
    const bool isFormat = value.kind == Expression::Kind::Literal && at(Kind::Tag)
        && (current(1).kind == Kind::Newline || current(1).kind == Kind::End || current(1).isSymbol(u","));
    if (!failed() && isFormat)
        fail(current(), QStringLiteral("%1 is not expected after a value").arg(shown(current())),
             QStringLiteral("Write format[\"{0}\", (gggg,eeee)]"));
}

Parsed parseSix(const QList<Token>& tokens)
{
    return ParserSix(tokens).run();
}

std::optional<Path> parseDirectPath(const QString& text)
{
    if (!text.isValidUtf16())
        return std::nullopt;
    const Tokens tokens = tokenizeDirect(text);
    return tokens.problems.isEmpty() ? ParserSix(tokens.tokens).runPath() : std::nullopt;
}

} // namespace script
