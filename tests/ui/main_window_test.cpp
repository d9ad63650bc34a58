#include "ui/widgets/recent_folders.h"
#include "ui/window/main_window.h"

#include "core/dicom/value.h"
#include "tests/ui/main_window_fixture.h"
#include "ui/attributes/attribute_pane.h"
#include "ui/catalog/issues_dock.h"
#include "ui/saving/recovery_dialog.h"
#include "ui/saving/save_dialog.h"
#include "ui/scripts/script_editor.h"
#include "ui/widgets/message_bar.h"

#include <QAbstractButton>
#include <QAction>
#include <QApplication>
#include <QCheckBox>
#include <QClipboard>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QMenuBar>
#include <QPointer>
#include <QPushButton>
#include <QRadioButton>
#include <QRegularExpression>
#include <QSettings>
#include <QTimer>
#include <QTreeView>
#include <QWindow>

namespace {

using ui::AttributeModel;
using ui::MainWindow;

TEST_F(MainWindowTest, ASinglePatientIsSelectedAtOnce)
{
    addOnePatient();
    open();
    EXPECT_EQ(m_window->selectedInstances().size(), 2);
    EXPECT_EQ(cell("(0010,0010)"), u"Doe^Jane");
    EXPECT_EQ(m_window->windowTitle(), u"DicomBrowser — 1 patient, 2 images[*]")
        << "no patient's data in the title";
}

TEST_F(MainWindowTest, OfSeveralPatientsNoneIsSelected)
{
    addTwoPatients();
    open();
    EXPECT_TRUE(m_window->selectedInstances().isEmpty());
    EXPECT_EQ(model().rowCount(), 0);
    EXPECT_EQ(m_window->windowTitle(), u"DicomBrowser — 2 patients, 3 images[*]");
}

TEST_F(MainWindowTest, ATypedValueIsOneUndoStep)
{
    addOnePatient();
    open();
    const QString before = shown(model());
    type("(0010,0010)", QStringLiteral("Sarcoidosis"));
    EXPECT_EQ(cell("(0010,0010)"), u"Sarcoidosis");
    EXPECT_EQ(cell("(0010,0010)", AttributeModel::ActionColumn), u"Assign");
    EXPECT_EQ(m_window->action(ui::Command::Undo)->text(), u"&Undo Assign Patient's Name");
    EXPECT_TRUE(m_window->isWindowModified());
    trigger(ui::Command::Undo);
    EXPECT_EQ(shown(model()), before);
    trigger(ui::Command::Redo);
    EXPECT_EQ(cell("(0010,0010)"), u"Sarcoidosis");
}

TEST_F(MainWindowTest, KeepClearAndDeleteActOnAllSelectedRows)
{
    addOnePatient();
    open();
    const QString before = shown(model());
    chooseRows({"(0008,0050)", "(0010,0020)"});
    trigger(ui::Command::Clear);
    EXPECT_EQ(cell("(0008,0050)", AttributeModel::ActionColumn), u"Clear");
    EXPECT_EQ(cell("(0010,0020)"), u"");
    chooseRows({"(0008,0050)", "(0010,0020)", "(0008,1030)"});
    trigger(ui::Command::Delete);
    EXPECT_EQ(cell("(0008,1030)"), u"CT Chest (deleted)");
    trigger(ui::Command::Keep);
    EXPECT_EQ(shown(model()), before);
    EXPECT_EQ(m_window->session().edits().size(), 3);
    EXPECT_EQ(m_window->session().edits()[1]->description, u"Delete 3 Attributes");
}

TEST_F(MainWindowTest, DeletingTheSelectedPrivateRowsLeavesNoneOfThem)
{
    addOnePatient();
    open();
    trigger(ui::Command::SelectPrivate);
    trigger(ui::Command::Delete);
    const auto all = m_window->session().instances(m_window->session().allIds());
    for (const auto& instance : all) {
        const auto result = m_window->session().evaluator().evaluate(*instance, m_window->session().edits());
        ASSERT_TRUE(result.ok());
        for (const dicom::ElementPtr& element : result->dataSet)
            EXPECT_FALSE(element->tag().isPrivate()) << qPrintable(dicom::toString(element->tag()));
    }
    trigger(ui::Command::Keep);
    EXPECT_EQ(cell("(0019,1001 \"ACME\")"), u"private") << "and Keep brings them back";
}

TEST_F(MainWindowTest, RevertAllAndDeleteAllPrivate)
{
    addOnePatient();
    open();
    const QString before = shown(model());
    trigger(ui::Command::DeleteAllPrivate);
    EXPECT_EQ(cell("(0019,1001 \"ACME\")"), u"private (deleted)");
    ASSERT_TRUE(waitFor([&] { return m_window->session().editedCount() == 2; }));
    trigger(ui::Command::RevertAll);
    EXPECT_EQ(shown(model()), before);
}

TEST_F(MainWindowTest, DeleteAllPrivateAsksWhichImagesWhereNotAllAreSelected)
{
    addOnePatient();
    open();
    m_window->selectInstances({0});
    ASSERT_TRUE(waitFor([&] { return m_window->selectedInstances() == edit::InstanceIds{0}; }));
    m_window->action(ui::Command::DeleteAllPrivate)->trigger();
    EXPECT_TRUE(m_window->session().edits().isEmpty()) << "Cancel does nothing";
    m_answers.buttons << QStringLiteral("Selected Images (1)");
    m_window->action(ui::Command::DeleteAllPrivate)->trigger();
    ASSERT_EQ(m_window->session().edits().size(), 1);
    EXPECT_EQ(m_window->session().edits().last()->instances, edit::InstanceIds{0});
    m_answers.buttons << QStringLiteral("All Images (2)");
    m_window->action(ui::Command::DeleteAllPrivate)->trigger();
    ASSERT_EQ(m_window->session().edits().size(), 2);
    EXPECT_EQ(m_window->session().edits().last()->instances, m_window->session().allIds());
}

TEST_F(MainWindowTest, AScriptThatMakesPatientsOneAsksFirst)
{
    addTwoPatients();
    open();
    const auto parsed = script::parse(QStringLiteral("(0010,0010) := \"\"\n(0010,0020) := \"\""));
    ASSERT_TRUE(parsed.script);
    const auto edit = std::make_shared<const edit::Edit>(
        edit::Edit{QStringLiteral("Script"), m_window->session().allIds(), parsed.script, true});
    m_window->editing().pushUnlessMerging(edit);
    ASSERT_TRUE(waitFor([&] { return m_answers.asked.size() == 1; }));
    EXPECT_EQ(m_answers.asked.last().text, u"2 patients would become 1.");
    EXPECT_TRUE(m_window->session().edits().isEmpty());
    m_answers.buttons << QStringLiteral("Apply Anyway");
    m_window->editing().pushUnlessMerging(edit);
    EXPECT_TRUE(waitFor([&] { return m_window->session().edits().size() == 1; }));
}

TEST_F(MainWindowTest, AScriptThatMakesSeveralStudiesOfOneAsksFirst)
{
    addOnePatient();
    open();
    const auto parsed = script::parse(QStringLiteral("(0020,000D) := hashUID[(0008,0018)]\n"));
    ASSERT_TRUE(parsed.script);
    m_window->editing().pushUnlessMerging(std::make_shared<const edit::Edit>(
        edit::Edit{QStringLiteral("Script"), m_window->session().allIds(), parsed.script, true}));
    ASSERT_TRUE(waitFor([&] { return m_answers.asked.size() == 1; }));
    EXPECT_TRUE(m_answers.asked.last().text.startsWith(u"1 study would become "))
        << m_answers.asked.last().text.toStdString();
}

TEST_F(MainWindowTest, PlainStudyNumberIsOfferedAsValidUid)
{
    addOnePatient();
    open();
    m_answers.buttons << QStringLiteral("Use “42”");
    type("(0020,000D)", QStringLiteral("42"));
    EXPECT_EQ(cell("(0020,000D)"), u"42");
    m_answers.buttons << QStringLiteral("Use the Valid");
    type("(0020,000D)", QStringLiteral("43"));
    EXPECT_TRUE(cell("(0020,000D)").startsWith(QStringLiteral("2.25.")));
    m_answers.buttons << QStringLiteral("Cancel");
    const QString before = cell("(0020,000D)");
    type("(0020,000D)", QStringLiteral("44"));
    EXPECT_EQ(cell("(0020,000D)"), before);
    EXPECT_EQ(m_answers.asked.size(), 3);
}

TEST_F(MainWindowTest, MergingPatientsAsksFirst)
{
    addTwoPatients();
    open();
    selectAll();
    type("(0010,0010)", QStringLiteral("Both"));
    EXPECT_TRUE(m_answers.asked.isEmpty()) << "a name alone merges nobody";
    m_answers.buttons << QStringLiteral("Cancel");
    type("(0010,0020)", QStringLiteral("1"));
    EXPECT_TRUE(cell("(0010,0020)").startsWith(QStringLiteral("2 values")));
    ASSERT_EQ(m_answers.asked.size(), 1);
    EXPECT_TRUE(m_answers.asked.first().text.contains(QStringLiteral("2 patients")));
    m_answers.buttons << QStringLiteral("Merge");
    type("(0010,0020)", QStringLiteral("1"));
    EXPECT_EQ(cell("(0010,0020)"), u"1");
}

TEST_F(MainWindowTest, GettingAnotherPatientsIdAsksToo)
{
    addTwoPatients();
    open();
    m_window->tree().selectionModel()->select(m_window->tree().model()->index(0, 0),
                                              QItemSelectionModel::ClearAndSelect);
    settle();
    const QString other = cell("(0010,0020)") == u"MRN1" ? QStringLiteral("MRN2") : QStringLiteral("MRN1");
    m_answers.buttons << QStringLiteral("Cancel");
    type("(0010,0020)", other);
    EXPECT_EQ(m_answers.asked.size(), 1);
    EXPECT_NE(cell("(0010,0020)"), other);
}

TEST_F(MainWindowTest, TextThatTheCharacterSetCannotHoldIsReencodedOrNotSet)
{
    addOnePatient();
    open();
    m_answers.buttons << QStringLiteral("Cancel");
    type("(0010,0010)", QStringLiteral("山田"));
    EXPECT_EQ(cell("(0010,0010)"), u"Doe^Jane");
    m_answers.buttons << QStringLiteral("Re-encode");
    type("(0010,0010)", QStringLiteral("山田"));
    EXPECT_EQ(cell("(0010,0010)"), u"山田");
    EXPECT_EQ(cell("(0008,0005)"), u"ISO_IR 192");
}

TEST_F(MainWindowTest, FilesOpenedAfterAnEditOfAllFilesAreOfferedIt)
{
    addOnePatient();
    open(m_folder.path() + QStringLiteral("/a/1"));
    type("(0010,0010)", QStringLiteral("X"));
    EXPECT_EQ(m_window->message().text(), u"");
    open();
    EXPECT_TRUE(m_window->message().text().startsWith(QStringLiteral("1 new image does not have 1 edit")))
        << qPrintable(m_window->message().text());
    m_window->message().findChild<QAbstractButton*>()->click();
    ASSERT_TRUE(waitFor([&] { return m_window->session().editedCount() == 2; }));
    EXPECT_EQ(m_window->message().text(), u"");
    EXPECT_EQ(m_window->editing().stack().count(), 1);
}

TEST_F(MainWindowTest, ClosingWithUnsavedEditsAsks)
{
    addOnePatient();
    open();
    type("(0010,0010)", QStringLiteral("X"));
    m_answers.buttons << QStringLiteral("Cancel");
    EXPECT_FALSE(m_window->close());
    ASSERT_EQ(m_answers.asked.size(), 1);
    m_answers.buttons << QStringLiteral("Discard 1 Edit");
    EXPECT_TRUE(m_window->close());
}

TEST_F(MainWindowTest, ClosingFilesDropsTheirEditsAndUndoSteps)
{
    addTwoPatients();
    open();
    m_window->tree().selectionModel()->select(m_window->tree().model()->index(0, 0),
                                              QItemSelectionModel::ClearAndSelect);
    settle();
    type("(0010,0010)", QStringLiteral("X"));
    ASSERT_TRUE(waitFor([&] { return m_window->session().editedCount() > 0; }));
    m_answers.buttons << QStringLiteral("Close");
    trigger(ui::Command::CloseSelected);
    EXPECT_EQ(m_answers.asked.size(), 1);
    EXPECT_TRUE(m_window->session().edits().isEmpty());
    EXPECT_EQ(m_window->editing().stack().count(), 0);
    EXPECT_FALSE(m_window->action(ui::Command::Undo)->isEnabled());
}

TEST_F(MainWindowTest, FilesThatAreNotImagesAreListedAsIssues)
{
    addOnePatient();
    m_folder.addText(QStringLiteral("notes.txt"), "shopping list");
    m_folder.addImage(QStringLiteral("copy"), 1, 1, 1);
    open();
    auto* issues = m_window->findChild<ui::IssuesDock*>();
    ASSERT_EQ(issues->model().rowCount(), 2);
    const auto& list = issues->model().issues();
    const auto duplicate =
        std::find_if(list.begin(), list.end(), [](const auto& issue) { return !issue.notLoaded(); });
    ASSERT_NE(duplicate, list.end());
    Q_EMIT issues->instanceWanted(duplicate->instance);
    settle();
    EXPECT_EQ(m_window->selectedInstances(), edit::InstanceIds{duplicate->instance});
}

TEST_F(MainWindowTest, AFolderWithoutImagesLeavesTheEmptyPageWithAReason)
{
    m_folder.addText(QStringLiteral("notes.txt"), "shopping list");
    open();
    EXPECT_EQ(m_window->windowTitle(), u"DicomBrowser[*]");
    EXPECT_EQ(m_window->findChild<ui::IssuesDock*>()->model().rowCount(), 1);
}

TEST_F(MainWindowTest, ReloadedFilesStaySelected)
{
    addTwoPatients();
    open();
    m_window->tree().selectionModel()->select(m_window->tree().model()->index(1, 0),
                                              QItemSelectionModel::ClearAndSelect);
    settle();
    const edit::InstanceIds ids = m_window->selectedInstances();
    m_window->session().reload(ids);
    ASSERT_TRUE(waitFor([&] { return !model().isCurrent() || model().isReading(); }));
    settle();
    EXPECT_EQ(m_window->selectedInstances(), ids);
}

TEST_F(MainWindowTest, TheTreeLooksAsBeforeAfterFilesWereReadAgainEvenUnderAnotherName)
{
    addTwoPatients();
    open();
    QTreeView& tree = m_window->tree();
    const auto* model = tree.model();
    const QModelIndex patient = model->index(0, 0);
    const QModelIndex study = model->index(0, 0, patient);
    const QModelIndex series = model->index(0, 0, study);
    for (const QModelIndex& index : {patient, study, series})
        tree.expand(index);
    tree.setCurrentIndex(model->index(1, 0, series));
    settle();
    const edit::InstanceIds chosen = m_window->selectedInstances();
    ASSERT_EQ(chosen.size(), 1);
    for (int image : {1, 2})
        m_folder.addImage(QStringLiteral("a/%1").arg(image), 1, 1, image, {}, QStringLiteral("Zoe^Zoe"));
    bool reloaded = false;
    QObject::connect(&m_window->session(), &edit::Session::changed, m_window, [&](const auto& event) {
        reloaded = reloaded || event.kind == edit::SessionEvent::Kind::Reloaded;
    });
    m_window->session().reload(m_window->session().allIds());
    ASSERT_TRUE(waitFor([&] { return reloaded; }));
    settle();
    const QModelIndex renamed = model->index(1, 0);
    ASSERT_TRUE(renamed.data().toString().startsWith(QStringLiteral("Zoe^Zoe")));
    const QModelIndex renamedSeries = model->index(0, 0, model->index(0, 0, renamed));
    EXPECT_TRUE(tree.isExpanded(renamed));
    EXPECT_TRUE(tree.isExpanded(renamedSeries.parent()));
    EXPECT_TRUE(tree.isExpanded(renamedSeries));
    EXPECT_FALSE(tree.isExpanded(model->index(0, 0))) << "was closed before";
    EXPECT_EQ(tree.currentIndex(), model->index(1, 0, renamedSeries));
    EXPECT_EQ(m_window->selectedInstances(), chosen);
}

TEST_F(MainWindowTest, AfterRestoringNothingOffersToRestoreAnyMore)
{
    addOnePatient();
    QTemporaryDir kept;
    m_answers.folderAnswer = kept.path();
    open();
    type("(0010,0010)", QStringLiteral("Sarcoidosis"));
    QTimer drive;
    QObject::connect(&drive, &QTimer::timeout, &drive, [] {
        if (auto* report = qobject_cast<ui::RecoveryDialog*>(QApplication::activeModalWidget()))
            return report->reject();
        auto* dialog = qobject_cast<ui::SaveDialog*>(QApplication::activeModalWidget());
        if (!dialog)
            return;
        for (QRadioButton* radio : dialog->findChildren<QRadioButton*>())
            if (radio->isVisible() && QString(radio->text()).remove(u'&').startsWith(u"Overwrite"))
                radio->click();
        for (QPushButton* browse : dialog->findChildren<QPushButton*>())
            if (browse->isVisible() && browse->accessibleName() == u"Browse for the folder of the originals")
                browse->click();
        for (const char* wanted : {"Review", "Overwrite", "Close"})
            for (QPushButton* button : dialog->findChildren<QPushButton*>())
                if (button->isVisible() && button->isEnabled()
                    && QString(button->text()).remove(u'&').startsWith(QLatin1StringView(wanted)))
                    return button->click();
    });
    drive.start(20);
    const auto offers = [this] {
        const auto* button = m_window->message().findChild<QPushButton*>();
        return button->isVisible() && button->text() == u"Restore Originals…";
    };
    m_window->action(ui::Command::Save)->trigger();
    ASSERT_TRUE(waitFor(offers)) << m_window->message().text().toStdString();
    settle();
    m_answers.buttons << QStringLiteral("&Restore");
    m_window->action(ui::Command::RestoreOriginals)->trigger();
    ASSERT_TRUE(waitFor([&] { return m_window->message().text().contains(u"put back"); }))
        << m_window->message().text().toStdString();
    settle();
    EXPECT_FALSE(offers());
    EXPECT_TRUE(m_window->message().text().contains(u"The originals are in their places again"));
}

TEST_F(MainWindowTest, QuietTextCanBeReadWhateverTheTheme)
{
    const QPalette before = QApplication::palette();
    QPalette dark = before;
    for (const auto role : {QPalette::Base, QPalette::Window})
        dark.setColor(role, QColor(35, 38, 41));
    dark.setColor(QPalette::Text, Qt::white);
    dark.setColor(QPalette::PlaceholderText, QColor(0, 0, 0, 128)); // as themes leave it that do not know it
    QApplication::setPalette(dark);
    EXPECT_TRUE(
        waitFor([] { return QApplication::palette().color(QPalette::PlaceholderText).lightness() > 128; }));
    QPalette light = QApplication::palette();
    for (const auto role : {QPalette::Base, QPalette::Window})
        light.setColor(role, Qt::white);
    light.setColor(QPalette::Text, Qt::black);
    QApplication::setPalette(light);
    EXPECT_TRUE(
        waitFor([] { return QApplication::palette().color(QPalette::PlaceholderText).lightness() < 128; }));
    QApplication::setPalette(before);
}

TEST_F(MainWindowTest, TheScriptEditorIsAWindowOfItsOwnAndGoesWithThisOne)
{
    m_window->action(ui::Command::ScriptEditor)->trigger();
    QPointer<ui::ScriptEditor> editor;
    for (QWidget* window : QApplication::topLevelWidgets())
        if (auto* found = qobject_cast<ui::ScriptEditor*>(window))
            editor = found;
    ASSERT_TRUE(editor);
    EXPECT_EQ(editor->parentWidget(), nullptr) << "else it would stay above the main window";
    EXPECT_EQ(editor->windowHandle()->transientParent(), nullptr);
    EXPECT_EQ(editor->windowFlags() & Qt::WindowType_Mask, Qt::Window);
    EXPECT_TRUE(m_window->close());
    EXPECT_TRUE(waitFor([&] { return !editor; })) << "the editor closes too";
    m_window->action(ui::Command::ScriptEditor)->trigger();
    for (QWidget* window : QApplication::topLevelWidgets())
        if (auto* found = qobject_cast<ui::ScriptEditor*>(window))
            editor = found;
    ASSERT_TRUE(editor);
    delete m_window;
    m_window = nullptr;
    EXPECT_FALSE(editor) << "it looks at the session of that window";
}

TEST_F(MainWindowTest, ClosingSavesOverTheOriginalsAndThenCloses)
{
    addOnePatient();
    open();
    type("(0010,0010)", QStringLiteral("Sarcoidosis"));
    m_answers.buttons << QStringLiteral("Save");
    QTimer drive;
    QObject::connect(&drive, &QTimer::timeout, &drive, [] {
        auto* dialog = qobject_cast<ui::SaveDialog*>(QApplication::activeModalWidget());
        if (!dialog)
            return;
        const auto radios = dialog->findChildren<QRadioButton*>();
        for (QRadioButton* radio : radios)
            if (radio->isVisible() && QString(radio->text()).remove(u'&').startsWith(u"Overwrite"))
                radio->click();
        const auto checks = dialog->findChildren<QCheckBox*>();
        for (QCheckBox* check : checks)
            check->setChecked(false);
        const auto buttons = dialog->findChildren<QPushButton*>();
        for (const char* wanted : {"Review", "Overwrite", "Close"})
            for (QPushButton* button : buttons)
                if (button->isVisible() && button->isEnabled()
                    && QString(button->text()).remove(u'&').startsWith(QLatin1StringView(wanted)))
                    return button->click();
    });
    drive.start(20);
    EXPECT_TRUE(m_window->close());
    const auto written = dicom::readFile(m_folder.path() + QStringLiteral("/a/1"));
    ASSERT_TRUE(written);
    EXPECT_EQ(written->dataSet.bytes(dicom::tags::PatientName), "Sarcoidosis");
}

TEST_F(MainWindowTest, CopiesValueRowsAndTable)
{
    addOnePatient();
    open();
    chooseRows({"(0010,0010)"});
    trigger(ui::Command::CopyValue);
    EXPECT_EQ(QApplication::clipboard()->text(), u"Doe^Jane");
    trigger(ui::Command::CopyRows);
    EXPECT_EQ(QApplication::clipboard()->text(), u"(0010,0010)\tPatient's Name\tPN\tKeep\tDoe^Jane");
    trigger(ui::Command::CopyTable);
    EXPECT_EQ(QApplication::clipboard()->text().count(u'\n'), model().attributeCount());
}

TEST_F(MainWindowTest, SaysHowManyRowsAreSelectedAndShown)
{
    addOnePatient();
    open();
    const auto counts = [&] {
        for (const auto* label : m_window->findChildren<QLabel*>())
            if (label->accessibleName() == u"Counts")
                return label->isVisible() ? label->text() : QString();
        return QStringLiteral("no label");
    };
    EXPECT_EQ(counts(), QString());
    chooseRows({"(0010,0010)", "(0010,0020)"});
    EXPECT_EQ(counts(), QStringLiteral("2 selected"));
    auto* filter = m_window->findChild<QLineEdit*>();
    for (auto* field : m_window->findChildren<QLineEdit*>())
        if (field->accessibleName() == u"Filter")
            filter = field;
    filter->setText(QStringLiteral("Patient ID"));
    EXPECT_TRUE(waitFor([&] { return counts().startsWith(QStringLiteral("1 of ")); }))
        << counts().toStdString();
}

TEST_F(MainWindowTest, AnAddedAttributeBecomesTheCurrentRowEvenBehindAFilter)
{
    addOnePatient();
    open();
    const auto path = *dicom::AttributePath::parse(QStringLiteral("(0010,4000)"));
    m_window->attributes().filter().setText(QStringLiteral("nothing like it"));
    m_window->session().append(std::make_shared<const edit::Edit>(
        edit::Edit{QStringLiteral("Add"), m_window->session().allIds(),
                   QList<edit::AttributeOperation>{{path, edit::Action::Assign, QStringLiteral("note")}}}));
    m_window->attributes().showAttribute(path);
    ASSERT_TRUE(waitFor([&] { return m_window->attributes().currentAttribute() != nullptr; }));
    EXPECT_EQ(m_window->attributes().currentAttribute()->path, path);
}

TEST_F(MainWindowTest, EveryInputHasAnAccessibleNameAndEveryActionAStatusTip)
{
    const auto widgets = m_window->findChildren<QWidget*>();
    for (const QWidget* widget : widgets) {
        const bool inside = widget->objectName().startsWith(QStringLiteral("qt_"));
        const bool input = qobject_cast<const QLineEdit*>(widget)
            || qobject_cast<const QAbstractItemView*>(widget) || qobject_cast<const QAbstractButton*>(widget);
        const auto* button = qobject_cast<const QAbstractButton*>(widget);
        const bool ownButton = !button || button->focusPolicy() != Qt::NoFocus;
        const bool named = !widget->accessibleName().isEmpty() || (button && !button->text().isEmpty());
        const bool header = widget->inherits("QHeaderView") || widget->inherits("QTableCornerButton");
        if (input && !inside && ownButton && !header) {
            EXPECT_TRUE(named) << widget->metaObject()->className() << " in "
                               << widget->parentWidget()->metaObject()->className();
        }
    }
    const auto actions = m_window->findChildren<QAction*>();
    for (const QAction* action : actions)
        if (action->parent() == m_window && !action->isSeparator() && !action->menu()) {
            EXPECT_FALSE(action->statusTip().isEmpty()) << qPrintable(action->text());
        }
}

TEST_F(MainWindowTest, EveryEntryOfAMenuHasAMnemonicOfItsOwn)
{
    static const QRegularExpression mnemonic(QStringLiteral("(?<!&)&([^&])"));
    for (const QMenu* menu : m_window->menuBar()->findChildren<QMenu*>(Qt::FindDirectChildrenOnly)) {
        QString letters;
        const auto actions = menu->actions();
        for (const QAction* action : actions) {
            const QString letter = mnemonic.match(action->text()).captured(1).toLower();
            EXPECT_FALSE(!letter.isEmpty() && letters.contains(letter))
                << qPrintable(menu->title()) << ": " << qPrintable(action->text());
            letters += letter;
        }
        EXPECT_FALSE(letters.isEmpty()) << qPrintable(menu->title());
    }
}

TEST_F(MainWindowTest, NothingOfPatientsGoesIntoTheSettingsUnlessFoldersAreRemembered)
{
    addOnePatient();
    open();
    ASSERT_TRUE(m_window->close());
    QSettings settings;
    settings.sync();
    const QStringList keys = settings.allKeys();
    for (const QString& key : keys)
        EXPECT_TRUE(key.startsWith(QStringLiteral("window/"))) << qPrintable(key);
    EXPECT_FALSE(settings.contains(QStringLiteral("recent/folders"))) << "nobody switched that on";
    ui::RecentFolders::setRemembering(true);
    ui::RecentFolders::add({m_folder.path()});
    EXPECT_EQ(ui::RecentFolders::list(), QStringList{m_folder.path()});
    ui::RecentFolders::setRemembering(false);
    EXPECT_FALSE(QSettings().contains(QStringLiteral("recent/folders")));
}

} // namespace
