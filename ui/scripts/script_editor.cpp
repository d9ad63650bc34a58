#include "ui/scripts/script_editor.h"

#include "core/job/scripts.h"
#include "ui/scripts/highlighter.h"
#include "ui/scripts/script_options.h"
#include "ui/scripts/script_problems.h"
#include "ui/scripts/source_view.h"
#include "ui/scripts/trial_pane.h"
#include "ui/widgets/icons.h"
#include "ui/widgets/parts.h"
#include "ui/widgets/questions.h"
#include "ui/widgets/screen_fit.h"

#include <QAction>
#include <QCloseEvent>
#include <QFileInfo>
#include <QMenu>
#include <QMenuBar>
#include <QSettings>
#include <QSplitter>
#include <QStatusBar>
#include <QToolBar>
#include <QTreeView>

namespace ui {

namespace {

QString geometryKey()
{
    return QStringLiteral("scriptEditor/geometry");
}

} // namespace

ScriptEditor::ScriptEditor(edit::Session& session, Questions& questions, QWidget* parent)
    : QMainWindow(parent)
    , m_questions(questions)
    , m_problems(makeProblemModel(this))
    , m_options(new ScriptOptions(questions))
    , m_trial(new TrialPane(session))
{
    setCentralWidget(buildPage());
    auto* tools = addToolBar(tr("Script"));
    tools->setMovable(false);
    tools->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    buildScriptMenu(tools);
    buildEditMenu();
    tools->addSeparator();
    tools->addWidget(m_options);
    m_pause.setSingleShot(true);
    m_pause.setInterval(300);
    connect(&m_pause, &QTimer::timeout, this, &ScriptEditor::check);
    connect(m_source, &QPlainTextEdit::textChanged, &m_pause, qOverload<>(&QTimer::start));
    connect(m_source->document(), &QTextDocument::modificationChanged, this, &ScriptEditor::updateTitle);
    connect(m_options, &ScriptOptions::dialectChosen, this, &ScriptEditor::check);
    connect(m_options, &ScriptOptions::lookupChosen, this, &ScriptEditor::check);
    if (!restoreGeometry(QSettings().value(geometryKey()).toByteArray()))
        resizeWithinScreen(this, {fontMetrics().averageCharWidth() * 150, fontMetrics().height() * 40});
    start({}, {});
    m_source->setFocus();
}

struct ScriptEditor::Command {
    QString text;
    QString tip; ///< shown in the status bar
    QKeySequence keys;
    const char* icon = nullptr; ///< with one it is in the toolbar too
};

QAction* ScriptEditor::add(const Command& command, QMenu* menu, QToolBar* tools)
{
    QAction* action = menu->addAction(command.text);
    action->setShortcut(command.keys);
    action->setStatusTip(command.tip);
    if (!command.icon)
        return action;
    action->setIcon(icon(QString::fromLatin1(command.icon)));
    const QString keys = command.keys.toString(QKeySequence::NativeText);
    action->setToolTip(QStringLiteral("%1 (%2)").arg(command.tip, keys));
    tools->addAction(action);
    return action;
}

void ScriptEditor::buildScriptMenu(QToolBar* tools)
{
    QMenu* menu = menuBar()->addMenu(tr("&Script"));
    connect(add({tr("&New"), tr("Begins a new script"), QKeySequence::New, "window-new"}, menu, tools),
            &QAction::triggered, this, [this] {
                if (mayLeave())
                    start({}, {});
            });
    connect(add({tr("&Open…"), tr("Opens a script file"), QKeySequence::Open, "document-open"}, menu, tools),
            &QAction::triggered, this, [this] {
                const QString chosen = m_questions.openScript(this, QFileInfo(m_path).absolutePath());
                if (!chosen.isEmpty())
                    (void)open(chosen);
            });
    connect(add({tr("&Save"), tr("Saves the script"), QKeySequence::Save, "document-save"}, menu, tools),
            &QAction::triggered, this, &ScriptEditor::save);
    connect(
        add({tr("Save &As…"), tr("Saves the script under another name"), QKeySequence(tr("Ctrl+Shift+S"))},
            menu, tools),
        &QAction::triggered, this, &ScriptEditor::saveAs);
    menu->addSeparator();
    tools->addSeparator();
    m_apply = add({tr("App&ly…"), tr("Applies the script to all or the selected images; can be undone"),
                   QKeySequence(tr("Ctrl+D")), "text-x-script"},
                  menu, tools);
    connect(m_apply, &QAction::triggered, this, [this] { Q_EMIT applyWanted(draft()); });
    menu->addSeparator();
    connect(add({tr("&Close"), tr("Closes the editor"), QKeySequence(tr("Ctrl+W"))}, menu, tools),
            &QAction::triggered, this, &QWidget::close);
}

void ScriptEditor::buildEditMenu()
{
    QMenu* menu = menuBar()->addMenu(tr("&Edit"));
    const auto addFor = [&](const Command& command, void (QPlainTextEdit::*slot)(),
                            void (QPlainTextEdit::*available)(bool)) {
        QAction* action = add(command, menu, nullptr);
        action->setShortcutContext(Qt::WidgetWithChildrenShortcut); // tables have a Copy of their own
        m_source->addAction(action);
        connect(action, &QAction::triggered, m_source, slot);
        if (available) {
            action->setEnabled(false);
            connect(m_source, available, action, &QAction::setEnabled);
        }
    };
    addFor({tr("&Undo"), tr("Takes the last change of the text back"), QKeySequence::Undo},
           &QPlainTextEdit::undo, &QPlainTextEdit::undoAvailable);
    addFor({tr("&Redo"), tr("Redoes the change that was undone"), QKeySequence::Redo}, &QPlainTextEdit::redo,
           &QPlainTextEdit::redoAvailable);
    menu->addSeparator();
    addFor({tr("Cu&t"), tr("Moves the selected text to the clipboard"), QKeySequence::Cut},
           &QPlainTextEdit::cut, &QPlainTextEdit::copyAvailable);
    addFor({tr("&Copy"), tr("Copies the selected text to the clipboard"), QKeySequence::Copy},
           &QPlainTextEdit::copy, &QPlainTextEdit::copyAvailable);
    addFor({tr("&Paste"), tr("Inserts the text of the clipboard"), QKeySequence::Paste},
           &QPlainTextEdit::paste, nullptr);
    menu->addSeparator();
    addFor({tr("Select &All"), tr("Selects the whole text"), QKeySequence::SelectAll},
           &QPlainTextEdit::selectAll, nullptr);
}

QWidget* ScriptEditor::buildPage()
{
    m_source = new SourceView;
    m_source->setEditable();
    m_source->setPlaceholderText(
        tr("Type a script, for example:\n\nversion \"6.6\"\n*/(0010,0010) ?= \"Case 1\"\n"
           "removeAllPrivateTags"));
    m_highlighter = new ScriptHighlighter(m_source->document(), palette());
    m_problemView = makeProblemTable(m_problems);
    auto* halves = new QSplitter(Qt::Horizontal);
    halves->setChildrenCollapsible(false);
    halves->addWidget(m_source);
    halves->addWidget(m_trial);
    halves->setStretchFactor(0, 1);
    halves->setStretchFactor(1, 1);
    auto* page = new QSplitter(Qt::Vertical); // what is wrong takes whole sentences, and the whole width
    page->setChildrenCollapsible(false);
    page->addWidget(halves);
    page->addWidget(m_problemView);
    page->setStretchFactor(0, 4);
    page->setStretchFactor(1, 1);
    const auto jump = [this](const QModelIndex& index) {
        const script::Problem& problem = m_problems->records()[index.row()];
        if (!isPlaced(problem))
            return;
        m_source->goTo(problem.line, problem.column, problem.length);
        m_source->setFocus();
    };
    connect(m_problemView, &QTreeView::activated, this, jump);
    connect(m_problemView, &QTreeView::clicked, this, jump);
    return page;
}

void ScriptEditor::setInstance(catalog::InstanceId instance)
{
    m_trial->setInstance(instance);
}

void ScriptEditor::changeEvent(QEvent* event)
{
    QMainWindow::changeEvent(event);
    if (event->type() == QEvent::PaletteChange && m_highlighter)
        m_highlighter->setColours(palette());
}

void ScriptEditor::closeEvent(QCloseEvent* event)
{
    event->setAccepted(mayLeave());
    QSettings().setValue(geometryKey(), saveGeometry());
}

// --- checking

void ScriptEditor::check()
{
    m_pause.stop();
    const QString text = m_source->toPlainText();
    m_parsed =
        text.trimmed().isEmpty() ? script::ParseResult() : job::checkedScript(text, m_options->dialect());
    m_options->showParsed(m_parsed);
    m_source->setProblems(m_parsed.problems);
    m_problems->setRecords(sorted(m_parsed.problems));
    fitColumns(m_problemView);
    m_apply->setEnabled(m_parsed.script != nullptr);
    m_trial->setScript(m_parsed, m_options->lookup());
}

} // namespace ui
