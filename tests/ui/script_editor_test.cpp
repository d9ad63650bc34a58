#include "ui/scripts/script_editor.h"

#include "tests/ui/dialog_fixture.h"
#include "ui/scripts/apply_script_dialog.h"
#include "ui/scripts/source_view.h"
#include "ui/scripts/variables_dialog.h"

#include <QAbstractItemModelTester>
#include <QAction>
#include <QApplication>
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QTextBlock>
#include <QTextLayout>
#include <QTimer>
#include <QTreeView>

using namespace testing_support;

namespace {

class ScriptEditorTest : public DialogTest {
protected:
    void type(ui::ScriptEditor& editor, const char* text)
    {
        auto* source = editor.findChild<ui::SourceView*>();
        source->selectAll();
        source->insertPlainText(QString::fromUtf8(text));
    }
    static QString table(const QWidget& editor, const char* name)
    {
        return cells(*named<QTreeView>(editor, name)->model());
    }
    static bool waitForTable(const QWidget& editor, const char* name, const char* text)
    {
        return QTest::qWaitFor([&] { return table(editor, name).contains(QString::fromUtf8(text)); }, 20000);
    }
    static QString labels(const QWidget& editor)
    {
        QStringList texts;
        for (const QLabel* label : editor.findChildren<QLabel*>())
            texts << label->text();
        return texts.join(u'\n');
    }
    static void connectApply(ui::ScriptEditor& editor, script::Dialect& dialect)
    {
        QObject::connect(&editor, &ui::ScriptEditor::applyWanted, &editor,
                         [&dialect](const ui::ScriptDraft& draft) { dialect = draft.dialect; });
    }
    static QAction* action(const QWidget& editor, const char* words)
    {
        for (QAction* candidate : editor.findChildren<QAction*>())
            if (QString(candidate->text()).remove(u'&').remove(u'…') == QString::fromUtf8(words))
                return candidate;
        return nullptr;
    }
};

} // namespace

TEST_F(ScriptEditorTest, ChecksAndTriesWhileOneTypes)
{
    open();
    ui::ScriptEditor editor(m_session, m_answers);
    editor.show();
    QAbstractItemModelTester changes(named<QTreeView>(editor, "What it does")->model());
    EXPECT_FALSE(action(editor, "Apply")->isEnabled()) << "nothing to apply yet";
    EXPECT_TRUE(labels(editor).contains(QStringLiteral("Select an image")));
    editor.setInstance(idOf("1.dcm"));
    type(editor, "// a case\nversion \"6.6\"\n(0010,0010) := \"Case^7\"\necho (0008,0060)\n");
    ASSERT_TRUE(waitForTable(editor, "What it does", "Doe^Jane | Case^7"));
    EXPECT_TRUE(labels(editor).contains(QStringLiteral("It says: CT")));
    EXPECT_EQ(named<QComboBox>(editor, "Language")->currentText(), QStringLiteral("Detected: DicomEdit 6"));
    EXPECT_TRUE(action(editor, "Apply")->isEnabled());
    picture(editor, "script-editor");

    type(editor, "version \"6.6\"\n(0010,0010) := nosuch[\"x\"]\n");
    ASSERT_TRUE(waitForTable(editor, "Problems", "There is no function nosuch"));
    EXPECT_FALSE(action(editor, "Apply")->isEnabled());
    EXPECT_EQ(table(editor, "What it does"), QString());
    EXPECT_TRUE(labels(editor).contains(QStringLiteral("has an error")));
    auto* problems = named<QTreeView>(editor, "Problems");
    Q_EMIT problems->clicked(problems->model()->index(0, 0));
    EXPECT_EQ(editor.findChild<ui::SourceView*>()->textCursor().selectedText(), QStringLiteral("nosuch"));
    picture(editor, "script-editor-error");
}

TEST_F(ScriptEditorTest, OpensAndSavesAndAsksBeforeAChangeIsLost)
{
    ui::ScriptEditor editor(m_session, m_answers);
    editor.show();
    const QString path = writeFile(at("scripts/mine.das"), "- (0010,0010)\n");
    ASSERT_TRUE(editor.open(path));
    EXPECT_EQ(editor.windowTitle(), QStringLiteral("mine.das[*] — Script Editor"));
    EXPECT_FALSE(editor.isChanged());
    type(editor, "- (0010,0020)\n");
    EXPECT_TRUE(editor.isWindowModified());
    action(editor, "Save")->trigger();
    EXPECT_EQ(readBytes(path), "- (0010,0020)\n");
    EXPECT_FALSE(editor.isChanged());

    type(editor, "- (0010,0030)\n");
    m_answers.savedAnswer = at("scripts/other.das");
    action(editor, "Save As")->trigger();
    EXPECT_EQ(readBytes(at("scripts/other.das")), "- (0010,0030)\n");
    EXPECT_EQ(editor.path(), at("scripts/other.das"));

    type(editor, "- (0010,0040)\n");
    EXPECT_TRUE(editor.close()) << "the first answer is to save";
    EXPECT_EQ(m_answers.asked, 1);
    EXPECT_EQ(readBytes(at("scripts/other.das")), "- (0010,0040)\n");
    EXPECT_FALSE(editor.open(at("scripts/none.das")));
}

TEST_F(ScriptEditorTest, HandsTheTextToWhoeverAppliesIt)
{
    open();
    ui::ScriptEditor editor(m_session, m_answers);
    editor.show();
    QStringList wanted;
    QObject::connect(&editor, &ui::ScriptEditor::applyWanted, &editor,
                     [&wanted](const ui::ScriptDraft& draft) { wanted << draft.source; });
    type(editor, "- (0010,0010)\n");
    ASSERT_TRUE(QTest::qWaitFor([&] { return action(editor, "Apply")->isEnabled(); }, 20000));
    action(editor, "Apply")->trigger();
    EXPECT_EQ(wanted, QStringList(QStringLiteral("- (0010,0010)\n")));
}

TEST_F(ScriptEditorTest, TheChosenLanguageGoesWithTheText)
{
    open();
    ui::ScriptEditor editor(m_session, m_answers);
    editor.show();
    auto dialect = script::Dialect::Auto;
    connectApply(editor, dialect);
    type(editor, "(0008,1030) := \"x\"\n");
    auto* language = named<QComboBox>(editor, "Language");
    language->setCurrentIndex(1);
    Q_EMIT language->activated(1);
    action(editor, "Apply")->trigger();
    EXPECT_EQ(dialect, script::Dialect::Legacy);

    ui::ApplyScriptDialog dialog(m_session, {}, m_answers);
    dialog.show();
    dialog.showDraft({QStringLiteral("mine"), {}, QStringLiteral("(0008,1030) := \"x\"\n"), dialect});
    EXPECT_EQ(named<QComboBox>(dialog, "Language")->currentText(), QStringLiteral("DicomBrowser 1.0 to 1.4"));
}

TEST_F(ScriptEditorTest, TriesWithATableAndValues)
{
    open();
    ui::ScriptEditor editor(m_session, m_answers);
    editor.show();
    editor.setInstance(idOf("1.dcm"));
    type(editor, "version \"6.6\"\n(0010,0010) := lookup[\"name\", \"a\"]\n(0010,0020) := subject\n");
    m_answers.lookupAnswer = writeFile(at("scripts/table.txt"), "name/a = From^Table\n");
    ASSERT_TRUE(QTest::qWaitFor([&] { return button(editor, "Lookup") != nullptr; }, 20000));
    EXPECT_TRUE(labels(editor).contains(QStringLiteral("Choose the lookup table")));
    button(editor, "Lookup")->click();
    EXPECT_TRUE(labels(editor).contains(QStringLiteral("Give values to see what the script does: subject")))
        << labels(editor).toStdString();
    QTimer::singleShot(0, &editor, [&editor] {
        auto* dialog = editor.findChild<ui::VariablesDialog*>();
        QTest::keyClicks(named<QLineEdit>(*dialog, "subject"), QStringLiteral("S7"));
        button(*dialog, "Try")->click();
    });
    button(editor, "Set Values")->click();
    EXPECT_TRUE(waitForTable(editor, "What it does", "Doe^Jane | From^Table"));
    EXPECT_TRUE(waitForTable(editor, "What it does", "| S7"));
    picture(editor, "script-editor-values");

    ui::ScriptDraft wanted;
    QObject::connect(&editor, &ui::ScriptEditor::applyWanted, &editor,
                     [&wanted](const ui::ScriptDraft& draft) { wanted = draft; });
    action(editor, "Apply")->trigger();
    ui::ApplyScriptDialog dialog(m_session, {}, m_answers);
    dialog.show();
    dialog.showDraft(wanted);
    EXPECT_TRUE(button(dialog, "All Files (3)")->isEnabled()) << "the table goes with the script";
    button(dialog, "Edit")->click();
    ASSERT_TRUE(dialog.wantedInEditor());
    EXPECT_EQ(dialog.wantedInEditor()->source, wanted.source);
    EXPECT_EQ(dialog.wantedInEditor()->values.value(QStringLiteral("subject")), QStringLiteral("S7"));
}

TEST_F(ScriptEditorTest, TakesAScriptFromTheDialogThatAppliesIt)
{
    open();
    ui::ScriptEditor editor(m_session, m_answers);
    editor.show();
    const QString path = writeFile(at("scripts/mine.das"), "(0008,1030) := \"x\"\n");
    EXPECT_TRUE(editor.open(ui::ScriptDraft{QStringLiteral("mine"), path, {}, script::Dialect::Legacy}));
    EXPECT_EQ(editor.path(), path);
    EXPECT_EQ(named<QComboBox>(editor, "Language")->currentText(), QStringLiteral("DicomBrowser 1.0 to 1.4"));
    type(editor, "- (0010,0010)\n");
    const ui::ScriptDraft same{QStringLiteral("mine"), {}, QStringLiteral("- (0010,0010)\n")};
    EXPECT_TRUE(editor.open(same));
    EXPECT_EQ(m_answers.asked, 0) << "it is the text that is there";
    EXPECT_EQ(editor.path(), path);
}

TEST_F(ScriptEditorTest, ShowsLongProblemsWhole)
{
    ui::ScriptEditor editor(m_session, m_answers);
    editor.resize(700, 500);
    editor.show();
    type(editor, "version \"6.6\"\n(0020,000D) := concatenate[newUID[], \".1\"]\n");
    ASSERT_TRUE(QTest::qWaitFor([&] { return table(editor, "Problems").contains(u"newUID"); }, 20000));
    auto* problems = named<QTreeView>(editor, "Problems");
    const int oneLine = problems->fontMetrics().height() * 2;
    EXPECT_TRUE(QTest::qWaitFor(
        [&] {
            return problems->visualRect(problems->model()->index(0, 0)).height() > oneLine
                || problems->visualRect(problems->model()->index(1, 0)).height() > oneLine;
        },
        5000));
    picture(editor, "script-editor-problems");
}

TEST_F(ScriptEditorTest, TheTrialFollowsEditsAndUndo)
{
    open();
    ui::ScriptEditor editor(m_session, m_answers);
    editor.show();
    editor.setInstance(idOf("1.dcm"));
    type(editor, "(0010,0010) := \"Case\"\n");
    ASSERT_TRUE(waitForTable(editor, "What it does", "Doe^Jane | Case"));
    assign("(0010,0010)", "Other");
    EXPECT_TRUE(waitForTable(editor, "What it does", "Other | Case"));
    EXPECT_TRUE(labels(editor).contains(QStringLiteral("as edited so far: 1 edit.")))
        << labels(editor).toStdString();
    picture(editor, "script-editor-edited");
    assign("(0010,0020)", "X", {idOf("2.dcm")});
    EXPECT_FALSE(labels(editor).contains(QStringLiteral("2 edits"))) << "that one is of another image";
    m_session.takeLast();
    m_session.takeLast();
    EXPECT_TRUE(waitForTable(editor, "What it does", "Doe^Jane | Case"));
    EXPECT_TRUE(labels(editor).contains(QStringLiteral("as it is in its file")));
}

TEST_F(ScriptEditorTest, ACopyOfAScriptThatComesWithTheProgramKeepsItsName)
{
    ui::ScriptEditor editor(m_session, m_answers);
    editor.show();
    ASSERT_TRUE(editor.open(QStringLiteral(":/schemes/AnonScheme.das")));
    EXPECT_EQ(editor.windowTitle(), QStringLiteral("AnonScheme (copy)[*] — Script Editor"));
    EXPECT_EQ(editor.path(), QString());
    m_answers.savedAnswer = at("scripts/chosen.das");
    QDir().mkpath(at("scripts"));
    action(editor, "Save")->trigger();
    EXPECT_EQ(m_answers.proposedName, QStringLiteral("AnonScheme (copy).das"));
    EXPECT_EQ(editor.windowTitle(), QStringLiteral("chosen.das[*] — Script Editor"));
    action(editor, "New")->trigger();
    EXPECT_EQ(editor.windowTitle(), QStringLiteral("New script[*] — Script Editor"));
}

TEST_F(ScriptEditorTest, ColoursFollowTheTheme)
{
    ui::ScriptEditor editor(m_session, m_answers);
    editor.show();
    type(editor, "(0010,0010) := \"x\"\n");
    const auto colour = [&editor] {
        const auto formats =
            editor.findChild<ui::SourceView*>()->document()->firstBlock().layout()->formats();
        return formats.isEmpty() ? QColor() : formats.first().format.foreground().color();
    };
    const QColor onLight = colour();
    const QPalette light = QApplication::palette();
    QPalette dark = light;
    dark.setColor(QPalette::Base, Qt::black);
    dark.setColor(QPalette::Text, Qt::white);
    QApplication::setPalette(dark);
    EXPECT_TRUE(QTest::qWaitFor([&] { return colour().lightness() > onLight.lightness(); }, 5000));
    QApplication::setPalette(light);
    EXPECT_TRUE(QTest::qWaitFor([&] { return colour() == onLight; }, 5000));
}

TEST_F(ScriptEditorTest, ColoursWordsByWhatTheyAre)
{
    ui::ScriptEditor editor(m_session, m_answers);
    editor.show();
    type(editor, "(0010,0010) := format[\"{0} // no comment\", (0010,0020)] // a comment\n");
    const auto formats = editor.findChild<ui::SourceView*>()->document()->firstBlock().layout()->formats();
    int slanted = 0;
    int bold = 0;
    for (const auto& range : formats) {
        slanted += range.format.fontItalic() ? range.length : 0;
        bold += range.format.fontWeight() == QFont::Bold ? range.length : 0;
    }
    EXPECT_EQ(slanted, 12) << "the comment";
    EXPECT_EQ(bold, 6) << "the function";
}

TEST_F(ScriptEditorTest, EveryInputHasAName)
{
    ui::ScriptEditor editor(m_session, m_answers);
    for (const char* name : {"Language"})
        EXPECT_NE(named<QComboBox>(editor, name), nullptr);
    for (const char* name : {"Problems", "What it does"})
        EXPECT_NE(named<QTreeView>(editor, name), nullptr);
    EXPECT_EQ(editor.findChild<ui::SourceView*>()->accessibleName(), QStringLiteral("Script text"));
}
