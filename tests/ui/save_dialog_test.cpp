#include "ui/saving/save_dialog.h"

#include "tests/ui/dialog_fixture.h"

#include <QAbstractItemModelTester>
#include <QApplication>
#include <QCheckBox>
#include <QClipboard>
#include <QLabel>
#include <QLineEdit>
#include <QRadioButton>
#include <QTreeView>

using namespace testing_support;

namespace {

class SaveDialogTest : public DialogTest {
protected:
    void choose(const ui::SaveDialog& dialog, const char* words)
    {
        for (QRadioButton* radio : dialog.findChildren<QRadioButton*>())
            if (QString(radio->text()).remove(u'&').startsWith(QString::fromUtf8(words)))
                return radio->click();
        FAIL() << "no choice " << words;
    }

    QString allText(const QWidget& dialog)
    {
        QStringList texts;
        for (const QLabel* label : dialog.findChildren<QLabel*>())
            if (label->isVisible())
                texts << label->text();
        return texts.join(u'\n');
    }

    QString table(const QWidget& dialog, const char* name)
    {
        return cells(*named<QTreeView>(dialog, name)->model());
    }

    static QByteArray patientName(const QString& file)
    {
        const auto read = dicom::readFile(file);
        return read ? read->dataSet.bytes(dicom::tags::PatientName) : QByteArray("unreadable");
    }
};

TEST_F(SaveDialogTest, TheReviewRepeatsWhatTheScriptsRemark)
{
    open();
    edit::ScriptRun run(script::parse(QStringLiteral("(0008,0050) := hashUID[(0008,0018)]\n")).script);
    run.name = QStringLiteral("mine.das");
    m_session.append(std::make_shared<const edit::Edit>(
        edit::Edit{QStringLiteral("Apply Script"), m_session.allIds(), run}));
    ui::SaveDialog dialog(m_session, {}, m_answers);
    dialog.show();
    button(dialog, "Review Changes")->click();
    ASSERT_TRUE(waitForButton(dialog, "Write 3 Files"));
    EXPECT_TRUE(table(dialog, "To know before writing")
                    .contains(u"Warning |  | mine.das, in 3 files: line 1: what is computed for (0008,0050)"))
        << table(dialog, "To know before writing").toStdString();
}

TEST_F(SaveDialogTest, WritesACopyBesideAfterTheReview)
{
    open();
    assign("(0010,0010)", "Sarcoidosis");
    ui::SaveDialog dialog(m_session, {}, m_answers);
    dialog.show();
    picture(dialog, "save-choice");
    button(dialog, "Review Changes")->click();
    ASSERT_TRUE(waitForButton(dialog, "Write 3 Files"));
    picture(dialog, "save-review");
    EXPECT_EQ(table(dialog, "Changes").toStdString(),
              "(0010,0010) | Patient's Name | Assign | 3 | Doe^Jane | Sarcoidosis\n"
              "(0002,0000) | File Meta Information Group Length | Assign | 3 | 110 | 172\n"
              "(0002,0012) | Implementation Class UID | Assign | 3 | 1.2.3 | "
              "2.25.203318846729312873284690284766120127713\n"
              "(0002,0013) | Implementation Version Name | Assign | 3 | (absent) | DCMBROWSER 0.1.0");
    EXPECT_FALSE(QFileInfo::exists(at("study-anon"))) << "nothing before the button is pressed";
    button(dialog, "Write 3 Files")->click();
    ASSERT_TRUE(waitForButton(dialog, "Copy Report"));
    picture(dialog, "save-report");
    EXPECT_TRUE(allText(dialog).contains(QStringLiteral("All 3 files were written.")));
    EXPECT_EQ(patientName(at("study-anon/sub/3.dcm")), "Sarcoidosis");
    EXPECT_EQ(patientName(at("study/sub/3.dcm")), "Doe^Jane");
    EXPECT_TRUE(dialog.savedCopy());
    EXPECT_TRUE(dialog.overwritten().isEmpty());
    EXPECT_TRUE(table(dialog, "What remains")
                    .contains(QStringLiteral("Person name | Patient's Name | 3 | 0 | Sarcoidosis")))
        << table(dialog, "What remains").toStdString();
    button(dialog, "Copy Report")->click();
    EXPECT_TRUE(QApplication::clipboard()->text().contains(QStringLiteral("study-anon/1.dcm")));
    button(dialog, "Close")->click();
    EXPECT_EQ(dialog.result(), QDialog::Accepted);
}

TEST_F(SaveDialogTest, OverwritesOnlyWhenToldAndKeepsTheOriginals)
{
    writeFile(at("study/notes.txt"), "Jane Doe called");
    writeFile(at("study/cut.dcm"), dicomBytes(ctImage(1, 1, 5)).left(300));
    open();
    assign("(0010,0010)", "Sarcoidosis");
    ui::SaveDialog dialog(m_session, {}, m_answers);
    dialog.show();
    choose(dialog, "Overwrite");
    m_answers.folderAnswer = at("kept");
    for (auto* browse : dialog.findChildren<QPushButton*>())
        if (browse->accessibleName() == u"Browse for the folder of the originals")
            browse->click();
    picture(dialog, "save-choice-overwrite");
    button(dialog, "Review Changes")->click();
    ASSERT_TRUE(waitForButton(dialog, "Overwrite 3 Files"));
    picture(dialog, "save-review-overwrite");
    EXPECT_FALSE(button(dialog, "Overwrite 3 Files")->isDefault());
    EXPECT_TRUE(button(dialog, "Back")->isDefault());
    EXPECT_TRUE(allText(dialog).contains(QStringLiteral("Saving ends Undo")))
        << allText(dialog).toStdString();
    const QString notices = table(dialog, "To know before writing");
    for (const char* left : {"other files may hold the identity (notes.txt)",
                             "damaged or unreadable files may hold the identity (cut.dcm)"})
        EXPECT_TRUE(notices.contains(QString::fromUtf8(left))) << notices.toStdString();
    button(dialog, "Overwrite 3 Files")->click();
    ASSERT_TRUE(waitForButton(dialog, "Copy Report"));
    EXPECT_TRUE(allText(dialog).contains(QStringLiteral("The originals are in")))
        << allText(dialog).toStdString();
    EXPECT_EQ(dialog.overwritten(), m_session.allIds());
    EXPECT_FALSE(dialog.savedCopy());
    EXPECT_EQ(patientName(at("study/1.dcm")), "Sarcoidosis");
    EXPECT_EQ(patientName(at("kept/study/1.dcm")), "Doe^Jane");
}

TEST_F(SaveDialogTest, ProposesAFolderForTheOriginals)
{
    open();
    QDir().mkpath(at("study-originals"));
    ui::SaveDialog dialog(m_session, {}, m_answers);
    const auto* folder = named<QLineEdit>(dialog, "Folder for the originals");
    EXPECT_EQ(folder->text(), at("study-originals-2")) << "one that is free";
    EXPECT_FALSE(folder->isEnabled()) << "nobody said that they are to be kept";
    dialog.proposeOverwriting(at("kept"));
    dialog.show();
    EXPECT_EQ(folder->text(), at("kept"));
    EXPECT_TRUE(folder->isEnabled());
    button(dialog, "Review Changes")->click();
    ASSERT_TRUE(waitForButton(dialog, "Back"));
    EXPECT_TRUE(
        QTest::qWaitFor([&] { return allText(dialog).contains(QStringLiteral("Nothing changes")); }, 20000))
        << allText(dialog).toStdString();
}

TEST_F(SaveDialogTest, FitsASmallScreen)
{
    open();
    ui::SaveDialog dialog(m_session, {}, m_answers);
    dialog.show();
    constexpr QSize screen(1366 / 2, 768 / 2); // 1366 x 768 at twice the size
    constexpr QSize frame(16, 48); // what window managers add
    const QSize least = dialog.minimumSizeHint();
    EXPECT_LE(least.height(), (screen - frame).height());
    EXPECT_LE(least.width(), (screen - frame).width());
}

TEST_F(SaveDialogTest, CountsWhatWillReallyBeOverwritten)
{
    open();
    assign("(0010,0010)", "Sarcoidosis", {idOf("1.dcm")});
    ui::SaveDialog dialog(m_session, {}, m_answers);
    dialog.show();
    choose(dialog, "Overwrite");
    button(dialog, "Review Changes")->click();
    ASSERT_TRUE(waitForButton(dialog, "Overwrite 1 File"));
    picture(dialog, "save-review-left-alone");
    EXPECT_TRUE(allText(dialog).contains(QStringLiteral("1 file will be replaced")));
    EXPECT_TRUE(allText(dialog).contains(QStringLiteral("2 files will be left alone")))
        << allText(dialog).toStdString();
    EXPECT_EQ(table(dialog, "Planned files").count(u'|'), 1);
    button(dialog, "Overwrite 1 File")->click();
    ASSERT_TRUE(waitForButton(dialog, "Copy Report"));
    EXPECT_EQ(table(dialog, "Outcomes").count(QStringLiteral("Unchanged")), 2) << "as it was said";
}

TEST_F(SaveDialogTest, WhereNothingChangesThereIsNothingToOverwrite)
{
    open();
    ui::SaveDialog dialog(m_session, {}, m_answers);
    dialog.show();
    choose(dialog, "Overwrite");
    button(dialog, "Review Changes")->click();
    ASSERT_TRUE(QTest::qWaitFor([&] { return button(dialog, "Overwrite 0 Files") != nullptr; }, 20000));
    EXPECT_FALSE(button(dialog, "Overwrite 0 Files")->isEnabled());
    EXPECT_TRUE(allText(dialog).contains(QStringLiteral("there is nothing to write")));
}

TEST_F(SaveDialogTest, CollisionsAndRefusedFoldersStopIt)
{
    writeFile(at("study/1-anon.dcm"), "something else");
    open();
    ui::SaveDialog dialog(m_session, {}, m_answers);
    dialog.show();
    choose(dialog, "Same folder");
    for (auto* suffix : dialog.findChildren<QLineEdit*>())
        if (suffix->isVisible()) {
            EXPECT_EQ(suffix->text(), QStringLiteral("-anon-2")) << "one that is free is proposed";
            suffix->setText(QStringLiteral("-anon"));
        }
    button(dialog, "Review Changes")->click();
    ASSERT_TRUE(QTest::qWaitFor([&] { return button(dialog, "Write 3 Files") != nullptr; }, 20000));
    picture(dialog, "save-review-problem");
    EXPECT_FALSE(button(dialog, "Write 3 Files")->isEnabled());
    EXPECT_TRUE(table(dialog, "To know before writing").startsWith(QStringLiteral("Problem | 1-anon.dcm")));
    button(dialog, "Back")->click();

    choose(dialog, "Below another folder");
    EXPECT_FALSE(button(dialog, "Review Changes")->isEnabled()) << "no folder yet";
    named<QLineEdit>(dialog, "Folder")->setText(at("study/inside"));
    button(dialog, "Review Changes")->click();
    ASSERT_TRUE(QTest::qWaitFor([&] { return button(dialog, "Write 0 Files") != nullptr; }, 20000));
    EXPECT_FALSE(button(dialog, "Write 0 Files")->isEnabled());
    EXPECT_TRUE(
        table(dialog, "To know before writing").contains(QStringLiteral("Lies inside the opened folder")));
}

TEST_F(SaveDialogTest, FilesThatCannotBeWrittenAreNamedAndDoNotStopTheRest)
{
    open();
    assign("(0010,0010)", "Sarcoidosis");
    assign("(0028,0010)", "no number", {idOf("2.dcm")});
    writeFile(at("study/1.dcm"), dicomBytes(ctImage(9, 9, 9, QStringLiteral("Someone^Else"))));
    ui::SaveDialog dialog(m_session, {}, m_answers);
    dialog.show();
    choose(dialog, "Overwrite");
    button(dialog, "Review Changes")->click();
    ASSERT_TRUE(waitForButton(dialog, "Overwrite 1 File"));
    picture(dialog, "save-review-failing");
    const QString notices = table(dialog, "To know before writing");
    EXPECT_TRUE(notices.contains(QStringLiteral("Not written | 1.dcm | Was changed on disk")))
        << notices.toStdString();
    EXPECT_TRUE(notices.contains(QStringLiteral("Not written | 2.dcm"))) << notices.toStdString();
    button(dialog, "Overwrite 1 File")->click();
    ASSERT_TRUE(waitForButton(dialog, "Copy Report"));
    picture(dialog, "save-report-failures");
    EXPECT_EQ(dialog.overwritten(), catalog::InstanceIds{idOf("3.dcm")});
    EXPECT_EQ(patientName(at("study/1.dcm")), "Someone^Else");
    EXPECT_TRUE(allText(dialog).contains(QStringLiteral("1 of 3 files were written. 2 refused.")));
    const QString outcomes = table(dialog, "Outcomes");
    EXPECT_TRUE(outcomes.startsWith(QStringLiteral("Refused | "))) << outcomes.toStdString();
}

TEST_F(SaveDialogTest, SelectedFilesAloneAreNotASavedCopyOfEveryEdit)
{
    open();
    assign("(0010,0010)", "Sarcoidosis");
    ui::SaveDialog dialog(m_session, {idOf("2.dcm")}, m_answers);
    dialog.show();
    choose(dialog, "Selected files (1)");
    button(dialog, "Review Changes")->click();
    ASSERT_TRUE(waitForButton(dialog, "Write 1 File"));
    button(dialog, "Write 1 File")->click();
    ASSERT_TRUE(waitForButton(dialog, "Copy Report"));
    EXPECT_TRUE(QFileInfo::exists(at("study-anon/2.dcm")));
    EXPECT_FALSE(QFileInfo::exists(at("study-anon/1.dcm")));
    EXPECT_FALSE(dialog.savedCopy());
}

TEST_F(SaveDialogTest, StoppedSavingListsWhatIsDone)
{
    for (int i = 10; i < 60; ++i)
        writeFile(at("study/many/") + QString::number(i), dicomBytes(ctImage(1, 3, i)));
    open();
    ui::SaveDialog dialog(m_session, {}, m_answers);
    dialog.show();
    button(dialog, "Review Changes")->click();
    ASSERT_TRUE(waitForButton(dialog, "Write 53 Files"));
    button(dialog, "Write 53 Files")->click();
    picture(dialog, "save-progress");
    ASSERT_NE(button(dialog, "Stop"), nullptr);
    QTest::keyClick(&dialog, Qt::Key_Escape);
    EXPECT_TRUE(dialog.isVisible()) << "Esc stops the writing, it does not hide it";
    ASSERT_TRUE(waitForButton(dialog, "Copy Report"));
    const QString outcomes = table(dialog, "Outcomes");
    EXPECT_EQ(outcomes.count(u'\n') + 1, 53);
    const auto written = outcomes.count(QStringLiteral("Written | "));
    EXPECT_EQ(written + outcomes.count(QStringLiteral("Not reached | ")), 53);
    EXPECT_EQ(QDir(at("study-anon/many")).entryList(QDir::Files | QDir::Hidden).size()
                  + QDir(at("study-anon")).entryList(QDir::Files | QDir::Hidden).size()
                  + QDir(at("study-anon/sub")).entryList(QDir::Files | QDir::Hidden).size(),
              written);
}

TEST_F(SaveDialogTest, ASuffixIsNeeded)
{
    open();
    ui::SaveDialog dialog(m_session, {}, m_answers);
    dialog.show();
    for (const char* bad : {"", "a/b"}) {
        named<QLineEdit>(dialog, "Name with suffix")->setText(QString::fromUtf8(bad));
        EXPECT_FALSE(button(dialog, "Review Changes")->isEnabled()) << bad;
    }
    named<QLineEdit>(dialog, "Name with suffix")->setText(QStringLiteral("_teaching"));
    EXPECT_TRUE(button(dialog, "Review Changes")->isEnabled());
}

TEST_F(SaveDialogTest, EveryInputHasANameAndModelsKeepTheirPromises)
{
    open();
    ui::SaveDialog dialog(m_session, m_session.allIds(), m_answers);
    for (const QLineEdit* field : dialog.findChildren<QLineEdit*>())
        EXPECT_FALSE(field->accessibleName().isEmpty());
    for (const QTreeView* view : dialog.findChildren<QTreeView*>()) {
        EXPECT_FALSE(view->accessibleName().isEmpty());
        new QAbstractItemModelTester(view->model(), QAbstractItemModelTester::FailureReportingMode::Fatal,
                                     &dialog);
    }
    assign("(0010,0010)", "Sarcoidosis");
    dialog.show();
    button(dialog, "Review Changes")->click();
    ASSERT_TRUE(waitForButton(dialog, "Write 3 Files"));
    button(dialog, "Write 3 Files")->click();
    ASSERT_TRUE(waitForButton(dialog, "Copy Report"));
}

} // namespace
