#include "ui/recovery.h"

#include "core/write/digest.h"
#include "core/write/writer.h"
#include "tests/ui/dialog_fixture.h"
#include "ui/dialogs/recovery_dialog.h"

#include <QTimer>
#include <QTreeView>
#include <functional>

using namespace testing_support;

namespace {

class RecoveringTest : public DialogTest {
protected:
    /// As if the program had been killed when the new 1.dcm was ready.
    void interrupt()
    {
        const auto stamp = dicom::stampOf(at("study/1.dcm"));
        const auto other = dicom::stampOf(at("study/2.dcm"));
        writer::JournalContent content{at("study")};
        content.job.seed = "seed";
        content.entries = {{QStringLiteral("1.dcm"), stamp->size, stamp->modifiedNs},
                           {QStringLiteral("2.dcm"), other->size, other->modifiedNs}};
        const auto journal = writer::Journal::begin(content, false);
        ASSERT_TRUE(journal.ok());
        const QString temporary = (*journal)->temporaryOf(0);
        writeFile(temporary, dicomBytes(ctImage(1, 1, 1, QStringLiteral("New^Name"))));
        ASSERT_TRUE((*journal)->ready(0, QFileInfo(temporary).size(), *writer::digestOf(temporary), {}));
    }

    QString nameOf(const char* file) const
    {
        for (const auto& instance : m_session.instances(m_session.allIds()))
            if (instance->file.path.endsWith(QString::fromUtf8(file)))
                return QString::fromLatin1(instance->file.dataSet.bytes(dicom::tags::PatientName));
        return {};
    }

    /// Waits for the report of what is done, and gives its rows.
    QString reportOf(QWidget& window, const std::function<void()>& act)
    {
        QString rows;
        QTimer watch;
        QObject::connect(&watch, &QTimer::timeout, &window, [&] {
            if (auto* dialog = window.findChild<ui::RecoveryDialog*>(); dialog && dialog->isVisible()) {
                rows = cells(*named<QTreeView>(*dialog, "Files")->model());
                picture(*dialog, "recovery");
                dialog->reject();
            }
        });
        watch.start(10);
        act();
        EXPECT_TRUE(QTest::qWaitFor([&] { return !rows.isEmpty(); }, 20000));
        return rows;
    }
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
    QObject::connect(&recovering, &ui::Recovering::goOnWanted, &window,
                     [&](const QStringList& paths, const QByteArray& seed) {
                         EXPECT_EQ(paths, QStringList{at("study/2.dcm")});
                         goOn = seed;
                     });
    const QString rows = reportOf(window, [&] { recovering.recover(); });
    EXPECT_EQ(m_answers.asked, 2) << "what to do, and whether to go on";
    EXPECT_EQ(goOn, "seed") << "so that the new UIDs of the rest fit";
    EXPECT_TRUE(rows.startsWith(QStringLiteral("As before | "))) << rows.toStdString();
    EXPECT_TRUE(rows.contains(QStringLiteral("New | "))) << rows.toStdString();
    EXPECT_TRUE(QTest::qWaitFor([&] { return nameOf("1.dcm") == u"New^Name"; }, 20000));
    EXPECT_TRUE(recovering.journals().isEmpty());
    EXPECT_TRUE(m_session.issues().isEmpty()) << "it is settled";
    EXPECT_EQ(m_session.progress().notLoaded, 0);
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
