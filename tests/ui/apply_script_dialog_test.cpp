#include "ui/scripts/apply_script_dialog.h"

#include "tests/ui/dialog_fixture.h"

#include <QAbstractItemModelTester>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QPlainTextEdit>
#include <QTreeView>

using namespace testing_support;

namespace {

class ApplyScriptDialogTest : public DialogTest {
protected:
    QString script(const char* text) { return writeFile(at("scripts/ours.das"), text); }

    static QString labels(const QWidget& dialog)
    {
        QStringList texts;
        for (const QLabel* label : dialog.findChildren<QLabel*>())
            if (label->isVisible())
                texts << label->text();
        return texts.join(u'\n');
    }

    QString statements(const QWidget& dialog)
    {
        return cells(*named<QTreeView>(dialog, "Statements")->model());
    }
    QString problems(const QWidget& dialog) { return cells(*named<QTreeView>(dialog, "Problems")->model()); }
    static bool waitForCounts(const QWidget& dialog)
    {
        return QTest::qWaitFor([&] { return labels(dialog).contains(QStringLiteral("tried on")); }, 20000);
    }
};

TEST_F(ApplyScriptDialogTest, ShowsStatementsAndHowManyFilesEachTouches)
{
    writeFile(at("study/4.dcm"),
              dicomBytes(dataSet(QStringLiteral("(0008,0018) UI 1.2.3\n"
                                                "(0010,0020) LO MRN9\n"))));
    open();
    ui::ApplyScriptDialog dialog(m_session, {idOf("1.dcm")}, m_answers);
    dialog.show();
    dialog.showScript(script("// the identity\n- (0010,0010)\n- (0010,0020)\n\n- (0018,9999)\n"));
    ASSERT_TRUE(waitForCounts(dialog));
    picture(dialog, "script");
    EXPECT_EQ(statements(dialog).toStdString(),
              "2 | 3 | 1 | Patient's Name | - (0010,0010)\n"
              "3 | 4 | 1 | Patient ID | - (0010,0020)\n"
              "5 | 0 | 0 |  | - (0018,9999)");
    EXPECT_TRUE(labels(dialog).contains(QStringLiteral("3 statements · tried on 4 files")))
        << labels(dialog).toStdString();
    EXPECT_TRUE(problems(dialog).startsWith(QStringLiteral("Note |  |  | Private attributes stay")))
        << problems(dialog).toStdString();
}

TEST_F(ApplyScriptDialogTest, MakesOneEditForAllOrSelectedFiles)
{
    open();
    const auto selected = catalog::InstanceIds{idOf("1.dcm")};
    const QString path = script("- (0010,0010)\n");
    for (const bool all : {true, false}) {
        ui::ApplyScriptDialog dialog(m_session, selected, m_answers);
        dialog.show();
        dialog.showScript(path);
        button(dialog, all ? "All Files (3)" : "Selected Files (1)")->click();
        ASSERT_TRUE(QTest::qWaitFor([&] { return dialog.edit() != nullptr; }, 20000)) << "when it was tried";
        EXPECT_EQ(dialog.result(), QDialog::Accepted);
        EXPECT_EQ(dialog.edit()->description, QStringLiteral("Apply Script ours.das"));
        EXPECT_EQ(dialog.edit()->allFiles, all);
        EXPECT_EQ(dialog.edit()->instances, all ? m_session.allIds() : selected);
    }
}

TEST_F(ApplyScriptDialogTest, WhereAllFilesAreSelectedTheEditIsForAllFiles)
{
    open();
    ui::ApplyScriptDialog dialog(m_session, m_session.allIds(), m_answers);
    dialog.show();
    dialog.showScript(script("- (0010,0010)\n"));
    QPushButton* apply = button(dialog, "Selected Files (3)");
    (apply && apply->isEnabled() ? apply : button(dialog, "All Files (3)"))->click();
    ASSERT_TRUE(QTest::qWaitFor([&] { return dialog.edit() != nullptr; }, 20000));
    EXPECT_TRUE(dialog.edit()->allFiles);
}

TEST_F(ApplyScriptDialogTest, AScriptWithAnErrorCannotBeApplied)
{
    open();
    ui::ApplyScriptDialog dialog(m_session, m_session.allIds(), m_answers);
    dialog.show();
    dialog.showScript(script("- (0010,0010)\n(0010,0020) := oops[\n"));
    picture(dialog, "script-error");
    EXPECT_FALSE(button(dialog, "All Files")->isEnabled());
    EXPECT_FALSE(button(dialog, "Selected Files")->isEnabled());
    EXPECT_TRUE(problems(dialog).startsWith(QStringLiteral("Error | 2 | ")))
        << problems(dialog).toStdString();
    EXPECT_TRUE(labels(dialog).contains(QStringLiteral("nothing of it can be applied")));
}

TEST_F(ApplyScriptDialogTest, ShowsWhatTheScriptSays)
{
    open();
    ui::ApplyScriptDialog dialog(m_session, {}, m_answers);
    dialog.show();
    dialog.showScript(script("echo \"modality {0}\" (0008,0060)\n"));
    ASSERT_TRUE(waitForCounts(dialog));
    EXPECT_TRUE(problems(dialog).contains(QStringLiteral("Message for 3 files: modality CT")))
        << problems(dialog).toStdString();
}

TEST_F(ApplyScriptDialogTest, ListsTheScriptsThatComeWithTheProgram)
{
    open();
    ui::ApplyScriptDialog dialog(m_session, {}, m_answers);
    QStringList names;
    const auto* scripts = named<QListWidget>(dialog, "Scripts");
    for (int row = 0; row < scripts->count(); ++row)
        names << scripts->item(row)->text();
    EXPECT_EQ(names.join(u' ').toStdString(), "AnonScheme.das Basic2006.das TeachingFile.das");
}

TEST_F(ApplyScriptDialogTest, BrowsesForAScriptAndListsItOnce)
{
    open();
    ui::ApplyScriptDialog dialog(m_session, {}, m_answers);
    dialog.show();
    auto* scripts = named<QListWidget>(dialog, "Scripts");
    const int offered = scripts->count();
    button(dialog, "Browse")->click();
    EXPECT_EQ(scripts->count(), offered) << "cancelled";
    m_answers.scriptAnswer = script("- (0010,0010)\n");
    button(dialog, "Browse")->click();
    button(dialog, "Browse")->click();
    EXPECT_EQ(m_answers.asked, 3);
    EXPECT_EQ(scripts->count(), offered + 1);
    EXPECT_FALSE(button(dialog, "Selected Files (0)")->isEnabled());
    EXPECT_TRUE(button(dialog, "All Files (3)")->isEnabled());
    EXPECT_EQ(named<QPlainTextEdit>(dialog, "Script text")->toPlainText(), QStringLiteral("- (0010,0010)\n"));
}

TEST_F(ApplyScriptDialogTest, OffersTheScriptsThatComeWithTheProgram)
{
    open();
    ui::ApplyScriptDialog dialog(m_session, m_session.allIds(), m_answers);
    dialog.show();
    EXPECT_EQ(named<QListWidget>(dialog, "Scripts")->currentItem()->text(), QStringLiteral("AnonScheme.das"));
    ASSERT_TRUE(waitForCounts(dialog));
    picture(dialog, "script-anon");
    EXPECT_TRUE(statements(dialog).contains(QStringLiteral("| 3 | 3 | Patient's Name | ")))
        << statements(dialog).toStdString();
    button(dialog, "All Files (3)")->click();
    EXPECT_EQ(dialog.edit()->description, QStringLiteral("Apply Script AnonScheme.das"));
}

TEST_F(ApplyScriptDialogTest, NamesTheAttributeThatIsChangedNotTheOneOfTheCondition)
{
    open();
    ui::ApplyScriptDialog dialog(m_session, {}, m_answers);
    dialog.show();
    dialog.showScript(script("(0008,0060) = \"CT\" : (0010,0010) := \"Case: 1\"\n"));
    ASSERT_TRUE(waitForCounts(dialog));
    EXPECT_TRUE(statements(dialog).startsWith(QStringLiteral("1 | 3 | 0 | Patient's Name | ")))
        << statements(dialog).toStdString();
    dialog.showScript(script("version \"6.6\"\n"
                             "(0008,0060) = \"CT\" ? (0010,0020) := \"1\" : -(0010,0010)\n"
                             "if ((0008,0060) = \"CT\") {\n"
                             "  (0008,1140)[0]/(0008,1155) := \"1.2\"\n"
                             "  a := (0010,0010)\n"
                             "}\n"
                             "if ((0008,0060) = \"MR\") {\n}\n"));
    ASSERT_TRUE(waitForCounts(dialog));
    QStringList names;
    for (const QString& line : statements(dialog).split(u'\n'))
        names << line.split(QStringLiteral(" | ")).value(3);
    EXPECT_EQ(names.join(u',').toStdString(), "Patient ID,Referenced SOP Instance UID,");
}

TEST_F(ApplyScriptDialogTest, CountsWithTheValuesThatWereGivenAndSaysWhyItCannot)
{
    open();
    const QString text = QStringLiteral("version \"6.6\"\n(0010,0020) := subject\n");
    ui::ApplyScriptDialog dialog(m_session, {idOf("1.dcm")}, m_answers);
    dialog.show();
    dialog.showDraft({QStringLiteral("without"), {}, text});
    picture(dialog, "script-not-counted");
    EXPECT_TRUE(statements(dialog).startsWith(QStringLiteral("2 | ? | ? | Patient ID | ")))
        << statements(dialog).toStdString();
    const auto* model = named<QTreeView>(dialog, "Statements")->model();
    EXPECT_TRUE(model->index(0, 1).data(Qt::ToolTipRole).toString().contains(QStringLiteral("(subject)")));
    EXPECT_TRUE(labels(dialog).contains(QStringLiteral("the script needs values")));

    ui::ScriptDraft with{QStringLiteral("with"), {}, text};
    with.values = {{QStringLiteral("subject"), QStringLiteral("S7")}};
    dialog.showDraft(with);
    ASSERT_TRUE(waitForCounts(dialog));
    EXPECT_TRUE(statements(dialog).startsWith(QStringLiteral("2 | 3 | 1 | Patient ID | ")))
        << statements(dialog).toStdString();
}

TEST_F(ApplyScriptDialogTest, AFileThatCannotBeReadSaysSo)
{
    open();
    ui::ApplyScriptDialog dialog(m_session, {}, m_answers);
    dialog.show();
    dialog.showScript(at("scripts/absent.das"));
    EXPECT_FALSE(button(dialog, "All Files (3)")->isEnabled());
    EXPECT_TRUE(labels(dialog).contains(QStringLiteral("absent.das"))) << labels(dialog).toStdString();
}

TEST_F(ApplyScriptDialogTest, ModelsKeepTheirPromises)
{
    open();
    ui::ApplyScriptDialog dialog(m_session, {}, m_answers);
    for (const char* name : {"Statements", "Problems"})
        new QAbstractItemModelTester(named<QTreeView>(dialog, name)->model(),
                                     QAbstractItemModelTester::FailureReportingMode::Fatal, &dialog);
    dialog.show();
    dialog.showScript(script("- (0010,0010)\n"));
    ASSERT_TRUE(waitForCounts(dialog));
    dialog.showScript(script("oops\n"));
    dialog.showScript(script("- (0010,0020)\n"));
    EXPECT_TRUE(waitForCounts(dialog));
}

} // namespace
