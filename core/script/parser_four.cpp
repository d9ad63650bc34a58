#include "core/script/parser_four.h"

#include "core/script/checks.h"

namespace script {

namespace {

using Kind = Token::Kind;

/// Functions in functions beyond this are no script that a person wrote.
constexpr int deepest = 50;

class Parser {
public:
    explicit Parser(const QList<Token>& tokens)
        : m_tokens(tokens)
    {
    }

    Parsed run()
    {
        while (!at(Kind::End)) {
            if (at(Kind::Newline)) {
                ++m_at;
                continue;
            }
            m_failed = false;
            Statement parsed = statement();
            if (!m_failed && !at(Kind::Newline) && !at(Kind::End))
                fail(current(), QStringLiteral("%1 is not expected after a statement").arg(shown(current())),
                     QStringLiteral("Begin a new line for each statement"));
            if (m_failed)
                skipLine();
            else
                keep(std::move(parsed));
        }
        return std::move(m_parsed);
    }

private:
    const Token& current(qsizetype ahead = 0) const
    {
        return m_tokens[std::min(m_at + ahead, m_tokens.size() - 1)];
    }
    bool at(Kind kind) const { return current().kind == kind; }

    void keep(Statement statement)
    {
        m_parsed.problems += warningsFor(statement);
        m_parsed.program.statements.push_back(std::move(statement));
    }

    void skipLine()
    {
        while (!at(Kind::Newline) && !at(Kind::End))
            ++m_at;
    }

    static QString shown(const Token& token)
    {
        switch (token.kind) {
        case Kind::Newline:
            return QStringLiteral("The end of the line");
        case Kind::End:
            return QStringLiteral("The end of the script");
        case Kind::String:
            return QStringLiteral("\"%1\"").arg(token.text);
        default:
            return token.text;
        }
    }

    void fail(const Problem& problem)
    {
        if (!m_failed)
            m_parsed.problems << problem;
        m_failed = true;
    }
    void fail(const Token& token, const QString& message, const QString& remedy = {})
    {
        fail(problemAt(token.position, message, remedy));
    }

    void expect(QStringView symbol, const QString& after)
    {
        if (current().isSymbol(symbol))
            ++m_at;
        else
            fail(current(),
                 QStringLiteral("%1 stands where %2 is expected after %3")
                     .arg(shown(current()), symbol, after));
    }

    Statement statement()
    {
        Statement result;
        result.position = current().position;
        result.begin = current().begin;
        while (!m_failed && !atAction())
            result.constraints.push_back(constraint());
        if (!m_failed)
            action(result);
        if (!m_failed)
            result.end = m_tokens[m_at - 1].end;
        return result;
    }

    bool atAction()
    {
        const Token& token = current();
        if (token.isKeyword(u"new")) {
            fail(token, QStringLiteral("new stands where a statement begins"),
                 QStringLiteral("Write (gggg,eeee) := new UID"));
        } else if (token.kind == Kind::Keyword && token.text != u"echo") {
            fail(token, QStringLiteral("%1 is about variables, which are not supported yet").arg(token.text));
        } else if (token.kind == Kind::Identifier && current(1).isSymbol(u":=")) {
            fail(token,
                 QStringLiteral("Variables are not supported yet, so %1 cannot be set").arg(token.text));
        }
        return m_failed || token.isSymbol(u"-") || token.isKeyword(u"echo")
            || (token.kind == Kind::Tag && current(1).isSymbol(u":="));
    }

    Constraint constraint()
    {
        Constraint result;
        result.left = value();
        if (m_failed)
            return result;
        if (current().isSymbol(u"~"))
            result.kind = Constraint::Kind::Matches;
        else if (!current().isSymbol(u"=")) {
            fail(current(), QStringLiteral("%1 stands where :=, = or ~ is expected").arg(shown(current())));
            return result;
        }
        ++m_at;
        const Token& pattern = current();
        result.right = value();
        if (!m_failed && result.kind == Constraint::Kind::Matches)
            compile(result, pattern);
        if (!m_failed)
            expect(u":", QStringLiteral("a condition"));
        return result;
    }

    void compile(Constraint& constraint, const Token& token)
    {
        if (constraint.right->kind != Expression::Kind::Literal)
            return;
        const auto regex = Regex::compile(constraint.right->text);
        if (regex)
            constraint.regex = *regex;
        else
            fail(token, QStringLiteral("This cannot be used: ") + regex.error().reason, regex.error().remedy);
    }

    void action(Statement& result)
    {
        const Token first = current();
        if (first.isSymbol(u"-")) {
            ++m_at;
            result.kind = Statement::Kind::Delete;
            result.target = target();
        } else if (first.isKeyword(u"echo")) {
            ++m_at;
            result.kind = Statement::Kind::Echo;
            if (!at(Kind::Newline) && !at(Kind::End))
                result.value = value();
        } else {
            result.target = target();
            ++m_at; // the := that atAction() saw
            if (!m_failed)
                assignment(result);
        }
    }

    std::optional<TagPattern> target()
    {
        const Token token = current();
        if (token.kind != Kind::Tag) {
            fail(token, QStringLiteral("%1 stands where a tag is expected").arg(shown(token)),
                 QStringLiteral("Write (gggg,eeee)"));
            return std::nullopt;
        }
        ++m_at;
        const TagPattern pattern(token.text);
        refuseFileMeta(pattern, token);
        return pattern;
    }

    void refuseFileMeta(const TagPattern& pattern, const Token& token)
    {
        if (pattern.isExact() && pattern.tag().isFileMeta())
            fail(
                token,
                QStringLiteral("%1 belongs to the head of the file, out of a script's reach").arg(token.text),
                QStringLiteral(
                    "Remove the statement: when a file is saved, its head is made to agree with it"));
    }

    void assignment(Statement& result)
    {
        if (!current().isKeyword(u"new")) {
            result.kind = Statement::Kind::Assign;
            result.value = value();
            return;
        }
        result.kind = Statement::Kind::NewUid;
        if (!result.target->isExact())
            return fail(m_tokens[m_at - 2], QStringLiteral("new UID needs a single tag, not a pattern"));
        ++m_at;
        if (!current().is(Kind::Identifier, u"UID"))
            return fail(current(), QStringLiteral("%1 cannot be made new").arg(shown(current())),
                        QStringLiteral("Write new UID, with capital letters"));
        ++m_at;
        if (current().isSymbol(u"["))
            (void)arguments(); // the original engines read them and do nothing with them
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
        call->arguments.push_back(term());
        while (!m_failed && current().isSymbol(u",")) {
            ++m_at;
            call->arguments.push_back(term());
        }
        check(*call);
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
            ++m_at;
            result->text = token.text;
            result->isNumber = token.kind == Kind::Number;
            break;
        case Kind::Tag:
            ++m_at;
            readTag(*result, token);
            break;
        case Kind::Identifier:
            ++m_at;
            call(*result, token);
            break;
        default:
            fail(token, QStringLiteral("%1 stands where a value is expected").arg(shown(token)));
        }
        return result;
    }

    void readTag(Expression& result, const Token& token)
    {
        const TagPattern pattern(token.text);
        if (!pattern.isExact())
            fail(token, QStringLiteral("A pattern of tags has no value that could be read"),
                 QStringLiteral("Name one tag"));
        refuseFileMeta(pattern, token);
        result.kind = Expression::Kind::Attribute;
        result.tag = pattern.tag();
    }

    void call(Expression& result, const Token& name)
    {
        const Advice advice = adviceFor(name.text);
        if (!advice.message.isEmpty())
            return fail(name, advice.message, advice.remedy);
        if (!current().isSymbol(u"["))
            return fail(name,
                        QStringLiteral("Variables are not supported yet, so %1 has no value").arg(name.text),
                        QStringLiteral("Put text in quotes"));
        result.kind = Expression::Kind::Call;
        result.function = findFunction(name.text, Function::Four);
        if (!result.function)
            return fail(name, QStringLiteral("There is no function %1").arg(name.text),
                        QStringLiteral("Capital and small letters matter"));
        result.arguments = arguments();
        check(result);
    }

    std::vector<ExpressionPtr> arguments()
    {
        std::vector<ExpressionPtr> list;
        if (++m_depth > deepest)
            fail(current(), QStringLiteral("Functions are nested too deeply"));
        do {
            ++m_at; // the bracket or comma
            if (!m_failed)
                list.push_back(term());
        } while (!m_failed && current().isSymbol(u","));
        if (!m_failed)
            expect(u"]", QStringLiteral("the arguments of a function"));
        --m_depth;
        return list;
    }

    void check(Expression& call)
    {
        if (m_failed)
            return;
        if (const auto problem = checkCall(call, call.position))
            fail(*problem);
    }

    const QList<Token>& m_tokens;
    qsizetype m_at = 0;
    int m_depth = 0;
    bool m_failed = false; ///< in this statement
    Parsed m_parsed;
};

} // namespace

Parsed parseFour(const QList<Token>& tokens)
{
    return Parser(tokens).run();
}

} // namespace script
