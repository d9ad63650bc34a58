#include "core/script/script.h"

#include "core/script/detect.h"
#include "core/script/evaluator_first_wins.h"
#include "core/script/parser_four.h"

#include <QFile>
#include <QRegularExpression>
#include <QStringList>

namespace script {

namespace {

struct DialectName {
    Dialect dialect;
    const char* name;
};

constexpr DialectName dialectNames[] = {
    {Dialect::Auto, "auto"}, {Dialect::Legacy, "legacy"}, {Dialect::Four, "4"}, {Dialect::Six, "6"}};

/// The statement as written, from its first token to the end of its line; continued lines become one.
StatementInfo infoFor(const Statement& statement, const QStringList& lines)
{
    QStringList parts;
    qsizetype at = statement.position.line - 1;
    for (bool more = true; more && at < lines.size(); ++at) {
        QString line = lines[at];
        if (at == statement.position.line - 1)
            line = line.mid(statement.position.column - 1);
        more = line.endsWith(u'\\');
        parts << (more ? line.chopped(1) : line).trimmed();
    }
    static const QRegularExpression comment(
        QStringLiteral(R"re(\A((?:[^"/]|"(?:[^"\\]|\\.)*"|/(?!/))*)//.*\z)re"),
        QRegularExpression::DotMatchesEverythingOption);
    return {statement.position.line, parts.join(u' ').replace(comment, QStringLiteral("\\1")).trimmed()};
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

ParseResult parse(const QString& source, Dialect dialect)
{
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
    if (const auto* problem = std::get_if<Problem>(&tokens)) {
        result.problems << *problem;
        return result;
    }
    auto parsed = parseFour(std::get<QList<Token>>(tokens));
    if (const auto* problem = std::get_if<Problem>(&parsed)) {
        result.problems << *problem;
        return result;
    }
    auto program = std::make_shared<const Program>(std::get<Program>(std::move(parsed)));
    const QStringList lines = QString(source).remove(u'\r').split(u'\n');
    QList<StatementInfo> statements;
    for (const Statement& statement : program->statements)
        statements << infoFor(statement, lines);
    result.script = std::make_shared<const Script>(source, result.dialect, statements, program);
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
