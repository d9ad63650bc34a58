#pragma once

#include "core/script/token.h"

#include <QRegularExpression>

namespace script {

bool isLetter(QChar c); ///< of an identifier: a … z, A … Z, _
bool isDigit(QChar c);

/// What the lexers of all dialects share: a place in the source, and the tokens and problems so far. A
/// dialect's own step() takes what begins at the place.
class Lexer {
public:
    explicit Lexer(const QString& source)
        : m_source(source)
    {
    }
    virtual ~Lexer() = default;
    Lexer(const Lexer&) = delete;
    Lexer& operator=(const Lexer&) = delete;

    Tokens run();

protected:
    /// Takes at least one character.
    virtual void step() = 0;
    void countLoneReturns() { m_loneReturns = true; } ///< as line ends

    QChar at(qsizetype offset = 0) const
    {
        return m_at + offset < m_source.size() ? m_source[m_at + offset] : QChar(0);
    }
    bool atEnd() const { return m_at >= m_source.size(); }
    qsizetype place() const { return m_at; }
    const QString& source() const { return m_source; }
    /// A pattern that begins with \G, from the place on. The source must be well-formed UTF-16: to check it
    /// again each time would cost more than everything else.
    QRegularExpressionMatch matchHere(const QRegularExpression& pattern) const
    {
        return pattern.match(m_source, m_at, QRegularExpression::NormalMatch,
                             QRegularExpression::DontCheckSubjectStringMatchOption);
    }
    /// Characters of the line end there: LF or CR LF, CR where those count; 0 when there is none.
    qsizetype newlineLength(qsizetype offset = 0) const;
    Position here(qsizetype length) const { return {m_line, m_column, static_cast<int>(length)}; }
    void advance(qsizetype count);
    void push(Token::Kind kind, qsizetype length, const QString& text);
    /// A token from an earlier place up to here.
    void pushFrom(Token::Kind kind, const Position& start, qsizetype begin, const QString& text);
    /// What follows on the same line is most likely a consequence, so only the first is told.
    void fail(const Position& position, const QString& message, const QString& remedy);
    void warn(const Position& position, const QString& message, const QString& remedy);
    void failUnknown(QChar c);

    /// Stops at a carriage return too: a script of nothing but those must not pass for one long comment.
    void skipComment();
    /// What begins like a tag and is none, up to its bracket or the end of the line.
    QString brokenTag() const;
    qsizetype wordLength() const;

private:
    const QString& m_source;
    qsizetype m_at = 0;
    int m_line = 1;
    int m_column = 1;
    bool m_loneReturns = false;
    Tokens m_result;
};

} // namespace script
