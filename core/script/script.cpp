#include "core/script/script.h"

#include "core/script/detect.h"
#include "core/script/evaluator_first_wins.h"
#include "core/script/parser_four.h"

#include <QFile>
#include <QRegularExpression>
#include <algorithm>

namespace script {

namespace {

struct DialectName {
    Dialect dialect;
    const char* name;
};

constexpr DialectName dialectNames[] = {
    {Dialect::Auto, "auto"}, {Dialect::Legacy, "legacy"}, {Dialect::Four, "4"}, {Dialect::Six, "6"}};

/// The statement as written, on one line.
StatementInfo infoFor(const Statement& statement, const QString& source)
{
    static const QRegularExpression continuation(QStringLiteral(R"([ \t]*\\\r?\n[ \t]*)"));
    static const QRegularExpression newline(QStringLiteral(R"(\r?\n)"));
    QString text = source.mid(statement.begin, statement.end - statement.begin);
    text.replace(continuation, QStringLiteral(" ")).replace(newline, QStringLiteral("⏎"));
    return {statement.position.line, text};
}

bool hasError(const QList<Problem>& problems)
{
    return std::any_of(problems.begin(), problems.end(),
                       [](const Problem& problem) { return problem.severity == Problem::Severity::Error; });
}

/// Both, in the order of the lines; of a line whose characters are wrong nothing else is told.
QList<Problem> merged(const QList<Problem>& ofCharacters, const QList<Problem>& ofStatements)
{
    QList<Problem> problems = ofCharacters;
    for (const Problem& problem : ofStatements)
        if (std::none_of(ofCharacters.cbegin(), ofCharacters.cend(),
                         [&](const Problem& other) { return other.line == problem.line; }))
            problems << problem;
    std::stable_sort(problems.begin(), problems.end(),
                     [](const Problem& a, const Problem& b) { return a.line < b.line; });
    return problems;
}

/// Half surrogate pairs become U+FFFD, which the lexer tells of: QRegularExpression matches nothing in their
/// presence.
QString wellFormed(QString text)
{
    for (qsizetype i = 0; i < text.size(); ++i) {
        const bool pair = text[i].isHighSurrogate() && i + 1 < text.size() && text[i + 1].isLowSurrogate();
        if (pair)
            ++i;
        else if (text[i].isSurrogate())
            text[i] = QChar::ReplacementCharacter;
    }
    return text;
}

Problem notThisDialect(const Detection& detection)
{
    const bool six = detection.dialect == Dialect::Six;
    return problemAt(detection.position,
                     QStringLiteral("This is a script for %1, which is not supported yet")
                         .arg(six ? QStringLiteral("DicomEdit 6") : QStringLiteral("DicomBrowser 1.0 – 1.4")),
                     QStringLiteral("Scripts for DicomEdit 4 can be used"));
}

} // namespace

QString toString(Dialect dialect)
{
    for (const DialectName& row : dialectNames)
        if (row.dialect == dialect)
            return QString::fromLatin1(row.name);
    return {};
}

std::optional<Dialect> parseDialect(const QString& text)
{
    for (const DialectName& row : dialectNames)
        if (text == QLatin1StringView(row.name))
            return row.dialect;
    return std::nullopt;
}

QString Problem::toString() const
{
    QString text = QStringLiteral("line %1, column %2: %3").arg(line).arg(column).arg(message);
    return remedy.isEmpty() ? text : text + QStringLiteral(". ") + remedy;
}

Script::Script(QString source, Dialect dialect, QList<StatementInfo> statements,
               std::shared_ptr<const Program> program)
    : m_source(std::move(source))
    , m_dialect(dialect)
    , m_statements(std::move(statements))
    , m_program(std::move(program))
{
}

ParseResult parse(const QString& text, Dialect dialect)
{
    const QString source = text.isValidUtf16() ? text : wellFormed(text);
    ParseResult result;
    Detection detection{dialect, {}};
    if (dialect == Dialect::Auto)
        detection = detectDialect(source);
    result.dialect = detection.dialect;
    if (result.dialect != Dialect::Four) {
        result.problems << notThisDialect(detection);
        return result;
    }
    const Tokens tokens = tokenizeFour(source);
    Parsed parsed = parseFour(tokens.tokens);
    result.problems = merged(tokens.problems, parsed.problems);
    if (hasError(result.problems))
        return result;
    QList<StatementInfo> statements;
    for (const Statement& statement : parsed.program.statements)
        statements << infoFor(statement, source);
    result.script = std::make_shared<const Script>(
        source, result.dialect, statements, std::make_shared<const Program>(std::move(parsed.program)));
    return result;
}

Result<QString> readSource(const QString& path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return Error{
            Error::Kind::Unreadable, QStringLiteral("cannot be read: %1").arg(file.errorString()), {}, path};
    QString text = QString::fromUtf8(file.readAll());
    if (text.startsWith(QChar(0xFEFF)))
        text.remove(0, 1);
    return text;
}

Result<RunResult> run(const Script& script, const dicom::DataSet& original, const RunContext& context)
{
    return runFirstWins(script, original, context);
}

} // namespace script
