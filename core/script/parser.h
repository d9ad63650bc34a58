#pragma once

#include "core/script/program.h"

namespace script {

/// What the parsers of all dialects share: a place among the tokens, what is wrong so far, and the variables.
/// Of each statement the first error is told, and the next statement is read then.
class Parser {
public:
    explicit Parser(const QList<Token>& tokens)
        : m_tokens(tokens)
    {
    }

protected:
    using Kind = Token::Kind;

    const Token& current(qsizetype ahead = 0) const
    {
        return m_tokens[std::min(m_at + ahead, m_tokens.size() - 1)];
    }
    const Token& previous(qsizetype back = 1) const { return m_tokens[std::max<qsizetype>(m_at - back, 0)]; }
    bool at(Kind kind) const { return current().kind == kind; }
    bool atLineEnd() const { return at(Kind::Newline) || at(Kind::End); }
    const Token& take() { return m_tokens[m_at < m_tokens.size() - 1 ? m_at++ : m_at]; }
    bool takeSymbol(QStringView symbol);
    void skipLine();
    void skipNewlines();

    static QString shown(const Token& token);
    bool failed() const { return m_failed; }
    void beginStatement() { m_failed = false; }
    void fail(const Problem& problem);
    void fail(const Token& token, const QString& message, const QString& remedy = {});
    void warn(const Token& token, const QString& message, const QString& remedy = {});
    void expect(QStringView symbol, const QString& after, const QString& remedy = {});
    void expectAfterCondition(QStringView symbol, const Condition& condition);
    void expectStatementEnd();

    /// Compiles the pattern of a condition where it is a literal.
    void compilePattern(Condition& condition, const Token& token);
    void checkArguments(Expression& call);
    /// The path of a tag token, "(gggg,eeee)"; tells when it belongs to the file meta information.
    Path plainPath(const Token& token);
    ExpressionPtr literal(const Token& token) const;

    Variable& variable(const Token& name, bool ignoreCase);
    /// The rest of a statement that begins with "describe"; the words that hide a variable.
    void describe(bool ignoreCase, const QList<QStringView>& hiding);
    void exportVariable(bool ignoreCase);

    Parsed m_parsed;

private:
    const QList<Token>& m_tokens;
    qsizetype m_at = 0;
    bool m_failed = false; ///< in this statement
};

Parsed parseLegacy(const QList<Token>& tokens);
Parsed parseFour(const QList<Token>& tokens);
Parsed parseSix(const QList<Token>& tokens);
/// A path as functions of dialect 6 take it as text; empty when it is none.
std::optional<Path> parseDirectPath(const QString& text);

} // namespace script
