#include "core/script/checks.h"
#include "core/script/parser.h"
#include "core/script/variables.h"

namespace script {

namespace {

/// Functions in functions beyond this are no script that a person wrote.
constexpr int deepest = 50;

class ParserFour : public Parser {
public:
    using Parser::Parser;

    Parsed run()
    {
        for (skipNewlines(); !at(Kind::End); skipNewlines()) {
            beginStatement();
            if (at(Kind::Keyword) && (current().text == u"describe" || current().text == u"export"))
                declaration();
            else if (at(Kind::Identifier) && current(1).isSymbol(u":="))
                initialisation();
            else
                statement();
            if (failed())
                skipLine();
        }
        m_parsed.problems += orderByDependency(m_parsed.program);
        return std::move(m_parsed);
    }

private:
    void declaration()
    {
        if (current().text == u"describe")
            describe(true, {u"hidden"});
        else
            exportVariable(true);
        expectStatementEnd();
    }

    void initialisation()
    {
        const Token name = take();
        take();
        Variable& set = variable(name, true);
        if (set.initial)
            return fail(name, QStringLiteral("%1 gets a value twice").arg(name.text),
                        QStringLiteral("Remove one of them, or use two variables"));
        const auto initial = value();
        expectStatementEnd();
        if (!failed())
            variable(name, true).initial = initial; // value() may have added others
    }

    void statement()
    {
        Statement result;
        result.position = current().position;
        result.begin = current().begin;
        while (!failed() && !atAction())
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

    bool atAction()
    {
        const Token& token = current();
        if (token.isKeyword(u"new"))
            fail(token, QStringLiteral("Expected a statement, found new"),
                 QStringLiteral("Write (gggg,eeee) := new UID"));
        else if (token.kind == Kind::Identifier && current(1).isSymbol(u":="))
            fail(token, QStringLiteral("A variable cannot get its value under a condition"),
                 QStringLiteral("Put the condition before the statements that use %1").arg(token.text));
        return failed() || token.isSymbol(u"-") || token.isKeyword(u"echo")
            || (token.kind == Kind::Tag && current(1).isSymbol(u":="));
    }

    Condition condition()
    {
        Condition result;
        result.left = value();
        if (failed())
            return result;
        if (current().isSymbol(u"~"))
            result.kind = Condition::Kind::Matches;
        else if (!current().isSymbol(u"=")) {
            fail(current(), QStringLiteral("Expected :=, = or ~, found %1").arg(shown(current())));
            return result;
        }
        take();
        const Token pattern = current();
        result.right = value();
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
            take(); // the := that atAction() saw
            if (!failed())
                assignment(result);
        }
    }

    void target(Statement& result)
    {
        if (!at(Kind::Tag))
            return fail(current(), QStringLiteral("Expected a tag, found %1").arg(shown(current())),
                        QStringLiteral("Write (gggg,eeee)"));
        result.target = plainPath(take());
    }

    void assignment(Statement& result)
    {
        if (!current().isKeyword(u"new")) {
            result.kind = Statement::Kind::Assign;
            result.value = value();
            return;
        }
        result.kind = Statement::Kind::NewUid;
        if (!result.target.isPlainTag())
            return fail(previous(2), QStringLiteral("new UID needs a single tag, not a pattern"));
        take();
        if (!current().is(Kind::Identifier, u"UID"))
            return fail(current(), QStringLiteral("%1 cannot be made new").arg(shown(current())),
                        QStringLiteral("Write new UID, with capital letters"));
        take();
        if (current().isSymbol(u"["))
            (void)arguments(true); // the original engines read them and do nothing with them
    }

    static bool beginsTerm(const Token& token)
    {
        return token.kind == Kind::String || token.kind == Kind::Number || token.kind == Kind::Tag
            || token.kind == Kind::Identifier;
    }

    /// A term, or a string with terms behind it, which is a format.
    ExpressionPtr value()
    {
        if (!at(Kind::String) || !beginsTerm(current(1)))
            return term();
        auto call = std::make_shared<Expression>();
        call->kind = Expression::Kind::Call;
        call->position = current().position;
        call->function = findFunction(QStringLiteral("format"), Function::Four);
        call->arguments.push_back(term());
        do
            call->arguments.push_back(term());
        while (!failed() && takeSymbol(u","));
        checkArguments(*call);
        return call;
    }

    ExpressionPtr term()
    {
        const Token token = current();
        auto result = std::make_shared<Expression>();
        result->position = token.position;
        switch (token.kind) {
        case Kind::String:
        case Kind::Number:
            return literal(take());
        case Kind::Tag:
            readTag(*result, take());
            break;
        case Kind::Identifier:
            take();
            if (current().isSymbol(u"["))
                call(*result, token);
            else
                readVariable(*result, token);
            break;
        default:
            fail(token, QStringLiteral("Expected a value, found %1").arg(shown(token)));
        }
        return result;
    }

    void readTag(Expression& result, const Token& token)
    {
        result.kind = Expression::Kind::Attribute;
        result.path = plainPath(token);
        if (!result.path.isPlainTag())
            fail(token, QStringLiteral("A pattern of tags has no value that could be read"),
                 QStringLiteral("Name one tag"));
    }

    void readVariable(Expression& result, const Token& name)
    {
        // The name of a function elsewhere is a name like any other here, but hardly meant.
        if (const Advice advice = adviceFor(name.text); !advice.message.isEmpty()) {
            if (name.text == u"ECHO" || name.text == u"NEW") // no word stands behind a variable
                return fail(name, advice.message, advice.remedy);
            warn(name, advice.message, advice.remedy);
        }
        Variable& used = variable(name, true);
        used.used = true;
        result.kind = Expression::Kind::Variable;
        result.text = used.key;
    }

    void call(Expression& result, const Token& name)
    {
        const Advice advice = adviceFor(name.text);
        if (!advice.message.isEmpty())
            return fail(name, advice.message, advice.remedy);
        result.kind = Expression::Kind::Call;
        result.function = findFunction(name.text, Function::Four);
        if (const Advice unknown = adviceForUnknown(name.text, Dialect::Four); !result.function)
            return fail(name, unknown.message, unknown.remedy);
        result.arguments = arguments();
        checkArguments(result);
    }

    /// `formats`: they may be formats with terms behind them.
    std::vector<ExpressionPtr> arguments(bool formats = false)
    {
        std::vector<ExpressionPtr> list;
        if (++m_depth > deepest)
            fail(current(), QStringLiteral("Functions are nested too deeply"));
        do {
            take(); // the bracket or comma
            if (!failed())
                list.push_back(formats ? value() : term());
        } while (!failed() && current().isSymbol(u","));
        expect(u"]", QStringLiteral("the arguments of a function"));
        --m_depth;
        return list;
    }

    int m_depth = 0;
};

} // namespace

Parsed parseFour(const QList<Token>& tokens)
{
    return ParserFour(tokens).run();
}

} // namespace script
