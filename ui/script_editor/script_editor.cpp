#include "ui/script_editor/script_editor.h"

#include "core/script/lint.h"
#include "ui/dialogs/parts.h"
#include "ui/dialogs/save_review.h"
#include "ui/dialogs/script_options.h"
#include "ui/dialogs/script_problems.h"
#include "ui/dialogs/source_view.h"
#include "ui/icons.h"
#include "ui/questions.h"
#include "ui/screen_fit.h"
#include "ui/script_editor/highlighter.h"

#include <QAction>
#include <QCloseEvent>
#include <QComboBox>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QItemSelectionModel>
#include <QLabel>
#include <QMenuBar>
#include <QSaveFile>
#include <QSplitter>
#include <QStatusBar>
#include <QToolBar>
#include <QTreeView>
#include <QVBoxLayout>

namespace ui {

namespace {

const QString& lane()
{
    static const QString text = QStringLiteral("script-editor");
    return text;
}

constexpr int widest = 16; ///< characters of a column: before and after must both be seen
constexpr int filesColumn = 3; ///< of makeChangeModel()

constexpr script::Dialect dialects[] = {script::Dialect::Auto, script::Dialect::Legacy, script::Dialect::Four,
                                        script::Dialect::Six};

} // namespace

ScriptEditor::ScriptEditor(edit::Session& session, Questions& questions, QWidget* parent)
    : QMainWindow(parent)
    , m_session(session)
    , m_questions(questions)
    , m_problems(makeProblemModel(this))
    , m_changes(makeChangeModel(this))
{
    setCentralWidget(buildPage());
    buildActions();
    m_pause.setSingleShot(true);
    m_pause.setInterval(300);
    connect(&m_pause, &QTimer::timeout, this, &ScriptEditor::check);
    connect(m_source, &QPlainTextEdit::textChanged, &m_pause, qOverload<>(&QTimer::start));
    connect(m_source->document(), &QTextDocument::modificationChanged, this, &ScriptEditor::updateTitle);
    connect(m_dialect, &QComboBox::activated, this, &ScriptEditor::check);
    connect(&m_session, &edit::Session::changed, this, [this](const edit::SessionEvent& event) {
        using Kind = edit::SessionEvent::Kind;
        if (event.kind == Kind::Edited || event.kind == Kind::Reloaded || event.kind == Kind::Closed)
            startTrial(); // what is tried on is another object now
    });
    resizeWithinScreen(this, {fontMetrics().averageCharWidth() * 150, fontMetrics().height() * 40});
    start({}, {});
    m_source->setFocus();
}

ScriptEditor::~ScriptEditor()
{
    m_session.cancel(lane());
}

void ScriptEditor::buildActions()
{
    QMenu* menu = menuBar()->addMenu(tr("&Script"));
    auto* tools = addToolBar(tr("Script"));
    tools->setMovable(false);
    const auto add = [&](const QString& text, const QString& tip, const QKeySequence& keys,
                         const char* iconName) {
        auto* action = new QAction(icon(QString::fromLatin1(iconName)), text, this);
        action->setShortcut(keys);
        action->setStatusTip(tip);
        action->setToolTip(tip);
        menu->addAction(action);
        tools->addAction(action);
        return action;
    };
    connect(add(tr("&New"), tr("Begins a new script"), QKeySequence::New, "window-new"), &QAction::triggered,
            this, [this] {
                if (mayLeave())
                    start({}, {});
            });
    connect(add(tr("&Open…"), tr("Opens a script file"), QKeySequence::Open, "document-open"),
            &QAction::triggered, this, [this] {
                const QString chosen = m_questions.openScript(this, QFileInfo(m_path).absolutePath());
                if (!chosen.isEmpty())
                    (void)open(chosen);
            });
    connect(add(tr("&Save"), tr("Saves the script"), QKeySequence::Save, "document-save"),
            &QAction::triggered, this, &ScriptEditor::save);
    auto* as = menu->addAction(tr("Save &As…"));
    as->setShortcut(QKeySequence(tr("Ctrl+Shift+S")));
    as->setStatusTip(tr("Saves the script under another name"));
    connect(as, &QAction::triggered, this, &ScriptEditor::saveAs);
    menu->addSeparator();
    tools->addSeparator();
    m_apply = add(tr("App&ly…"), tr("Applies the script to all or the selected images; can be undone"),
                  QKeySequence(tr("Ctrl+D")), "text-x-script");
    connect(m_apply, &QAction::triggered, this,
            [this] { Q_EMIT applyWanted(name(), m_source->toPlainText(), dialect()); });
    menu->addSeparator();
    auto* close = menu->addAction(tr("&Close"));
    close->setShortcut(QKeySequence(tr("Ctrl+W")));
    close->setStatusTip(tr("Closes the editor"));
    connect(close, &QAction::triggered, this, &QWidget::close);
    auto* label = new QLabel(tr("&Language:"));
    label->setBuddy(m_dialect);
    label->setContentsMargins(fontMetrics().averageCharWidth() * 2, 0, fontMetrics().averageCharWidth(), 0);
    tools->addSeparator();
    tools->addWidget(label);
    tools->addWidget(m_dialect);
}

QWidget* ScriptEditor::buildPage()
{
    m_dialect = new QComboBox;
    m_dialect->setAccessibleName(tr("Language"));
    m_dialect->setToolTip(tr("The language that the script is read as; it is detected unless one is chosen"));
    for (const script::Dialect dialect : dialects)
        m_dialect->addItem(languageName(dialect), static_cast<int>(dialect));
    m_source = new SourceView;
    m_source->setEditable();
    m_source->setPlaceholderText(
        tr("Type a script, for example:\n\nversion \"6.6\"\n*/(0010,0010) ?= \"Case 1\"\n"
           "removeAllPrivateTags"));
    new ScriptHighlighter(m_source->document(), palette());
    m_problemView = makeTable(m_problems, tr("Problems"));
    m_problemView->setTextElideMode(Qt::ElideRight);
    m_changeView = makeTable(m_changes, tr("What it does"));
    m_changeView->hideColumn(filesColumn); // it is one file
    m_trialNote = makeText();
    auto* trial = new QWidget;
    auto* trialLayout = new QVBoxLayout(trial);
    trialLayout->addWidget(m_trialNote);
    trialLayout->addWidget(m_changeView, 1);
    auto* left = new QSplitter(Qt::Vertical);
    left->setChildrenCollapsible(false);
    left->addWidget(m_source);
    left->addWidget(m_problemView);
    left->setStretchFactor(0, 4);
    left->setStretchFactor(1, 1);
    auto* page = new QSplitter(Qt::Horizontal);
    page->setChildrenCollapsible(false);
    page->addWidget(left);
    page->addWidget(trial);
    page->setStretchFactor(0, 1);
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
    if (m_instance == instance)
        return;
    m_instance = instance;
    startTrial();
}

script::Dialect ScriptEditor::dialect() const
{
    return static_cast<script::Dialect>(m_dialect->currentData().toInt());
}

// --- files

bool ScriptEditor::isChanged() const
{
    return m_source->document()->isModified();
}

QString ScriptEditor::name() const
{
    return m_path.isEmpty() ? tr("New script") : QFileInfo(m_path).fileName();
}

void ScriptEditor::updateTitle()
{
    setWindowTitle(tr("%1[*] — Script Editor").arg(name()));
    setWindowModified(isChanged());
}

void ScriptEditor::start(const QString& path, const QString& source)
{
    m_path = path;
    m_dialect->setCurrentIndex(0);
    m_source->setSource(source, {});
    m_source->document()->setModified(false);
    updateTitle();
    check();
}

bool ScriptEditor::open(const QString& path)
{
    if (!mayLeave())
        return false;
    const auto source = script::readSource(path);
    if (!source) {
        m_questions.ask(this,
                        {Questions::Kind::Warning, tr("Script Editor"), tr("The script cannot be opened."),
                         source.error().message()});
        return false;
    }
    start(path.startsWith(u':') ? QString() : path,
          *source); // what comes with the program cannot be written to
    return true;
}

bool ScriptEditor::mayLeave()
{
    if (!isChanged())
        return true;
    const int answer = m_questions.ask(this,
                                       {Questions::Kind::Question,
                                        tr("Script Editor"),
                                        tr("“%1” was changed. Save it?").arg(name()),
                                        tr("Otherwise the changes are lost."),
                                        {tr("&Save"), tr("&Discard"), tr("Cancel")},
                                        0,
                                        2});
    return answer == 0 ? save() : answer == 1;
}

bool ScriptEditor::save()
{
    return m_path.isEmpty() ? saveAs() : write(m_path);
}

bool ScriptEditor::saveAs()
{
    const QString chosen =
        m_questions.savedScript(this, m_path.isEmpty() ? QStringLiteral("script.das") : m_path);
    return !chosen.isEmpty() && write(chosen);
}

bool ScriptEditor::write(const QString& path)
{
    QSaveFile file(path);
    const bool written =
        file.open(QIODevice::WriteOnly) && file.write(m_source->toPlainText().toUtf8()) >= 0 && file.commit();
    if (!written) {
        m_questions.ask(this,
                        {Questions::Kind::Warning, tr("Script Editor"), tr("The script cannot be saved."),
                         file.errorString()});
        return false;
    }
    m_path = path;
    m_source->document()->setModified(false);
    updateTitle();
    statusBar()->showMessage(tr("Saved"), 3000);
    return true;
}

void ScriptEditor::closeEvent(QCloseEvent* event)
{
    event->setAccepted(mayLeave());
}

// --- checking and trying

void ScriptEditor::check()
{
    m_pause.stop();
    const QString text = m_source->toPlainText();
    const bool empty = text.trimmed().isEmpty();
    m_parsed = empty ? script::ParseResult() : script::parse(text, dialect());
    if (m_parsed.script)
        m_parsed.problems += script::lint(*m_parsed.script);
    m_dialect->setItemText(0, empty ? tr("Detect") : tr("Detected: %1").arg(languageName(m_parsed.dialect)));
    m_source->setProblems(m_parsed.problems);
    m_problems->setRecords(m_parsed.problems);
    fitColumns(m_problemView);
    m_apply->setEnabled(m_parsed.script != nullptr);
    startTrial();
}

void ScriptEditor::startTrial()
{
    m_session.cancel(lane());
    const auto instances = m_session.instances({m_instance});
    if (!m_parsed.script || instances.isEmpty()) {
        m_changes->setRecords({});
        m_trialNote->setText(instances.isEmpty()
                                 ? tr("Select an image in the main window to see what the script does.")
                                 : m_parsed.problems.isEmpty()
                                 ? tr("Nothing to try yet.")
                                 : tr("The script has an error, so nothing of it can be tried."));
        return;
    }
    m_session.run(lane(), this,
                  [this, script = m_parsed.script, instance = instances.constFirst(),
                   edits = m_session.edits(),
                   &evaluator = m_session.evaluator()](const std::atomic<bool>& cancel) {
                      const OneTrial trial = tryScript(script, instance, edits, evaluator, cancel);
                      return [this, trial] { showTrial(trial); };
                  });
}

void ScriptEditor::showTrial(const OneTrial& trial)
{
    m_changes->setRecords(trial.changes);
    fitColumns(m_changeView, widest);
    QStringList lines;
    if (!trial.failure.isEmpty())
        lines << trial.failure;
    else if (trial.changes.isEmpty())
        lines << tr("It changes nothing in the selected image.");
    else
        lines << tr("In the selected image it changes:");
    for (const QString& message : trial.messages)
        lines << tr("It says: %1").arg(message);
    m_trialNote->setText(lines.join(u'\n'));
}

} // namespace ui
