#include "core/edit/session.h"
#include "tests/support/data_set_text.h"
#include "tests/support/dicom_bytes.h"

#include <QDir>
#include <QEventLoop>
#include <QFile>
#include <QTemporaryDir>
#include <QTimer>
#include <gtest/gtest.h>

using namespace edit;
using namespace testing_support;
using Kind = SessionEvent::Kind;

namespace {

class SessionTest : public ::testing::Test {
protected:
    QString add(const QString& name, const dicom::DataSet& content)
    {
        return writeFile(m_folder.filePath(name), dicomBytes(content));
    }

    void waitFor(Kind kind)
    {
        QEventLoop loop;
        QTimer::singleShot(20000, &loop, [&] { loop.exit(1); });
        const auto connection =
            QObject::connect(&m_session, &Session::changed, &loop, [&](const SessionEvent& event) {
                if (event.kind == kind)
                    loop.quit();
            });
        EXPECT_EQ(loop.exec(), 0) << "event did not come";
        QObject::disconnect(connection);
    }

    void open(const QString& path)
    {
        m_session.open({path});
        waitFor(Kind::ScanFinished);
    }

    EditPtr edit(const QString& path, Action action, const QString& text, const InstanceIds& ids,
                 bool all = false)
    {
        return std::make_shared<const Edit>(
            Edit{QStringLiteral("Edit"), ids,
                 QList<AttributeOperation>{{*dicom::AttributePath::parse(path), action, text}}, all});
    }

    QTemporaryDir m_folder;
    Session m_session;
};

const QString patientName = QStringLiteral("(0010,0010)");

} // namespace

TEST_F(SessionTest, OpensFoldersAndCountsEveryFile)
{
    add(QStringLiteral("a"), ctImage(1, 1, 1));
    add(QStringLiteral("b"), ctImage(1, 1, 2));
    writeFile(m_folder.filePath(QStringLiteral("c")), "no DICOM at all, but a few words of text");
    open(m_folder.path());
    EXPECT_EQ(m_session.progress().loaded, 2);
    EXPECT_EQ(m_session.progress().notLoaded, 1);
    EXPECT_EQ(m_session.progress().seen, 3);
    EXPECT_EQ(m_session.allIds(), (InstanceIds{0, 1}));
    open(m_folder.path());
    EXPECT_EQ(m_session.allIds().size(), 2) << "opened again, nothing is read twice";
    EXPECT_EQ(m_session.issues().size(), 1);
}

TEST_F(SessionTest, LabelsFollowEditsAndUndo)
{
    add(QStringLiteral("a"), ctImage(1, 1, 1));
    open(m_folder.path());
    m_session.append(edit(patientName, Action::Assign, QStringLiteral("Sarcoidosis"), {0}));
    waitFor(Kind::Labels);
    EXPECT_TRUE(m_session.isEdited(0));
    EXPECT_EQ(m_session.keysOf(0).patientName, u"Sarcoidosis");
    EXPECT_FALSE(m_session.isSaved());
    m_session.takeLast();
    waitFor(Kind::Labels);
    EXPECT_FALSE(m_session.isEdited(0));
    EXPECT_EQ(m_session.keysOf(0).patientName, u"Doe^Jane");
    EXPECT_TRUE(m_session.isSaved());
}

TEST_F(SessionTest, FilesOpenedAfterAnEditOfAllFilesAreOfferedIt)
{
    const QString first = add(QStringLiteral("a"), ctImage(1, 1, 1));
    open(first);
    m_session.append(edit(patientName, Action::Delete, {}, {0}, true));
    EXPECT_TRUE(m_session.missedByAllFileEdits().isEmpty());
    open(add(QStringLiteral("b"), ctImage(1, 1, 2)));
    EXPECT_EQ(m_session.missedByAllFileEdits(), InstanceIds{1});
    m_session.extendAllFileEdits();
    EXPECT_TRUE(m_session.missedByAllFileEdits().isEmpty());
    EXPECT_EQ(m_session.edits().first()->instances, (InstanceIds{0, 1}));
}

TEST_F(SessionTest, ClosingTakesInstancesOutOfTheEdits)
{
    add(QStringLiteral("a"), ctImage(1, 1, 1));
    add(QStringLiteral("b"), ctImage(1, 1, 2));
    open(m_folder.path());
    m_session.append(edit(patientName, Action::Delete, {}, {0}));
    m_session.append(edit(patientName, Action::Delete, {}, {0, 1}));
    m_session.close({0});
    ASSERT_EQ(m_session.edits().size(), 1);
    EXPECT_EQ(m_session.edits().first()->instances, InstanceIds{1});
    EXPECT_EQ(m_session.allIds(), InstanceIds{1});
}

TEST_F(SessionTest, AFileThatIsClosedWhileItsMediumIsAwayIsReadAgain)
{
    const QString path = add(QStringLiteral("a"), ctImage(1, 1, 1));
    open(path);
    QFile::rename(path, path + QStringLiteral(".away"));
    m_session.close(m_session.allIds());
    QFile::rename(path + QStringLiteral(".away"), path);
    open(path);
    EXPECT_EQ(m_session.allIds().size(), 1);
}

TEST_F(SessionTest, OverwrittenFilesAreReadAgainAndLoseTheirEdits)
{
    const QString path = add(QStringLiteral("a"), ctImage(1, 1, 1));
    add(QStringLiteral("b"), ctImage(1, 1, 2));
    open(m_folder.path());
    m_session.append(edit(patientName, Action::Assign, QStringLiteral("X"), {0, 1}));
    waitFor(Kind::Labels);
    const int written = m_session.instances({0}).first()->path() == path ? 0 : 1;
    writeFile(path, dicomBytes(ctImage(1, 1, 1, QStringLiteral("X"))));
    m_session.reload({written});
    waitFor(Kind::Reloaded);
    EXPECT_EQ(m_session.keysOf(written).patientName, u"X");
    EXPECT_FALSE(m_session.isEdited(written));
    EXPECT_EQ(m_session.edits().first()->instances, InstanceIds{1 - written});
}

TEST_F(SessionTest, OnlyTheLastJobOfALaneAnswers)
{
    QStringList answers;
    QEventLoop loop;
    Lane lane;
    for (const QString& name : {QStringLiteral("first"), QStringLiteral("second")})
        m_session.run(lane, &m_session, [&, name](const Session::Work&) -> Session::Answer {
            return [&, name] {
                answers << name;
                loop.quit();
            };
        });
    loop.exec();
    EXPECT_EQ(answers, QStringList{QStringLiteral("second")});
}

TEST_F(SessionTest, ACancelledScanEnds)
{
    for (int i = 0; i < 200; ++i)
        add(QStringLiteral("%1").arg(i), ctImage(1, 1, i));
    m_session.open({m_folder.path()});
    m_session.cancelScan();
    waitFor(Kind::ScanFinished);
    EXPECT_EQ(m_session.progress().loaded, m_session.allIds().size());
    EXPECT_FALSE(m_session.progress().running);
}
