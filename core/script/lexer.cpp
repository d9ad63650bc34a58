#include "core/script/lexer.h"

namespace script {

using Kind = Token::Kind;

bool isLetter(QChar c)
{
    return (c >= u'a' && c <= u'z') || (c >= u'A' && c <= u'Z') || c == u'_';
}

bool isDigit(QChar c)
{
    return c >= u'0' && c <= u'9';
}

Tokens Lexer::run()
{
    while (!atEnd())
        step();
    push(Kind::End, 0, {});
    return m_result;
}

qsizetype Lexer::newlineLength(qsizetype offset) const
{
    if (at(offset) == u'\n')
        return 1;
    if (at(offset) != u'\r')
        return 0;
    return at(offset + 1) == u'\n' ? 2 : m_loneReturns ? 1 : 0;
}

void Lexer::advance(qsizetype count)
{
    for (; count > 0; --count, ++m_at) {
        ++m_column;
        if (m_source[m_at] == u'\n' || (m_source[m_at] == u'\r' && m_loneReturns && at(1) != u'\n')) {
            ++m_line;
            m_column = 1;
        }
    }
}

void Lexer::push(Kind kind, qsizetype length, const QString& text)
{
    m_result.tokens << Token{kind, text, here(length), m_at, m_at + length};
    advance(length);
}

void Lexer::pushFrom(Kind kind, const Position& start, qsizetype begin, const QString& text)
{
    m_result.tokens << Token{
        kind, text, {start.line, start.column, static_cast<int>(m_at - begin)}, begin, m_at};
}

void Lexer::fail(const Position& position, const QString& message, const QString& remedy)
{
    const bool told = !m_result.problems.isEmpty() && m_result.problems.constLast().line == position.line
        && m_result.problems.constLast().severity == Problem::Severity::Error;
    if (!told)
        m_result.problems << problemAt(position, message, remedy);
}

void Lexer::warn(const Position& position, const QString& message, const QString& remedy)
{
    m_result.problems << warningAt(position, message, remedy);
}

void Lexer::failUnknown(QChar c)
{
    if (c == QChar::ReplacementCharacter)
        fail(here(1), QStringLiteral("This character could not be read"),
             QStringLiteral("Save the script as UTF-8"));
    else
        fail(here(1), QStringLiteral("%1 is not expected here").arg(c),
             QStringView(u"“”„«»'‘’").contains(c) ? QStringLiteral("Strings stand in straight quotes: \"…\"")
                                                  : QString());
}

void Lexer::skipComment()
{
    while (!atEnd() && at() != u'\n' && at() != u'\r')
        advance(1);
}

QString Lexer::brokenTag() const
{
    qsizetype length = 1;
    while (m_at + length < m_source.size() && !QStringView(u")\r\n").contains(at(length)))
        ++length;
    return m_source.mid(m_at, length + (at(length) == u')' ? 1 : 0));
}

qsizetype Lexer::wordLength() const
{
    qsizetype length = 1;
    while (isLetter(at(length)) || isDigit(at(length)))
        ++length;
    return length;
}

Problem problemAt(const Position& position, const QString& message, const QString& remedy)
{
    return {Problem::Severity::Error, position.line, position.column, position.length, message, remedy};
}

Problem warningAt(const Position& position, const QString& message, const QString& remedy)
{
    return {Problem::Severity::Warning, position.line, position.column, position.length, message, remedy};
}

} // namespace script
