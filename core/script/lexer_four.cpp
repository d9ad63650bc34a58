#include "core/script/token.h"

#include <QHash>
#include <QRegularExpression>
#include <QSet>

namespace script {

namespace {

using Kind = Token::Kind;

bool isLetter(QChar c)
{
    return (c >= u'a' && c <= u'z') || (c >= u'A' && c <= u'Z') || c == u'_';
}

bool isDigit(QChar c)
{
    return c >= u'0' && c <= u'9';
}

class Lexer {
public:
    explicit Lexer(const QString& source)
        : m_source(source)
    {
    }

    Tokens run()
    {
        while (!m_problem && m_at < m_source.size())
            step();
        if (m_problem)
            return *m_problem;
        push(Kind::End, 0, {});
        return m_tokens;
    }

private:
    QChar at(qsizetype offset = 0) const
    {
        return m_at + offset < m_source.size() ? m_source[m_at + offset] : QChar(0);
    }

    qsizetype newlineLength(qsizetype offset = 0) const
    {
        if (at(offset) == u'\n')
            return 1;
        return at(offset) == u'\r' && at(offset + 1) == u'\n' ? 2 : 0;
    }

    void advance(qsizetype count)
    {
        for (; count > 0; --count, ++m_at) {
            ++m_column;
            if (m_source[m_at] == u'\n') {
                ++m_line;
                m_column = 1;
            }
        }
    }

    void push(Kind kind, qsizetype length, const QString& text)
    {
        m_tokens << Token{kind, text, {m_line, m_column, static_cast<int>(length)}};
        advance(length);
    }

    void fail(qsizetype length, const QString& message, const QString& remedy = {})
    {
        m_problem = problemAt({m_line, m_column, static_cast<int>(length)}, message, remedy);
    }

    void step()
    {
        const QChar c = at();
        if (const qsizetype newline = newlineLength())
            push(Kind::Newline, newline, {});
        else if (c == u' ' || c == u'\t')
            advance(1);
        else if (c == u'\\' && newlineLength(1))
            advance(1 + newlineLength(1));
        else if (c == u'/' && at(1) == u'/')
            skipComment();
        else if (c == u'(')
            tag();
        else if (c == u'"')
            string();
        else if (isDigit(c) || (c == u'-' && isDigit(at(1)) && at(1) != u'0'))
            number();
        else if (isLetter(c))
            word();
        else
            symbol();
    }

    void skipComment()
    {
        while (m_at < m_source.size() && !newlineLength())
            advance(1);
    }

    void tag()
    {
        static const QRegularExpression pattern(
            QStringLiteral(R"(\G\([0-9A-Fa-fX#@]{4},[0-9A-Fa-fX#@]{4}\))"));
        if (pattern.match(m_source, m_at).hasMatch())
            return push(Kind::Tag, 11, m_source.mid(m_at, 11));
        static const QRegularExpression loose(QStringLiteral(R"(\G\([^)\n]*\)?)"));
        const QString found = loose.match(m_source, m_at).captured();
        if (found.contains(u'{'))
            return fail(
                found.size(),
                QStringLiteral("%1 names a private block by its creator, which is dialect 6").arg(found),
                QStringLiteral("Begin the script with version \"6.6\", or write the tag's number"));
        fail(found.size(), QStringLiteral("%1 is no tag").arg(found),
             QStringLiteral("Write (gggg,eeee): four hex digits, a comma, four hex digits, no blanks"));
    }

    void string()
    {
        static const QHash<QChar, QChar> escapes{{u'b', u'\b'},  {u't', u'\t'}, {u'n', u'\n'},
                                                 {u'f', u'\f'},  {u'r', u'\r'}, {u'"', u'"'},
                                                 {u'\'', u'\''}, {u'\\', u'\\'}};
        QString value;
        qsizetype length = 1;
        while (m_at + length < m_source.size() && at(length) != u'"') {
            if (at(length) == u'\\') {
                const auto escape = escapes.constFind(at(length + 1));
                if (escape == escapes.constEnd()) {
                    advance(length);
                    return fail(2, QStringLiteral("\\%1 is no escape sequence").arg(at(1)),
                                QStringLiteral("Write a backslash in a string as \\\\"));
                }
                value += *escape;
                length += 2;
            } else {
                value += at(length++);
            }
        }
        if (m_at + length >= m_source.size())
            return fail(1, QStringLiteral("This string has no end"), QStringLiteral("Close it with \""));
        push(Kind::String, length + 1, value);
    }

    void number()
    {
        qsizetype length = 1;
        if (at() != u'0')
            while (isDigit(at(length)))
                ++length;
        push(Kind::Number, length, m_source.mid(m_at, length));
    }

    void word()
    {
        static const QSet<QString> keywords{QStringLiteral("new"), QStringLiteral("echo"),
                                            QStringLiteral("describe"), QStringLiteral("hidden"),
                                            QStringLiteral("export")};
        qsizetype length = 1;
        while (isLetter(at(length)) || isDigit(at(length)))
            ++length;
        const QString text = m_source.mid(m_at, length);
        push(keywords.contains(text) ? Kind::Keyword : Kind::Identifier, length, text);
    }

    void symbol()
    {
        const QChar c = at();
        if (c == u':' && at(1) == u'=')
            return push(Kind::Symbol, 2, QStringLiteral(":="));
        if (QStringView(u"[],:-=~").contains(c))
            return push(Kind::Symbol, 1, c);
        if (c == u'?')
            return fail(1, QStringLiteral("? is not known in dialect 4"),
                        QStringLiteral("Write a condition as: (gggg,eeee) = \"value\" : action"));
        fail(1, QStringLiteral("%1 is not expected here").arg(c));
    }

    const QString& m_source;
    qsizetype m_at = 0;
    int m_line = 1;
    int m_column = 1;
    QList<Token> m_tokens;
    std::optional<Problem> m_problem;
};

} // namespace

Problem problemAt(const Position& position, const QString& message, const QString& remedy)
{
    return {Problem::Severity::Error, position.line, position.column, position.length, message, remedy};
}

Tokens tokenizeFour(const QString& source)
{
    return Lexer(source).run();
}

} // namespace script
