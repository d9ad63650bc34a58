// The cases of tests/data/scripts: a script, an object before, and what comes of it. See the README there.

#include "tests/core/script_golden.h"

#include <QDir>
#include <QFile>
#include <gtest/gtest.h>

namespace {

QString readText(const QString& path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? QString::fromUtf8(file.readAll()) : QString();
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
    const auto cases = scriptCasesIn(
        readText(QStringLiteral(TEST_DATA_DIR "/scripts/") + QString::fromStdString(GetParam())));
    ASSERT_FALSE(cases.isEmpty());
    for (const ScriptCase& one : cases) {
        SCOPED_TRACE(one.title.toStdString());
        checkScriptCase(one);
    }
}

INSTANTIATE_TEST_SUITE_P(Cases, ScriptGolden, testing::ValuesIn(caseFiles()), [](const auto& file) {
    return QString::fromStdString(file.param).section(u'.', 0, 0).replace(u'-', u'_').toStdString();
});
