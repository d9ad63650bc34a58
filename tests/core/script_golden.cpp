#include "tests/core/script_golden.h"

#include "core/script/script.h"
#include "tests/support/data_set_text.h"

#include <QRegularExpression>
#include <gtest/gtest.h>

namespace {

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

/// Names each fresh UID of the text <new 1>, <new 2> … in the order of appearance, behind its root where that
/// is not 2.25; those that stand in the expectation are not fresh.
QString withFreshNamed(QString text, const QString& expected)
{
    static const QRegularExpression uid(QStringLiteral("(\\d+(?:\\.\\d+)*)\\.\\d{20,39}"));
    QStringList fresh;
    QStringList roots;
    for (auto found = uid.globalMatch(text); found.hasNext();) {
        const auto match = found.next();
        if (expected.contains(match.captured()) || fresh.contains(match.captured()))
            continue;
        fresh << match.captured();
        roots << (match.captured(1) == u"2.25" ? QString() : match.captured(1) + u'.');
    }
    for (qsizetype i = 0; i < fresh.size(); ++i)
        text.replace(fresh[i], QStringLiteral("%1<new %2>").arg(roots[i]).arg(i + 1));
    return text;
}

/// Texts compared in a way that prints them legibly.
void expectSame(const QString& got, const QString& expected)
{
    EXPECT_EQ(got.toStdString(), expected.toStdString());
}

script::RunContext contextOf(const ScriptCase& one)
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

void checkRun(const ScriptCase& one, const script::Script& script)
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
    const QString messages = (run->messages + run->remarks).join(u'\n');
    expectSame(messages.isEmpty() ? messages : messages + u'\n', one.parts[QStringLiteral("messages")]);
}

} // namespace

QList<ScriptCase> scriptCasesIn(const QString& text)
{
    QList<ScriptCase> cases;
    QString part;
    for (const QString& line : text.split(u'\n')) {
        if (line.startsWith(u"=== ")) {
            cases << ScriptCase{line.mid(4), {}};
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

void checkScriptCase(const ScriptCase& one)
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
