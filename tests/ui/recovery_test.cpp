#include "ui/saving/recovery.h"

#include "core/write/digest.h"
#include "core/write/writer.h"
#include "tests/ui/dialog_fixture.h"
#include "ui/saving/recovery_dialog.h"

#include <QLabel>
#include <QTimer>
#include <QTreeView>
#include <functional>

using namespace testing_support;

namespace {

class RecoveringTest : public DialogTest {
protected:
    /// As if the program had been killed when the new 1.dcm was ready.
    void interrupt(const QString& originals = {})
    {
        const auto stamp = dicom::stampOf(at("study/1.dcm"));
        if (!originals.isEmpty())
            QDir().mkpath(originals);
        const auto other = dicom::stampOf(at("study/2.dcm"));
        writer::JournalContent content{at("study"), originals};
        content.job.seed = "seed";
        content.entries = {{QStringLiteral("1.dcm"), stamp->size, stamp->modifiedNs},
                           {QStringLiteral("2.dcm"), other->size, other->modifiedNs}};
        if (!originals.isEmpty())
            content.entries.first().backup = originals + QStringLiteral("/1.dcm");
        const auto journal = writer::Journal::begin(content, writer::entriesOf(content), false);
        ASSERT_TRUE(journal.ok());
        const QString temporary = (*journal)->temporaryIn(at("study"), 0);
        writeFile(temporary, dicomBytes(ctImage(1, 1, 1, QStringLiteral("New^Name"))));
        QByteArray oldDigest;
        if (!originals.isEmpty()) {
            writeFile(content.entries.first().backup, readBytes(at("study/1.dcm")));
            oldDigest = *writer::digestOf(at("study/1.dcm"));
        }
        ASSERT_TRUE(
            (*journal)->ready(0, QFileInfo(temporary).size(), *writer::digestOf(temporary), oldDigest));
    }

    QString nameOf(const char* file) const
    {
        for (const auto& instance : m_session.instances(m_session.allIds()))
            if (instance->path().endsWith(QString::fromUtf8(file)))
                return QString::fromLatin1(instance->kept().dataSet.bytes(dicom::tags::PatientName));
        return {};
    }

    /// Waits for the report of what is done, and gives its rows.
    QString reportOf(QWidget& window, const std::function<void()>& act)
    {
        m_said.clear();
        QString rows;
        QTimer watch;
        QObject::connect(&watch, &QTimer::timeout, &window, [&] {
            if (auto* dialog = window.findChild<ui::RecoveryDialog*>(); dialog && dialog->isVisible()) {
                rows = cells(*named<QTreeView>(*dialog, "Files")->model());
                for (const QLabel* label : dialog->findChildren<QLabel*>())
                    m_said << label->text();
                picture(*dialog, "recovery");
                dialog->reject();
            }
        });
        watch.start(10);
        act();
        EXPECT_TRUE(QTest::qWaitFor([&] { return !rows.isEmpty(); }, 20000));
        return rows;
    }

    QStringList m_said; ///< by the labels of the report
};

} // namespace

TEST_F(RecoveringTest, BringsAnInterruptedSaveToItsEndAndReadsTheFilesAgain)
{
    interrupt();
    open();
    EXPECT_EQ(m_session.allIds().size(), 3);
    QWidget window;
    ui::Recovering recovering(m_session, m_answers, &window);
    EXPECT_EQ(recovering.journals().size(), 1);
    QByteArray goOn;
    QObject::connect(
        &recovering, &ui::Recovering::goOnWanted, &window, [&](const writer::RecoveryReport& report) {
            EXPECT_EQ(report.pathsOf(writer::RecoveredFile::State::Old), QStringList{at("study/2.dcm")});
            goOn = report.done.job.seed;
        });
    const QString rows = reportOf(window, [&] { recovering.recover(); });
    EXPECT_EQ(m_answers.asked, 2) << "what to do, and whether to go on";
    EXPECT_TRUE(m_answers.questions.value(0).details.contains(QStringLiteral("No originals were kept")))
        << m_answers.questions.value(0).details.toStdString();
    EXPECT_EQ(m_answers.questions.value(0).buttons.join(u',').toStdString(), "&Keep What Is Done,Not Now")
        << "there is nothing to roll back to";
    EXPECT_TRUE(m_said.join(u'\n').contains(QStringLiteral("No originals were kept")))
        << m_said.join(u'\n').toStdString();
    EXPECT_EQ(goOn, "seed") << "so that the new UIDs of the rest fit";
    EXPECT_TRUE(rows.startsWith(QStringLiteral("As before | "))) << rows.toStdString();
    EXPECT_TRUE(rows.contains(QStringLiteral("New | "))) << rows.toStdString();
    EXPECT_TRUE(QTest::qWaitFor([&] { return nameOf("1.dcm") == u"New^Name"; }, 20000));
    EXPECT_TRUE(recovering.journals().isEmpty());
    EXPECT_TRUE(m_session.issues().isEmpty()) << "it is settled";
    EXPECT_EQ(m_session.progress().notLoaded, 0);
}

TEST_F(RecoveringTest, TellsWhereTheOriginalsAreBeforeAndAfter)
{
    interrupt(at("originals"));
    open();
    QWidget window;
    ui::Recovering recovering(m_session, m_answers, &window);
    QString told;
    QObject::connect(&recovering, &ui::Recovering::done, &window,
                     [&](const QString& words) { told = words; });
    reportOf(window, [&] { recovering.recover(); });
    const ui::Questions::Question question = m_answers.questions.value(0);
    EXPECT_TRUE(question.details.contains(
        QStringLiteral("The originals of the files that are new already are in ") + at("originals")))
        << question.details.toStdString();
    EXPECT_EQ(question.buttons.join(u',').toStdString(), "&Keep What Is Done,&Roll Back,Not Now");
    const QString where = QStringLiteral("The originals are in ") + at("originals");
    EXPECT_TRUE(m_said.join(u'\n').contains(where)) << m_said.join(u'\n').toStdString();
    EXPECT_TRUE(told.contains(where)) << told.toStdString();
    EXPECT_TRUE(recovering.hasOriginals()) << "Restore Originals knows the folder";
    reportOf(window, [&] { recovering.restore(); });
    EXPECT_TRUE(m_said.join(u'\n').contains(QStringLiteral("The originals are in their places again")))
        << m_said.join(u'\n').toStdString();
    EXPECT_FALSE(recovering.hasOriginals());
}

TEST_F(RecoveringTest, ListsWhatNeedsALookFirstAndThenByName)
{
    using State = writer::RecoveredFile::State;
    const QList<writer::RecoveredFile> files{{QStringLiteral("/study/3"), State::New},
                                             {QStringLiteral("/study/2"), State::Failed},
                                             {QStringLiteral("/study/1"), State::New}};
    const ui::RecoveryDialog dialog(QStringLiteral("Recover"), files, {}, {});
    const QStringList rows = cells(*named<QTreeView>(dialog, "Files")->model()).split(u'\n');
    EXPECT_TRUE(rows.value(0).startsWith(u"Failed | /study/2")) << qPrintable(rows.join(u'\n'));
    EXPECT_TRUE(rows.value(1).startsWith(u"New | /study/1"));
    EXPECT_TRUE(rows.value(2).startsWith(u"New | /study/3"));
}

TEST_F(RecoveringTest, PutsOriginalsBack)
{
    const QByteArray original = readBytes(at("study/1.dcm"));
    open();
    assign("(0010,0010)", "Case^1");
    writer::Destination overwrite;
    overwrite.kind = writer::Destination::Kind::Overwrite;
    overwrite.keepOriginalsIn = at("originals");
    const auto plan = writer::plan(m_session.instances(m_session.allIds()), overwrite);
    const auto report =
        writer::write(plan, m_session.edits(), m_session.evaluator(), {}, false, [](int, int) {});
    ASSERT_EQ(report.written(), 3);
    m_session.reload(m_session.allIds());
    ASSERT_TRUE(QTest::qWaitFor([&] { return nameOf("1.dcm") == u"Case^1"; }, 20000));
    QWidget window;
    ui::Recovering recovering(m_session, m_answers, &window);
    recovering.setOriginals(plan.originals);
    const QString rows = reportOf(window, [&] { recovering.restore(); });
    EXPECT_EQ(rows.count(QStringLiteral("Original put back")), 3) << rows.toStdString();
    EXPECT_EQ(readBytes(at("study/1.dcm")), original);
    EXPECT_TRUE(QTest::qWaitFor([&] { return nameOf("1.dcm") == u"Doe^Jane"; }, 20000));
    EXPECT_FALSE(recovering.hasOriginals());
}
