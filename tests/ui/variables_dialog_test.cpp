#include "ui/scripts/variables_dialog.h"

#include "tests/ui/dialog_fixture.h"
#include "ui/scripts/apply_script_dialog.h"

#include <QApplication>
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QTimer>

using namespace testing_support;

namespace {

class VariablesDialogTest : public DialogTest {
protected:
    static script::ScriptPtr compiled(const char* source)
    {
        return script::parse(QString::fromUtf8(source)).script;
    }

    static bool waitForText(const QLineEdit* field, const char* text)
    {
        return QTest::qWaitFor([&] { return field->text() == QString::fromUtf8(text); }, 20000);
    }

    static QString notes(const QWidget& dialog)
    {
        QStringList texts;
        for (const QLabel* label : dialog.findChildren<QLabel*>())
            texts << label->text();
        return texts.join(u'\n');
    }
};

const char* labels = "describe site \"Site name\"\n"
                     "hiddenOne := \"7\"\n"
                     "describe hiddenOne hidden\n"
                     "label := \"{0}-{1}\" site, number\n"
                     "number := (0020,0013)\n"
                     "site := \"WU\"\n"
                     "(0008,1030) := label\n"
                     "(0008,103E) := \"{0}{1}\" hiddenOne, other\n";

} // namespace

TEST_F(VariablesDialogTest, AsksForTheVisibleOnesInTheOrderOfDependence)
{
    open();
    ui::VariablesDialog dialog(m_session, compiled(labels), m_session.allIds(),
                               ui::VariablesDialog::Purpose::Apply);
    dialog.show();
    QStringList names;
    for (const QLineEdit* field : dialog.findChildren<QLineEdit*>())
        names << field->accessibleName();
    EXPECT_EQ(names.join(u' ').toStdString(), "Site name number label other");
    EXPECT_TRUE(waitForText(named<QLineEdit>(dialog, "Site name"), "WU"));
    EXPECT_TRUE(waitForText(named<QLineEdit>(dialog, "number"), "1, 2"));
    EXPECT_TRUE(waitForText(named<QLineEdit>(dialog, "label"), "WU-1, WU-2"));
    EXPECT_TRUE(notes(dialog).contains(QStringLiteral("each keeps its own")));
    EXPECT_TRUE(notes(dialog).contains(QStringLiteral("becomes empty")));
    picture(dialog, "variables");
    EXPECT_TRUE(dialog.values().isEmpty()) << "nothing was typed";
    EXPECT_TRUE(button(dialog, "Apply")->isEnabled());
}

TEST_F(VariablesDialogTest, LaterRowsFollowEarlierOnesUntilTheyAreTyped)
{
    open();
    ui::VariablesDialog dialog(m_session, compiled(labels), m_session.allIds(),
                               ui::VariablesDialog::Purpose::Apply);
    dialog.show();
    auto* site = named<QLineEdit>(dialog, "Site name");
    auto* label = named<QLineEdit>(dialog, "label");
    ASSERT_TRUE(waitForText(label, "WU-1, WU-2"));
    site->selectAll();
    QTest::keyClicks(site, QStringLiteral("Here"));
    EXPECT_TRUE(waitForText(label, "Here-1, Here-2"));
    label->selectAll();
    QTest::keyClicks(label, QStringLiteral("mine"));
    QTest::keyClicks(site, QStringLiteral("!"));
    QTest::qWait(300);
    EXPECT_EQ(label->text(), QStringLiteral("mine"));
    const script::VariableValues expected{{QStringLiteral("site"), QStringLiteral("Here!")},
                                          {QStringLiteral("label"), QStringLiteral("mine")}};
    EXPECT_EQ(dialog.values(), expected);
    label->actions().constFirst()->trigger();
    EXPECT_TRUE(waitForText(label, "Here!-1, Here!-2")) << "as the script says again";
}

TEST_F(VariablesDialogTest, Dialect6NeedsTheValuesThatOnlyComeFromOutside)
{
    open();
    ui::VariablesDialog dialog(m_session, compiled("version \"6.6\"\nown := \"x\"\n(0010,0010) := subject\n"),
                               m_session.allIds(), ui::VariablesDialog::Purpose::Apply);
    dialog.show();
    EXPECT_EQ(dialog.findChildren<QLineEdit*>().size(), 1);
    EXPECT_FALSE(button(dialog, "Apply")->isEnabled());
    EXPECT_TRUE(notes(dialog).contains(QStringLiteral("Still needed: subject")));
    QTest::keyClicks(named<QLineEdit>(dialog, "subject"), QStringLiteral("S1"));
    EXPECT_TRUE(button(dialog, "Apply")->isEnabled());
}

TEST_F(VariablesDialogTest, AScriptThatIsAppliedCarriesItsValues)
{
    open();
    ui::ApplyScriptDialog dialog(m_session, {idOf("1.dcm")}, m_answers);
    dialog.show();
    dialog.showScript(writeFile(at("scripts/ours.das"), "(0010,0010) := subject\n"));
    QTimer::singleShot(0, &dialog, [] {
        QWidget* asked = QApplication::activeModalWidget();
        ASSERT_NE(asked, nullptr);
        QTest::keyClicks(named<QLineEdit>(*asked, "subject"), QStringLiteral("Case^7"));
        button(*asked, "Apply")->click();
    });
    button(dialog, "All Files (3)")->click();
    ASSERT_TRUE(QTest::qWaitFor([&] { return dialog.edit() != nullptr; }, 20000)) << "when it has been tried";
    const auto first = m_session.instances({idOf("1.dcm")}).constFirst();
    const auto edited = m_session.evaluator().evaluate(*first, {dialog.edit()});
    ASSERT_TRUE(edited.ok());
    EXPECT_EQ(edited->dataSet.bytes(dicom::tags::PatientName), "Case^7");
}

TEST_F(VariablesDialogTest, TheLanguageCanBeChosen)
{
    open();
    ui::ApplyScriptDialog dialog(m_session, {}, m_answers);
    dialog.show();
    dialog.showScript(writeFile(at("scripts/ours.das"), "(0008,1030) := \"100%%\"\n"));
    auto* language = named<QComboBox>(dialog, "Language");
    EXPECT_EQ(language->currentText(), QStringLiteral("Detected: DicomEdit 4"));
    language->setCurrentIndex(1);
    Q_EMIT language->activated(1);
    EXPECT_EQ(language->currentText(), QStringLiteral("DicomBrowser 1.0 to 1.4"));
    EXPECT_TRUE(button(dialog, "All Files (3)")->isEnabled());
}

TEST_F(VariablesDialogTest, AScriptThatLooksValuesUpNeedsItsTable)
{
    open();
    ui::ApplyScriptDialog dialog(m_session, {}, m_answers);
    dialog.show();
    dialog.showScript(
        writeFile(at("scripts/ours.das"), "version \"6.6\"\n(0010,0020) := lookup[\"id\", (0010,0020)]\n"));
    EXPECT_FALSE(button(dialog, "All Files (3)")->isEnabled());
    m_answers.lookupAnswer = writeFile(at("scripts/table.txt"), "id/MRN1 = CASE1\n");
    button(dialog, "Lookup Table")->click();
    picture(dialog, "script-lookup");
    EXPECT_TRUE(button(dialog, "All Files (3)")->isEnabled());
}

TEST_F(VariablesDialogTest, AScriptThatAsksForAValueIsTriedWithItBeforeItIsApplied)
{
    open();
    ui::ApplyScriptDialog dialog(m_session, m_session.allIds(), m_answers);
    dialog.show();
    ui::ScriptDraft draft;
    draft.name = QStringLiteral("ids.das");
    draft.path =
        writeFile(at("scripts/ids.das"),
                  "version \"6.6\"\n(0008,1030) := site\n(0010,0020) := lookup[\"id\", (0010,0020)]\n");
    draft.lookupPath = writeFile(at("scripts/ids.txt"), "id/nobody = 7\n");
    dialog.showDraft(draft);
    QTimer::singleShot(0, &dialog, [] {
        QWidget* asked = QApplication::activeModalWidget();
        ASSERT_NE(asked, nullptr);
        QTest::keyClicks(named<QLineEdit>(*asked, "site"), QStringLiteral("WU"));
        button(*asked, "Apply")->click();
    });
    button(dialog, "All Files (3)")->click();
    ASSERT_TRUE(QTest::qWaitFor([&] { return dialog.edit() != nullptr; }, 20000));
    ASSERT_EQ(m_answers.questions.size(), 1) << "the number that the table lacks stays, and that is told";
    EXPECT_TRUE(m_answers.questions.first().details.contains(QStringLiteral("3 files")))
        << m_answers.questions.first().details.toStdString();
}
