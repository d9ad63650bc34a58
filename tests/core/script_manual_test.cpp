// Every example of docs/script-language.md does what the manual says, and every function has one.

#include "core/script/functions.h"
#include "core/script/script.h"
#include "tests/core/script_golden.h"

#include <QFile>
#include <QRegularExpression>
#include <gtest/gtest.h>

namespace {

QString manual()
{
    QFile file(QStringLiteral(PROJECT_DIR "/docs/script-language.md"));
    return file.open(QIODevice::ReadOnly) ? QString::fromUtf8(file.readAll()) : QString();
}

/// The blocks that are fenced as "das", titled by their line.
QList<ScriptCase> examples()
{
    static const QRegularExpression block(QStringLiteral("^```das\\n(.*?)^```$"),
                                          QRegularExpression::MultilineOption
                                              | QRegularExpression::DotMatchesEverythingOption);
    const QString text = manual();
    QList<ScriptCase> cases;
    for (auto found = block.globalMatch(text); found.hasNext();) {
        const auto match = found.next();
        const auto line = QStringView(text).first(match.capturedStart()).count(u'\n') + 1;
        cases += scriptCasesIn(QStringLiteral("=== the example in line %1 of the manual\n%2")
                                   .arg(QString::number(line), match.captured(1)));
    }
    return cases;
}

script::Dialect dialectOf(const ScriptCase& one)
{
    const auto wanted = script::parseDialect(one.parts[QStringLiteral("dialect")].trimmed());
    return script::parse(one.parts[QStringLiteral("script")], wanted.value_or(script::Dialect::Auto)).dialect;
}

QStringList withoutExample(script::Function::Dialects functions, script::Dialect dialect)
{
    QString scripts;
    for (const ScriptCase& one : examples())
        if (one.parts.contains(QStringLiteral("after")) && dialectOf(one) == dialect)
            scripts += one.parts[QStringLiteral("script")];
    QStringList missing;
    for (const QString& name : script::functionNames(functions))
        if (!QRegularExpression(QStringLiteral("\\b%1\\[").arg(name)).match(scripts).hasMatch())
            missing << name;
    return missing;
}

} // namespace

TEST(ScriptManual, EveryExampleDoesWhatItShows)
{
    const auto cases = examples();
    EXPECT_GE(cases.size(), 60);
    for (const ScriptCase& one : cases) {
        SCOPED_TRACE(one.title.toStdString());
        EXPECT_TRUE(one.parts.contains(QStringLiteral("after")) || one.parts.contains(QStringLiteral("error"))
                    || one.parts.contains(QStringLiteral("problems")))
            << "nothing is shown";
        checkScriptCase(one);
    }
}

TEST(ScriptManual, EveryFunctionHasAnExample)
{
    using script::Dialect;
    using script::Function;
    EXPECT_EQ(withoutExample(Function::Four, Dialect::Four).join(u' ').toStdString(), "");
    // alterPixels[] needs an image, which an example in text cannot have.
    EXPECT_EQ(withoutExample(Function::Six, Dialect::Six).join(u' ').toStdString(), "alterPixels");
    EXPECT_TRUE(manual().contains(QStringLiteral("alterPixels[\"rectangle\", ")));
}
