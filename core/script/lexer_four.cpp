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
        while (m_at < m_source.size())
            step();
        push(Kind::End, 0, {});
        return m_result;
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

    Position here(qsizetype length) const { return {m_line, m_column, static_cast<int>(length)}; }

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
        m_result.tokens << Token{kind, text, here(length), m_at, m_at + length};
        advance(length);
    }

    /// What follows on the same line is most likely a consequence, so only the first is told.
    void fail(const Position& position, const QString& message, const QString& remedy)
    {
        if (m_result.problems.isEmpty() || m_result.problems.constLast().line != position.line)
            m_result.problems << problemAt(position, message, remedy);
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

    /// Stops at a carriage return too: a script of nothing but those must not pass for one long comment.
    void skipComment()
    {
        while (m_at < m_source.size() && at() != u'\n' && at() != u'\r')
            advance(1);
    }

    void tag()
    {
        static const QRegularExpression pattern(
            QStringLiteral(R"(\G\([0-9A-Fa-fX#@]{4},[0-9A-Fa-fX#@]{4}\))"));
        if (pattern.match(m_source, m_at).hasMatch())
            return push(Kind::Tag, 11, m_source.mid(m_at, 11));
        qsizetype length = 1;
        while (m_at + length < m_source.size() && !QStringView(u")\r\n").contains(at(length)))
            ++length;
        const QString found = m_source.mid(m_at, length + (at(length) == u')' ? 1 : 0));
        if (found.contains(u'{'))
            fail(here(found.size()),
                 QStringLiteral("%1 names a private block by its creator, which is dialect 6").arg(found),
                 QStringLiteral("Write the number of the tag"));
        else
            fail(here(found.size()), QStringLiteral("%1 is no tag").arg(found),
                 QStringLiteral("Write (gggg,eeee): four hex digits, a comma, four hex digits, no blanks; X, "
                                "# and @ stand for any, an odd and an even digit"));
        advance(found.size());
    }

    void string()
    {
        static const QHash<QChar, QChar> escapes{{u'b', u'\b'},  {u't', u'\t'}, {u'n', u'\n'},
                                                 {u'f', u'\f'},  {u'r', u'\r'}, {u'"', u'"'},
                                                 {u'\'', u'\''}, {u'\\', u'\\'}};
        const Position start = here(1);
        const qsizetype begin = m_at;
        QString value;
        advance(1);
        while (m_at < m_source.size() && at() != u'"') {
            const bool escaped = at() == u'\\';
            if (escaped && !escapes.contains(at(1)))
                badEscape();
            if (at() == QChar::ReplacementCharacter)
                fail(here(1), QStringLiteral("This character could not be read"),
                     QStringLiteral("Save the script as UTF-8"));
            value += escaped ? escapes.value(at(1)) : at();
            advance(escaped && m_at + 1 < m_source.size() ? 2 : 1);
        }
        if (m_at < m_source.size())
            advance(1);
        else
            fail(start, QStringLiteral("This string has no end"), QStringLiteral("Close it with \""));
        m_result.tokens << Token{
            Kind::String, value, {start.line, start.column, static_cast<int>(m_at - begin)}, begin, m_at};
    }

    void badEscape()
    {
        if (newlineLength(1))
            fail(here(1), QStringLiteral("A string cannot be continued with a backslash"),
                 QStringLiteral("Leave the backslash out, or close the string before it"));
        else
            fail(here(2), QStringLiteral("\\%1 means nothing in a string").arg(at(1)),
                 QStringLiteral("Write a backslash in a string as \\\\"));
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
        unknown(c);
        advance(1);
        if (c == u'\\')
            skipContinuation();
    }

    /// So that the next line is read as what it was meant to be.
    void skipContinuation()
    {
        while (at() == u' ' || at() == u'\t')
            advance(1);
        advance(newlineLength());
    }

    void unknown(QChar c)
    {
        if (c == u'\r')
            fail(here(1), QStringLiteral("A carriage return alone does not end a line"),
                 QStringLiteral("Save the script with line ends LF or CR LF"));
        else if (c == u'?')
            fail(here(1), QStringLiteral("? is not known in dialect 4"),
                 QStringLiteral("Write a condition as: (gggg,eeee) = \"value\" : action"));
        else if (c == u'\\')
            fail(here(1), QStringLiteral("A backslash that continues a line must be its last character"),
                 QStringLiteral("Remove what stands behind it, blanks too"));
        else if (c == u'/')
            fail(here(1), QStringLiteral("Attributes inside sequences cannot be named in dialect 4"),
                 QStringLiteral("Delete the whole sequence; a comment begins with //"));
        else
            fail(here(1), QStringLiteral("%1 is not expected here").arg(c), {});
    }

    const QString& m_source;
    qsizetype m_at = 0;
    int m_line = 1;
    int m_column = 1;
    Tokens m_result;
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
