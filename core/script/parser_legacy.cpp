#include "core/script/checks.h"
#include "core/script/parser.h"

namespace script {

namespace {

class ParserLegacy : public Parser {
public:
    using Parser::Parser;

    Parsed run()
    {
        for (skipNewlines(); !at(Kind::End); skipNewlines()) {
            beginStatement();
            statement();
            if (!failed() && at(Kind::End))
                fail(previous(), QStringLiteral("The last statement must end with a line end"),
                     QStringLiteral("Add an empty line to the script"));
            if (failed())
                skipLine();
        }
        return std::move(m_parsed);
    }

private:
    /// Scripts of this dialect never reached the file meta information.
    Path reachablePath(const Token& token)
    {
        Path path = plainPath(token);
        const Path::Step& step = path.steps.back();
        if (step.tags.isExact() && step.tags.tag().isFileMeta())
            fail(token,
                 QStringLiteral("%1 is file meta information, which scripts of this language cannot change")
                     .arg(token.text),
                 QStringLiteral("Remove the statement: file meta information is made to agree with the data "
                                "set when the file is written"));
        return path;
    }

    void statement()
    {
        Statement result;
        result.position = current().position;
        result.begin = current().begin;
        if (at(Kind::Tag) && !current(1).isSymbol(u":="))
            result.conditions.push_back(condition());
        if (!failed())
            action(result);
        expectStatementEnd();
        if (failed())
            return;
        result.end = previous().end;
        m_parsed.problems += warningsFor(result);
        m_parsed.program.statements.push_back(std::move(result));
    }

    Condition condition()
    {
        Condition result;
        result.left = attribute();
        if (takeSymbol(u"~"))
            result.kind = Condition::Kind::Matches;
        else if (!takeSymbol(u"="))
            fail(current(), QStringLiteral("Expected :=, = or ~, found %1").arg(shown(current())));
        const Token pattern = current();
        if (!failed() && !at(Kind::String))
            fail(current(), QStringLiteral("Expected a string, found %1").arg(shown(current())),
                 QStringLiteral(
                     "A condition compares an attribute with a string; anything else came with dialect 4"));
        if (failed())
            return result;
        result.right = literal(take());
        compilePattern(result, pattern);
        expectAfterCondition(u":", result);
        return result;
    }

    void action(Statement& result)
    {
        if (takeSymbol(u"-")) {
            result.kind = Statement::Kind::Delete;
            target(result);
        } else if (current().isKeyword(u"echo")) {
            take();
            result.kind = Statement::Kind::Echo;
            if (!atLineEnd())
                result.value = value();
        } else {
            target(result);
            expect(u":=", QStringLiteral("an attribute"));
            if (!failed())
                assignment(result);
        }
    }

    void target(Statement& result)
    {
        if (!at(Kind::Tag))
            return fail(current(), QStringLiteral("Expected a tag, found %1").arg(shown(current())),
                        QStringLiteral("Write (gggg,eeee)"));
        result.target = reachablePath(take());
    }

    void assignment(Statement& result)
    {
        if (!current().isKeyword(u"new")) {
            result.kind = Statement::Kind::Assign;
            result.value = at(Kind::Tag) ? copy() : value();
            return;
        }
        take();
        result.kind = Statement::Kind::NewUid;
        if (!at(Kind::Identifier))
            return fail(current(), QStringLiteral("%1 cannot be made new").arg(shown(current())),
                        QStringLiteral("Write new UID"));
        take();
    }

    /// Of one attribute alone: the same as with the format "%1$s", so that what is absent becomes "null".
    ExpressionPtr copy()
    {
        auto format = std::make_shared<Expression>();
        format->position = current().position;
        format->text = QStringLiteral("%1$s");
        auto call = std::make_shared<Expression>();
        call->kind = Expression::Kind::Call;
        call->position = current().position;
        call->function = findFunction(QStringLiteral("%s"), Function::Legacy);
        call->arguments = {format, attribute()};
        return call;
    }

    /// An attribute, a text, or a format with the attributes that go into it.
    ExpressionPtr value()
    {
        if (at(Kind::Tag))
            return attribute();
        if (!at(Kind::String)) {
            fail(current(), QStringLiteral("Expected a value, found %1").arg(shown(current())));
            return nullptr;
        }
        const Token text = take();
        if (!at(Kind::Tag)) {
            if (text.text.contains(QStringLiteral("%%")))
                warn(text, QStringLiteral("%% stays %% in a text without attributes after it"));
            return literal(text);
        }
        auto call = std::make_shared<Expression>();
        call->kind = Expression::Kind::Call;
        call->position = text.position;
        call->function = findFunction(QStringLiteral("%s"), Function::Legacy);
        call->arguments.push_back(literal(text));
        do
            call->arguments.push_back(attribute());
        while (!failed() && takeSymbol(u","));
        checkArguments(*call);
        return call;
    }

    ExpressionPtr attribute()
    {
        auto result = std::make_shared<Expression>();
        result->kind = Expression::Kind::Attribute;
        result->position = current().position;
        if (at(Kind::Tag))
            result->path = reachablePath(take());
        else
            fail(current(), QStringLiteral("Expected a tag, found %1").arg(shown(current())));
        return result;
    }
};

} // namespace

Parsed parseLegacy(const QList<Token>& tokens)
{
    return ParserLegacy(tokens).run();
}

} // namespace script
