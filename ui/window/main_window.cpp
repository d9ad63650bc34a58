// Longer than 300 lines: the one file of the window, which puts its parts together.
#include "ui/window/main_window.h"

#include "ui/attributes/attribute_pane.h"
#include "ui/attributes/details_pane.h"
#include "ui/catalog/catalog_model.h"
#include "ui/catalog/issues_dock.h"
#include "ui/saving/recovery.h"
#include "ui/widgets/empty_page.h"
#include "ui/widgets/guide_window.h"
#include "ui/widgets/icons.h"
#include "ui/widgets/message_bar.h"
#include "ui/widgets/quiet_text.h"
#include "ui/widgets/recent_folders.h"
#include "ui/widgets/screen_fit.h"
#include "ui/window/central_pane.h"
#include "ui/window/edit_commands.h"
#include "ui/window/file_commands.h"
#include "ui/window/menus.h"
#include "ui/window/needs.h"
#include "ui/window/notices.h"
#include "ui/window/recent_menu.h"
#include "ui/window/selection_follower.h"
#include "ui/window/session_words.h"
#include "ui/window/status_bar.h"

#include <QApplication>
#include <QCloseEvent>
#include <QLabel>
#include <QMimeData>
#include <QSettings>
#include <QTreeView>

namespace ui {

using edit::SessionEvent;

namespace {

QStringList localPaths(const QMimeData* data)
{
    QStringList paths;
    const QList<QUrl> urls = data->urls();
    for (const QUrl& url : urls)
        if (url.isLocalFile())
            paths << url.toLocalFile();
    return paths;
}

} // namespace

MainWindow::MainWindow(Questions& questions, const edit::Context& context, QWidget* parent)
    : QMainWindow(parent)
    , m_questions(questions)
    , m_session(context)
{
    keepQuietTextReadable();
    setAttribute(Qt::WA_DeleteOnClose);
    setAcceptDrops(true);
    setWindowIcon(icon(QStringLiteral("mark-program")));
    m_catalog = new CatalogModel(m_session, this);
    m_centre = new CentralPane(m_session, *m_catalog, this);
    setCentralWidget(m_centre);
    buildParts();
    connectPanes();
    connectParts();
    bindCommands();
    restoreLayout();
    updateTitle();
    updateCommands();
    showCounts();
}

MainWindow::~MainWindow()
{
    delete m_editCommands; // with the script editor
    // The models look at the session, which is destroyed before the children of the window.
    disconnect(&m_session, nullptr, this, nullptr);
    disconnect(&m_editing->stack(), nullptr, this, nullptr); // it says once more that it changed when it goes
    delete m_selection;
    m_centre->letGo();
    delete m_catalog;
    delete m_editing;
}

void MainWindow::buildParts()
{
    m_issues = new IssuesDock(this);
    addDockWidget(Qt::BottomDockWidgetArea, m_issues);
    m_issues->hide();
    m_status = new StatusBar(this);
    setStatusBar(m_status);
    m_editing = new Editing(m_session, m_questions, this);
    m_recovering = new Recovering(m_session, m_questions, this);
    m_notices = new Notices(m_session, m_centre->message(), *m_recovering, this);
    m_selection = new SelectionFollower(tree(), *m_catalog, m_session, this);
    m_commands = new Commands([this] { return readyForCommand(); }, this);
    m_fileCommands = new FileCommands({*this, m_questions, m_session, *m_editing, *m_recovering, *m_notices,
                                       *m_status, [this] { return selectedInstances(); }},
                                      this);
    m_editCommands =
        new EditCommands({*this, m_questions, m_session, *m_editing, attributes(),
                          [this] { return readyForCommand(); }, [this] { return selectedInstances(); }},
                         this);
    auto* recent = new RecentMenu(this);
    connect(recent, &RecentMenu::chosen, this, [this](const QString& folder) { open({folder}); });
    const MenuParts parts{*this, *m_commands, *recent, tree(), attributes(), *m_issues};
    buildMenus(parts);
    m_editCount = buildToolBar(parts);
}

void MainWindow::connectPanes()
{
    connect(&attributes().model(), &AttributeModel::valueEntered, this,
            [this](const EditTarget& target, const QString& text) {
                m_declined = !m_editing->assign(target.instances, target.attribute, text);
            });
    connect(&attributes(), &AttributePane::valueRefused, this,
            [this](const EditTarget& target, const QString& reason) {
                m_centre->message().say(tr("%1 was left as it was: %2").arg(target.attribute.name, reason));
            });
    connect(&attributes(), &AttributePane::editingWanted, m_selection, &SelectionFollower::settle);
    const auto showDetails = [this] {
        m_centre->details().setAttribute(attributes().currentAttribute());
        updateCommands();
    };
    connect(&attributes(), &AttributePane::selectionChanged, this, showDetails);
    connect(&attributes(), &AttributePane::rowsChanged, this, [this, showDetails] {
        showDetails();
        showCounts();
        m_notices->showFailures(attributes().model());
    });
    connect(&attributes().model(), &AttributeModel::readingChanged, this, [this] {
        showCounts();
        updateCommands();
    });
    connect(&attributes(), &AttributePane::dialogWanted, m_editCommands, &EditCommands::editInDialog);
    connect(&m_centre->details(), &DetailsPane::valueChosen, this, &MainWindow::selectFilesWith);
    connect(&m_centre->empty(), &EmptyPage::openFolderWanted, m_fileCommands, &FileCommands::openFolder);
    connect(&m_centre->empty(), &EmptyPage::openFilesWanted, m_fileCommands, &FileCommands::openFiles);
    connect(&m_centre->empty(), &EmptyPage::recentWanted, this,
            [this](const QString& folder) { open({folder}); });
    connect(m_status, &StatusBar::cancelWanted, this, [this] { m_session.cancelScan(); });
    connect(m_status, &StatusBar::issuesWanted, this, [this] { m_issues->setVisible(m_issues->isHidden()); });
    connect(m_issues, &IssuesDock::instanceWanted, this, [this](int id) { selectInstances({id}); });
}

void MainWindow::connectParts()
{
    connect(&m_session, &edit::Session::changed, this, &MainWindow::follow);
    connect(m_selection, &SelectionFollower::aboutToChange, this,
            [this] { attributes().commitEditor(); }); // before the table shows something else
    connect(m_selection, &SelectionFollower::changed, this, [this](const edit::InstanceIds& ids) {
        attributes().model().setInstances(ids);
        m_editCommands->setInstance(ids.value(0, -1));
        showCounts();
        updateCommands();
    });
    connect(m_editing, &Editing::refused, this,
            [this](const QString& words) { m_centre->message().say(words); });
    connect(&m_editing->stack(), &QUndoStack::indexChanged, this, &MainWindow::updateCommands);
    connect(&m_editing->stack(), &QUndoStack::undoTextChanged, this,
            [this](const QString& what) { m_commands->setSubject(Command::Undo, what); });
    connect(&m_editing->stack(), &QUndoStack::redoTextChanged, this,
            [this](const QString& what) { m_commands->setSubject(Command::Redo, what); });
    connect(m_recovering, &Recovering::goOnWanted, this, [this](const writer::RecoveryReport& report) {
        openWindow(report.pathsOf(writer::RecoveredFile::State::Old), {report.done.job.seed})
            ->m_fileCommands->setOriginals(report.done.originals);
    });
    connect(m_recovering, &Recovering::done, this, [this](const QString& words) {
        m_centre->message().say(words);
        updateCommands();
    });
    connect(m_notices, &Notices::openWanted, this, &MainWindow::open);
    connect(m_fileCommands, &FileCommands::openWanted, this, &MainWindow::open);
    connect(m_fileCommands, &FileCommands::windowWanted, this,
            [this](const QString& folder) { openWindow({folder}, m_session.evaluator().context()); });
    connect(m_fileCommands, &FileCommands::saved, this, &MainWindow::updateTitle);
}

void MainWindow::bindCommands()
{
    m_fileCommands->bind(*m_commands);
    m_editCommands->bind(*m_commands);
    Commands& commands = *m_commands;
    commands.on(Command::CloseSelected, [this] { closeSelected(); });
    commands.on(Command::CloseWindow, [this] { close(); });
    commands.on(Command::Quit, [] { QApplication::closeAllWindows(); });
    commands.on(Command::SelectAll,
                [this] { tree().hasFocus() ? tree().selectAll() : attributes().view().selectAll(); });
    const std::pair<Command, QWidget*> panes[] = {{Command::ShowPatients, &tree()},
                                                  {Command::ShowDetails, &m_centre->details()}};
    for (const auto& [command, pane] : panes) {
        commands[command]->setCheckable(true);
        commands[command]->setChecked(true);
        connect(commands[command], &QAction::toggled, pane, &QWidget::setVisible);
    }
    commands.on(Command::TagOrder,
                [this] { attributes().view().sortByColumn(AttributeModel::TagColumn, Qt::AscendingOrder); });
    commands.on(Command::ExpandSequences, [this] { attributes().expandAll(); });
    commands.on(Command::CollapseSequences, [this] { attributes().view().collapseAll(); });
    commands.on(Command::ExpandTree, [this] { tree().expandToDepth(1); });
    commands.on(Command::CollapseTree, [this] { tree().collapseAll(); });
    commands.on(Command::UserGuide, [this] { (new GuideWindow(this))->show(); });
    commands.on(Command::About, [this] { m_questions.ask(this, aboutProgram()); });
}

void MainWindow::updateCommands()
{
    m_commands->offer(needsMet(m_session, attributes(), !selectedInstances().isEmpty())
                      | needsMet(m_editing->stack())
                      | (m_recovering->journals().isEmpty() ? Needs() : Need::InterruptedSave));
}

/// Whatever reads, drops or makes edits comes after what is being typed; false when that cannot be set.
bool MainWindow::commitTyped()
{
    m_declined = false;
    m_editing->waitUntilDecided();
    if (attributes().commitEditor())
        return !m_declined;
    m_centre->message().say(
        tr("The value that is being typed cannot be set. Correct it, or press Esc to leave the "
           "attribute as it was."));
    return false;
}

bool MainWindow::readyForCommand()
{
    if (!commitTyped())
        return false;
    m_selection->settle();
    return true;
}

void MainWindow::open(const QStringList& paths)
{
    if (paths.isEmpty())
        return;
    RecentFolders::add(paths);
    m_session.open(paths);
    m_centre->showPanes();
}

MainWindow* MainWindow::openWindow(const QStringList& paths, const edit::Context& context)
{
    auto* window = new MainWindow(m_questions, context); // deletes itself when it is closed
    window->show();
    window->open(paths);
    return window;
}

AttributePane& MainWindow::attributes()
{
    return m_centre->attributes();
}

QTreeView& MainWindow::tree()
{
    return m_centre->tree();
}

const MessageBar& MainWindow::message() const
{
    return std::as_const(*m_centre).message();
}

const edit::InstanceIds& MainWindow::selectedInstances() const
{
    return m_selection->instances();
}

void MainWindow::selectInstances(const edit::InstanceIds& ids)
{
    m_selection->select(ids);
}

void MainWindow::selectFilesWith(const dicom::AttributePath& path, const edit::DistinctValue& value)
{
    m_session.run(m_finding, this,
                  [this, path, value, request = attributes().model().request()](
                      const edit::Session::Work& work) -> edit::Session::Answer {
                      const auto ids = edit::instancesWith(request, work.evaluator, path, value);
                      return [this, ids] { selectInstances(ids); };
                  });
}

void MainWindow::closeSelected()
{
    const edit::InstanceIds ids = selectedInstances();
    if (!m_fileCommands->mayCloseFiles(ids))
        return;
    // The view would look for a new current row after each of the removed ones.
    tree().selectionModel()->clear();
    m_session.close(ids);
}

// --- following the session

void MainWindow::follow(const SessionEvent& event)
{
    m_selection->follow(event);
    switch (event.kind) {
    case SessionEvent::Kind::Edited:
    case SessionEvent::Kind::Reloaded:
        attributes().model().refresh();
        break;
    case SessionEvent::Kind::Issues:
        m_issues->model().setIssues(m_session.issues());
        m_status->setIssues(static_cast<int>(m_session.issues().size()));
        break;
    case SessionEvent::Kind::Closed:
    case SessionEvent::Kind::Progress:
        showProgress();
        break;
    case SessionEvent::Kind::ScanFinished:
        showProgress();
        m_notices->offerAll();
        break;
    default:
        break;
    }
    updateTitle();
    showCounts();
    updateCommands();
}

void MainWindow::showProgress()
{
    const edit::ScanProgress& progress = m_session.progress();
    m_status->setProgress(progress);
    if (m_session.catalog().size() == 0 && !progress.running)
        m_centre->showBeginning(progress.seen);
    else
        m_centre->showPanes();
}

void MainWindow::updateTitle()
{
    setWindowTitle(ui::windowTitle(m_session));
    setWindowModified(!m_session.isSaved() && !m_session.edits().isEmpty());
}

void MainWindow::showCounts()
{
    m_status->setSelection(static_cast<int>(selectedInstances().size()),
                           attributes().model().attributeCount(), attributes().model().isReading());
    m_editCount->setText(editCount(m_session));
}

void MainWindow::changeEvent(QEvent* event)
{
    QMainWindow::changeEvent(event);
    if (event->type() == QEvent::PaletteChange) // the change itself must come to its end first
        QMetaObject::invokeMethod(this, &keepQuietTextReadable, Qt::QueuedConnection);
}

void MainWindow::closeEvent(QCloseEvent* event)
{
    if (!commitTyped() || !m_fileCommands->mayCloseWindow() || !m_editCommands->closeScriptEditor()) {
        event->ignore();
        return;
    }
    saveLayout();
    m_session.cancelScan();
    event->accept();
}

void MainWindow::dragEnterEvent(QDragEnterEvent* event)
{
    if (!localPaths(event->mimeData()).isEmpty())
        event->acceptProposedAction();
}

void MainWindow::dropEvent(QDropEvent* event)
{
    event->acceptProposedAction();
    open(localPaths(event->mimeData()));
}

void MainWindow::restoreLayout()
{
    const QSettings settings;
    if (!restoreGeometry(settings.value(QStringLiteral("window/geometry")).toByteArray()))
        resizeWithinScreen(this, {1240, 780});
    restoreState(settings.value(QStringLiteral("window/state")).toByteArray());
    m_centre->restoreLayout(settings);
    m_issues->hide();
}

void MainWindow::saveLayout() const
{
    QSettings settings;
    settings.setValue(QStringLiteral("window/geometry"), saveGeometry());
    settings.setValue(QStringLiteral("window/state"), saveState());
    m_centre->saveLayout(settings);
}

} // namespace ui
