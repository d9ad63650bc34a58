// The scripts of tests/data/institutions: whatever applies them, and however often, one seed gives the same
// bytes.

#include "core/edit/seed.h"
#include "core/edit/session.h"
#include "core/write/writer.h"

#include <QDir>
#include <QDirIterator>
#include <QEventLoop>
#include <QFile>
#include <QProcess>
#include <QTemporaryDir>
#include <QTimer>
#include <gtest/gtest.h>
#include <iostream>

namespace {

const QString scriptFolder = QStringLiteral(TEST_DATA_DIR "/institutions/");

/// What two of the scripts ask for.
const script::VariableValues values = {{QStringLiteral("site"), QStringLiteral("North")},
                                       {QStringLiteral("subject"), QStringLiteral("S-17")}};

QByteArray contentOf(const QString& path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

QStringList filesBelow(const QString& folder)
{
    QStringList names;
    for (QDirIterator it(folder, QDir::Files, QDirIterator::Subdirectories); it.hasNext();)
        names << QDir(folder).relativeFilePath(it.next());
    names.sort();
    return names;
}

/// How many files both folders hold; every difference fails the test.
qsizetype sameFiles(const QString& one, const QString& other)
{
    const QStringList names = filesBelow(one);
    EXPECT_EQ(names, filesBelow(other));
    for (const QString& name : names)
        EXPECT_EQ(contentOf(one + u'/' + name), contentOf(other + u'/' + name)) << name.toStdString();
    return names.size();
}

class SlowInstitutions : public ::testing::TestWithParam<const char*> {
protected:
    void SetUp() override
    {
#ifdef __SANITIZE_THREAD__
        GTEST_SKIP()
            << "a program that Qt starts shares this one's memory for a moment, which the thread sanitizer "
               "takes for races";
#endif
        m_input = QStringLiteral(PROJECT_DIR "/../shared/data/dcm_qa_nih");
        if (!QFileInfo::exists(m_input)) {
            m_input = at("input");
            ASSERT_EQ(QProcess::execute(QStringLiteral(PROGRAM_DIR "/samplestudy"), {m_input}), 0);
        }
        m_script = scriptFolder + QString::fromLatin1(GetParam()) + QStringLiteral(".das");
        const QString table = scriptFolder + QString::fromLatin1(GetParam()) + QStringLiteral(".txt");
        m_table = QFile::exists(table) ? table : QString();
    }

    QString at(const char* name) const
    {
        return m_folder.filePath(QString::fromLatin1(name));
    }

    /// What dicomremap says.
    QString remap(const char* target, int threads)
    {
        QStringList arguments{
            QStringLiteral("-d"), m_script,   QStringLiteral("--seed-file"), at("seed"),
            QStringLiteral("-o"), at(target), QStringLiteral("--threads"),   QString::number(threads)};
        const auto known = script::parse(*script::readSource(m_script)).script->variables();
        for (auto it = values.begin(); it != values.end(); ++it)
            if (std::any_of(known.begin(), known.end(),
                            [&](const auto& one) { return one.name == it.key(); }))
                arguments << QStringLiteral("--set") << it.key() + u'=' + it.value();
        if (!m_table.isEmpty())
            arguments << QStringLiteral("--lookup") << m_table;
        QProcess process;
        process.start(QStringLiteral(PROGRAM_DIR "/dicomremap"), arguments << m_input);
        EXPECT_TRUE(process.waitForFinished(600'000));
        return QString::fromUtf8(process.readAllStandardError());
    }

    /// What the window does: a session, an edit of all files, and the writer.
    int saveFromSession(const char* target)
    {
        edit::Session session({*edit::seedFromFile(at("seed"))});
        QEventLoop loop;
        QTimer::singleShot(300'000, &loop, &QEventLoop::quit);
        QObject::connect(&session, &edit::Session::changed, &loop, [&](const edit::SessionEvent& event) {
            if (event.kind == edit::SessionEvent::Kind::ScanFinished)
                loop.quit();
        });
        session.open({m_input});
        loop.exec();
        const auto parsed = script::parse(*script::readSource(m_script));
        std::shared_ptr<const script::LookupTable> table;
        if (!m_table.isEmpty())
            table = std::make_shared<const script::LookupTable>(
                *script::parseLookupTable(*script::readSource(m_table)));
        session.append(std::make_shared<const edit::Edit>(
            edit::Edit{QStringLiteral("Apply Script"), session.allIds(),
                       edit::ScriptRun(parsed.script, values, table), true}));
        writer::Destination destination;
        destination.kind = writer::Destination::Kind::NewRoot;
        destination.root = at(target);
        const auto plan = writer::plan(session.instances(session.allIds()), destination);
        EXPECT_TRUE(plan.problems.isEmpty());
        const auto report =
            writer::write(plan, session.edits(), session.evaluator(), {}, false, [](int, int) {});
        for (const auto& file : report.files)
            EXPECT_EQ(file.error().message().toStdString(), std::string());
        return report.written();
    }

    QTemporaryDir m_folder;
    QString m_input, m_script, m_table;
};

std::string nameOf(const ::testing::TestParamInfo<const char*>& info)
{
    return QString::fromLatin1(info.param).remove(u'-').toStdString();
}

} // namespace

TEST_P(SlowInstitutions, OneSeedGivesTheSameBytes)
{
    const auto parsed = script::parse(*script::readSource(m_script));
    ASSERT_TRUE(parsed.script) << parsed.problems.value(0).toString().toStdString();
    const QString said = remap("first", 1);
    EXPECT_TRUE(said.contains(QStringLiteral(" 0 failed"))) << said.toStdString();
    remap("second", 2);
    const qsizetype files = sameFiles(at("first"), at("second"));
    EXPECT_GT(files, 0);
    EXPECT_EQ(saveFromSession("third"), files);
    EXPECT_EQ(sameFiles(at("first"), at("third")), files);
    // The script does something to every file.
    for (const QString& name : filesBelow(at("first")))
        EXPECT_NE(contentOf(at("first") + u'/' + name), contentOf(QFileInfo(m_input).path() + u'/' + name));
    std::cout << GetParam() << ": " << files << " files, dialect "
              << script::toString(parsed.dialect).toStdString() << ", the same bytes three times\n";
}

INSTANTIATE_TEST_SUITE_P(Slow, SlowInstitutions,
                         ::testing::Values("01-site", "02-legacy-labels", "03-series-labels", "04-lookup",
                                           "05-date-shift", "06-private-kept", "07-hashed-ids",
                                           "08-study-description", "09-legacy-blanking", "10-by-modality"),
                         nameOf);
