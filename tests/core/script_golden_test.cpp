// The cases of tests/data/scripts: a script, an object before, and what comes of it. See the README there.

#include "core/script/script.h"
#include "tests/support/data_set_text.h"

#include <QDir>
#include <QFile>
#include <QMap>
#include <QRegularExpression>
#include <gtest/gtest.h>

namespace {

struct Case {
    QString title;
    QMap<QString, QString> parts; ///< by name: before, script, after …
};

QString readText(const QString& path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? QString::fromUtf8(file.readAll()) : QString();
}

QList<Case> casesIn(const QString& path)
{
    QList<Case> cases;
    QString part;
    for (const QString& line : readText(path).split(u'\n')) {
        if (line.startsWith(u"=== ")) {
            cases << Case{line.mid(4), {}};
            part.clear();
        } else if (line.startsWith(u"--- ")) {
            part = line.mid(4);
            cases.last().parts[part]; // present, if empty
        } else if (!part.isEmpty() && !line.isEmpty()) {
            cases.last().parts[part] += QString(line).replace(u'␍', u'\r') + u'\n';
        }
    }
    return cases;
}

QString problemsOf(const script::ParseResult& parsed)
{
    QString text;
    for (const script::Problem& problem : parsed.problems)
        text += QStringLiteral("%1:%2 %3%4\n")
                    .arg(problem.line)
                    .arg(problem.column)
                    .arg(problem.severity == script::Problem::Severity::Warning ? QStringLiteral("warning: ")
                                                                                : QString(),
                         problem.message);
    return text;
}

QString appliedLines(const script::Script& script, const QList<int>& applied)
{
    QStringList lines;
    for (const int index : applied)
        lines << QString::number(script.statements()[index].line);
    return lines.join(u' ') + u'\n';
}

/// Names each fresh UID of the text <new 1>, <new 2> … in the order of appearance; those that stand in the
/// expectation are not fresh.
QString withFreshNamed(QString text, const QString& expected)
{
    static const QRegularExpression uid(QStringLiteral("2\\.25\\.\\d{20,39}"));
    QStringList fresh;
    for (auto found = uid.globalMatch(text); found.hasNext();) {
        const QString one = found.next().captured();
        if (!expected.contains(one) && !fresh.contains(one))
            fresh << one;
    }
    for (qsizetype i = 0; i < fresh.size(); ++i)
        text.replace(fresh[i], QStringLiteral("<new %1>").arg(i + 1));
    return text;
}

/// Texts compared in a way that prints them legibly.
void expectSame(const QString& got, const QString& expected)
{
    EXPECT_EQ(got.toStdString(), expected.toStdString());
}

script::RunContext contextOf(const Case& one)
{
    script::RunContext context{"seed"};
    for (const QString& line : one.parts[QStringLiteral("variables")].split(u'\n', Qt::SkipEmptyParts))
        context.variables.insert(line.section(u'=', 0, 0), line.section(u'=', 1));
    if (one.parts.contains(QStringLiteral("lookup"))) {
        const auto table = script::parseLookupTable(one.parts[QStringLiteral("lookup")]);
        EXPECT_TRUE(table.ok());
        context.lookup = std::make_shared<const script::LookupTable>(table.value());
    }
    return context;
}

void checkRun(const Case& one, const script::Script& script)
{
    const auto before = testing_support::dataSet(one.parts[QStringLiteral("before")]);
    const auto run = script::run(script, before, contextOf(one));
    if (one.parts.contains(QStringLiteral("error"))) {
        ASSERT_FALSE(run.ok()) << "the script ran, an error is expected";
        expectSame(run.error().reason + u'\n', one.parts[QStringLiteral("error")]);
        return;
    }
    ASSERT_TRUE(run.ok()) << run.error().message().toStdString();
    const QString after = one.parts[QStringLiteral("after")];
    const QString got = testing_support::text(run->dataSet);
    expectSame(withFreshNamed(got.isEmpty() ? got : got + u'\n', after), after);
    if (one.parts.contains(QStringLiteral("changed by"))) {
        expectSame(appliedLines(script, run->applied).trimmed(),
                   one.parts[QStringLiteral("changed by")].trimmed());
    }
    const QString messages = run->messages.join(u'\n');
    expectSame(messages.isEmpty() ? messages : messages + u'\n', one.parts[QStringLiteral("messages")]);
}

void checkCase(const Case& one)
{
    const auto dialect = script::parseDialect(one.parts[QStringLiteral("dialect")].trimmed());
    const auto parsed =
        script::parse(one.parts[QStringLiteral("script")], dialect.value_or(script::Dialect::Auto));
    if (one.parts.contains(QStringLiteral("detected")))
        expectSame(script::toString(parsed.dialect), one.parts[QStringLiteral("detected")].trimmed());
    expectSame(problemsOf(parsed), one.parts[QStringLiteral("problems")]);
    const bool refused = !one.parts.contains(QStringLiteral("after"))
        && !one.parts.contains(QStringLiteral("error")) && !one.parts.contains(QStringLiteral("statements"));
    ASSERT_EQ(parsed.script == nullptr, refused) << "is the script refused?";
    if (refused)
        return;
    if (one.parts.contains(QStringLiteral("statements"))) {
        QString statements;
        for (const auto& statement : parsed.script->statements())
            statements += QStringLiteral("%1 %2\n").arg(statement.line).arg(statement.text);
        expectSame(statements, one.parts[QStringLiteral("statements")]);
    }
    if (one.parts.contains(QStringLiteral("after")) || one.parts.contains(QStringLiteral("error")))
        checkRun(one, *parsed.script);
}

std::vector<std::string> caseFiles()
{
    std::vector<std::string> names;
    for (const QString& name :
         QDir(QStringLiteral(TEST_DATA_DIR "/scripts")).entryList({QStringLiteral("*.cases")}))
        names.push_back(name.toStdString());
    return names;
}

class ScriptGolden : public testing::TestWithParam<std::string> {};

} // namespace

TEST_P(ScriptGolden, Agrees)
{
    const auto cases =
        casesIn(QStringLiteral(TEST_DATA_DIR "/scripts/") + QString::fromStdString(GetParam()));
    ASSERT_FALSE(cases.isEmpty());
    for (const Case& one : cases) {
        SCOPED_TRACE(one.title.toStdString());
        checkCase(one);
    }
}

INSTANTIATE_TEST_SUITE_P(Cases, ScriptGolden, testing::ValuesIn(caseFiles()), [](const auto& file) {
    return QString::fromStdString(file.param).section(u'.', 0, 0).replace(u'-', u'_').toStdString();
});
