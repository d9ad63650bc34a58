#include "core/script/parser_four.h"

namespace script {

namespace {

using Kind = Token::Kind;

/// What a name means that people know from elsewhere; empty when it means nothing.
QString wordFor(const QString& name)
{
    static const QStringList ofDialectSix{QStringLiteral("newUID"),
                                          QStringLiteral("concatenate"),
                                          QStringLiteral("ismatch"),
                                          QStringLiteral("mapUID"),
                                          QStringLiteral("lookup"),
                                          QStringLiteral("set"),
                                          QStringLiteral("delete"),
                                          QStringLiteral("removeTags"),
                                          QStringLiteral("retainPrivateTags"),
                                          QStringLiteral("shiftDateByIncrement"),
                                          QStringLiteral("isPresent"),
                                          QStringLiteral("removeAllPrivateTags"),
                                          QStringLiteral("alterPixels"),
                                          QStringLiteral("blankValues")};
    if (name == u"getURL")
        return QStringLiteral("getURL is refused: a script opens no connection");
    if (ofDialectSix.contains(name))
        return QStringLiteral("%1 belongs to dialect 6").arg(name);
    return {};
}

class Parser {
public:
    explicit Parser(const QList<Token>& tokens)
        : m_tokens(tokens)
    {
    }

    std::variant<Program, Problem> run()
    {
        Program program;
        while (!m_problem && !at(Kind::End)) {
            if (at(Kind::Newline)) {
                ++m_at;
                continue;
            }
            program.statements.push_back(statement());
            if (!m_problem && !at(Kind::Newline) && !at(Kind::End))
                fail(current(), QStringLiteral("%1 is not expected after a statement").arg(shown(current())),
                     QStringLiteral("Begin a new line for each statement"));
        }
        if (m_problem)
            return *m_problem;
        return program;
    }

private:
    const Token& current(qsizetype ahead = 0) const
    {
        return m_tokens[std::min(m_at + ahead, m_tokens.size() - 1)];
    }
    bool at(Kind kind) const { return current().kind == kind; }

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

    void fail(const Token& token, const QString& message, const QString& remedy = {})
    {
        if (!m_problem)
            m_problem = problemAt(token.position, message, remedy);
    }

    bool expect(QStringView symbol, const QString& after)
    {
        if (current().isSymbol(symbol)) {
            ++m_at;
            return true;
        }
        fail(current(),
             QStringLiteral("%1 stands where %2 is expected after %3").arg(shown(current()), symbol, after));
        return false;
    }

    Statement statement()
    {
        Statement result;
        result.position = current().position;
        while (!m_problem && !atAction())
            result.constraints.push_back(constraint());
        if (!m_problem)
            action(result);
        return result;
    }

    bool atAction()
    {
        const Token& token = current();
        if (token.kind == Kind::Keyword && token.text != u"echo") {
            fail(
                token,
                token.text == u"new"
                    ? QStringLiteral("new stands where a statement begins")
                    : QStringLiteral("Variables are not supported yet, so %1 cannot be used").arg(token.text),
                token.text == u"new" ? QStringLiteral("Write (gggg,eeee) := new UID") : QString());
            return true;
        }
        if (token.kind == Kind::Identifier && current(1).isSymbol(u":=")) {
            fail(token,
                 QStringLiteral("Variables are not supported yet, so %1 cannot be set").arg(token.text));
            return true;
        }
        return token.isSymbol(u"-") || token.isKeyword(u"echo")
            || (token.kind == Kind::Tag && current(1).isSymbol(u":="));
    }

    Constraint constraint()
    {
        Constraint result;
        result.left = value();
        if (m_problem)
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
        if (!m_problem && result.kind == Constraint::Kind::Matches)
            compile(result, pattern);
        if (!m_problem)
            expect(u":", QStringLiteral("a condition"));
        return result;
    }

    void compile(Constraint& constraint, const Token& token)
    {
        if (constraint.right->kind != Expression::Kind::Literal)
            return;
        auto regex = Regex::compile(constraint.right->text);
        if (regex)
            constraint.regex = *regex;
        else
            fail(token, regex.error().reason);
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
            assignment(result);
        }
    }

    std::optional<TagPattern> target()
    {
        if (!at(Kind::Tag)) {
            fail(current(), QStringLiteral("%1 stands where a tag is expected").arg(shown(current())),
                 QStringLiteral("Write (gggg,eeee)"));
            return std::nullopt;
        }
        return TagPattern(m_tokens[m_at++].text);
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
            fail(m_tokens[m_at - 2], QStringLiteral("new UID needs a single tag, not a pattern"));
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
        while (!m_problem && current().isSymbol(u",")) {
            ++m_at;
            call->arguments.push_back(term());
        }
        return call;
    }

    ExpressionPtr term()
    {
        const Token token = current();
        auto result = std::make_shared<Expression>();
        result->position = token.position;
        ++m_at;
        switch (token.kind) {
        case Kind::String:
        case Kind::Number:
            result->text = token.text;
            result->isNumber = token.kind == Kind::Number;
            break;
        case Kind::Tag:
            readTag(*result, token);
            break;
        case Kind::Identifier:
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
        result.kind = Expression::Kind::Attribute;
        result.tag = pattern.tag();
    }

    void call(Expression& result, const Token& name)
    {
        const QString known = wordFor(name.text);
        if (!known.isEmpty())
            return fail(name, known);
        if (!current().isSymbol(u"["))
            return fail(name,
                        QStringLiteral("Variables are not supported yet, so %1 has no value").arg(name.text),
                        QStringLiteral("Put text in quotes"));
        result.kind = Expression::Kind::Call;
        result.function = findFunction(name.text, Function::Four);
        if (!result.function)
            return fail(name, QStringLiteral("There is no function %1").arg(name.text));
        result.arguments = arguments();
        if (!m_problem)
            checkArguments(result, name);
    }

    std::vector<ExpressionPtr> arguments()
    {
        std::vector<ExpressionPtr> list;
        do {
            ++m_at; // the bracket or comma
            list.push_back(term());
        } while (!m_problem && current().isSymbol(u","));
        if (!m_problem)
            expect(u"]", QStringLiteral("the arguments of a function"));
        return list;
    }

    void checkArguments(const Expression& call, const Token& name)
    {
        const Function& function = *call.function;
        const int count = static_cast<int>(call.arguments.size());
        if (count < function.fewest || (function.most >= 0 && count > function.most))
            return fail(name,
                        QStringLiteral("%1 takes %2 arguments, not %3")
                            .arg(name.text)
                            .arg(function.fewest)
                            .arg(count));
        for (int i = 0; i < count && i < 32; ++i)
            if ((function.numberArguments & (1U << i)) && !call.arguments[static_cast<size_t>(i)]->isNumber)
                return fail(name,
                            QStringLiteral("Argument %1 of %2 must be a number without quotes")
                                .arg(i + 1)
                                .arg(name.text));
    }

    const QList<Token>& m_tokens;
    qsizetype m_at = 0;
    std::optional<Problem> m_problem;
};

quint16 digitsOf(QChar c)
{
    if (c == u'X')
        return 0xFFFF;
    if (c == u'#')
        return 0xAAAA;
    if (c == u'@')
        return 0x5555;
    return static_cast<quint16>(1U << QString(c).toInt(nullptr, 16));
}

} // namespace

TagPattern::TagPattern(const QString& text)
    : m_text(text)
{
    const QString digits = text.mid(1, 4) + text.mid(6, 4);
    for (size_t i = 0; i < 8; ++i) {
        const QChar c = digits[static_cast<qsizetype>(i)];
        m_digits[i] = digitsOf(c);
        m_exact = m_exact && c != u'X' && c != u'#' && c != u'@';
    }
    if (m_exact)
        m_tag = dicom::parseTag(text).value_or(dicom::Tag());
}

bool TagPattern::matches(dicom::Tag tag) const
{
    if (m_exact)
        return tag == m_tag;
    for (size_t i = 0; i < 8; ++i)
        if (!(m_digits[i] & (1U << ((tag.value() >> (28 - 4 * i)) & 0xF))))
            return false;
    return true;
}

std::variant<Program, Problem> parseFour(const QList<Token>& tokens)
{
    return Parser(tokens).run();
}

} // namespace script
