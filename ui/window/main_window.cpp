#include "ui/window/main_window.h"
#include "ui/widgets/screen_fit.h"

#include "ui/attributes/attribute_pane.h"
#include "ui/attributes/details_pane.h"
#include "ui/catalog/catalog_model.h"
#include "ui/catalog/issues_dock.h"
#include "ui/catalog/tree_state.h"
#include "ui/saving/recovery.h"
#include "ui/scripts/script_editor.h"
#include "ui/widgets/empty_page.h"
#include "ui/widgets/icons.h"
#include "ui/widgets/message_bar.h"
#include "ui/widgets/parts.h"
#include "ui/widgets/quiet_text.h"
#include "ui/widgets/recent_folders.h"
#include "ui/window/status_bar.h"

#include <QCloseEvent>
#include <QDragEnterEvent>
#include <QHeaderView>
#include <QLabel>
#include <QLocale>
#include <QMimeData>
#include <QSettings>
#include <QSplitter>
#include <QStackedWidget>
#include <QToolBar>
#include <QTreeView>
#include <QVBoxLayout>

namespace ui {

using catalog::Node;
using edit::SessionEvent;

namespace {

constexpr int firstInterval =
    150; ///< ms before the table is read that nobody asked for; often all is open then
constexpr int growingInterval = 800; ///< ms between readings of the table while files are still being added

QString number(qsizetype value)
{
    return QLocale().toString(value);
}

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
    m_editing = new Editing(m_session, m_questions, this);
    m_recovering = new Recovering(m_session, m_questions, this);
    connect(m_recovering, &Recovering::goOnWanted, this, [this](const writer::RecoveryReport& report) {
        openWindow(report.pathsOf(writer::RecoveredFile::State::Old), {report.done.job.seed})->m_originals =
            report.done.originals;
    });
    connect(m_recovering, &Recovering::done, this, [this](const QString& words) {
        m_message->say(words);
        updateActions();
    });
    m_catalog = new CatalogModel(m_session, this);
    m_selectionTimer.setSingleShot(true);
    buildPanes();
    buildActions();
    connectPanes();
    restoreLayout();
    updateTitle();
    updateActions();
    showCounts();
}

MainWindow::~MainWindow()
{
    delete m_scriptEditor;
    // The models look at the session, which is destroyed before the children of the window.
    disconnect(&m_session, nullptr, this, nullptr);
    disconnect(&m_editing->stack(), nullptr, this, nullptr); // it says once more that it changed when it goes
    delete m_tree->selectionModel();
    delete m_attributes;
    delete m_catalog;
    delete m_editing;
}

void MainWindow::buildPanes()
{
    m_tree = new QTreeView(this);
    m_tree->setModel(m_catalog);
    m_tree->setAccessibleName(tr("Patients"));
    m_tree->setSelectionMode(QAbstractItemView::ExtendedSelection);
    m_tree->setUniformRowHeights(true);
    m_tree->setFrameShape(QFrame::NoFrame);
    m_tree->setContextMenuPolicy(Qt::ActionsContextMenu);
    m_tree->header()->setStretchLastSection(true);
    m_attributes = new AttributePane(m_session, this);
    m_details = new DetailsPane(this);
    m_rows = new QSplitter(Qt::Vertical, this);
    m_rows->addWidget(m_attributes);
    m_rows->addWidget(m_details);
    m_rows->setStretchFactor(0, 1);
    m_rows->setCollapsible(0, false);
    m_rows->setSizes({580, 170});
    m_columns = new QSplitter(Qt::Horizontal, this);
    m_columns->addWidget(m_tree);
    m_columns->addWidget(m_rows);
    m_columns->setStretchFactor(1, 1);
    m_columns->setSizes({370, 870});
    m_empty = new EmptyPage(this);
    m_empty->setRecent(RecentFolders::list());
    m_pages = new QStackedWidget(this);
    m_pages->addWidget(m_empty);
    m_pages->addWidget(m_columns);
    m_message = new MessageBar(this);
    auto* centre = new QWidget(this);
    auto* layout = new QVBoxLayout(centre);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_message);
    layout->addWidget(m_pages, 1);
    setCentralWidget(centre);
    m_issues = new IssuesDock(this);
    addDockWidget(Qt::BottomDockWidgetArea, m_issues);
    m_issues->hide();
    m_status = new StatusBar(this);
    setStatusBar(m_status);
}

void MainWindow::connectPanes()
{
    connect(&m_session, &edit::Session::changed, this, &MainWindow::follow);
    connect(&m_selectionTimer, &QTimer::timeout, this, &MainWindow::followSelection);
    connect(m_tree->selectionModel(), &QItemSelectionModel::selectionChanged, this, [this] {
        m_userSelected = m_userSelected || !m_selecting;
        m_attributes->commitEditor(); // before the table shows something else
        m_selectionTimer.start(m_selecting ? firstInterval : 0);
    });
    connect(&m_attributes->model(), &AttributeModel::valueEntered, this,
            [this](const EditTarget& target, const QString& text) {
                m_declined = !m_editing->assign(target.instances, target.attribute, text);
            });
    connect(m_attributes, &AttributePane::valueRefused, this, &MainWindow::sayRefused);
    connect(m_editing, &Editing::refused, this, [this](const QString& words) { m_message->say(words); });
    connect(m_attributes, &AttributePane::editingWanted, this, &MainWindow::settleSelection);
    const auto showDetails = [this] {
        m_details->setAttribute(m_attributes->currentAttribute());
        updateActions();
    };
    connect(m_attributes, &AttributePane::selectionChanged, this, showDetails);
    connect(m_attributes, &AttributePane::rowsChanged, this, [this, showDetails] {
        showDetails();
        showCounts();
        showFailures();
    });
    connect(&m_attributes->model(), &AttributeModel::readingChanged, this, [this] {
        showCounts();
        updateActions();
    });
    connect(m_attributes, &AttributePane::dialogWanted, this, &MainWindow::editInDialog);
    connect(m_details, &DetailsPane::valueChosen, this, &MainWindow::selectFilesWith);
    connect(m_empty, &EmptyPage::openFolderWanted, this, &MainWindow::openFolder);
    connect(m_empty, &EmptyPage::openFilesWanted, this, &MainWindow::openFiles);
    connect(m_empty, &EmptyPage::recentWanted, this, [this](const QString& folder) { open({folder}); });
    connect(m_status, &StatusBar::cancelWanted, this, [this] { m_session.cancelScan(); });
    connect(m_status, &StatusBar::issuesWanted, this, [this] { m_issues->setVisible(m_issues->isHidden()); });
    connect(m_issues, &IssuesDock::instanceWanted, this, [this](int id) { selectInstances({id}); });
    connect(&m_editing->stack(), &QUndoStack::indexChanged, this, &MainWindow::updateActions);
}

void MainWindow::open(const QStringList& paths)
{
    if (paths.isEmpty())
        return;
    RecentFolders::add(paths);
    m_session.open(paths);
    m_pages->setCurrentWidget(m_columns);
}

// --- following the session

void MainWindow::follow(const SessionEvent& event)
{
    switch (event.kind) {
    case SessionEvent::Kind::Loaded:
        selectSinglePatient();
        if (!m_selectionTimer.isActive())
            m_selectionTimer.start(m_session.progress().running ? growingInterval : 0);
        updateTitle();
        break;
    case SessionEvent::Kind::Closed:
        m_userSelected = m_userSelected && m_session.catalog().size() > 0;
        m_selectionTimer.start(0);
        updateTitle();
        showProgress();
        break;
    case SessionEvent::Kind::Edited:
        m_attributes->model().refresh();
        updateTitle();
        break;
    case SessionEvent::Kind::Labels:
        showCounts();
        break;
    case SessionEvent::Kind::Reloading:
        beginReload();
        break;
    case SessionEvent::Kind::Reloaded:
        endReload();
        m_attributes->model().refresh();
        updateTitle();
        showCounts();
        break;
    case SessionEvent::Kind::Issues:
        m_issues->model().setIssues(m_session.issues());
        m_status->setIssues(static_cast<int>(m_session.issues().size()));
        break;
    case SessionEvent::Kind::Progress:
        showProgress();
        break;
    case SessionEvent::Kind::ScanFinished:
        selectSinglePatient();
        m_selectionTimer.start(0);
        showProgress();
        offerExtension();
        offerRecovery();
        offerRest();
        break;
    }
    updateActions();
}

void MainWindow::showProgress()
{
    const edit::ScanProgress& progress = m_session.progress();
    m_status->setProgress(progress);
    const bool nothing = m_session.catalog().size() == 0 && !progress.running;
    if (nothing && m_pages->currentWidget() != m_empty)
        m_empty->setRecent(RecentFolders::list());
    m_empty->setOutcome(progress.seen == 0
                            ? QString()
                            : tr("%1 files were looked at; none could be opened as a DICOM image. The "
                                 "Issues list says why.")
                                  .arg(number(progress.seen)));
    m_pages->setCurrentWidget(nothing ? static_cast<QWidget*>(m_empty) : m_columns);
}

void MainWindow::updateTitle()
{
    const catalog::Catalog& catalog = m_session.catalog();
    QString title = QStringLiteral("DicomBrowser");
    if (catalog.size() > 0) {
        const int patients = catalog.count(Node::Level::Patient);
        title += QStringLiteral(" — ")
            + (patients == 1 ? tr("1 patient") : tr("%1 patients").arg(number(patients)))
            + (catalog.size() == 1 ? tr(", 1 image") : tr(", %1 images").arg(number(catalog.size())));
    }
    setWindowTitle(title + QStringLiteral("[*]"));
    setWindowModified(!m_session.isSaved() && !m_session.edits().isEmpty());
}

void MainWindow::showCounts()
{
    m_status->setSelection(static_cast<int>(m_selected.size()), m_attributes->model().attributeCount(),
                           m_attributes->model().isReading());
    const auto edits = m_session.edits().size();
    const int files = m_session.editedCount();
    m_editCount->setText(edits == 0
                             ? tr("No edits")
                             : tr("%1 in %2")
                                   .arg(edits == 1 ? tr("1 edit") : tr("%1 edits").arg(number(edits)),
                                        files == 1 ? tr("1 file") : tr("%1 files").arg(number(files))));
    if (const int failed = m_session.failedCount(); failed > 0)
        m_editCount->setText(
            m_editCount->text()
            + (failed == 1 ? tr(" · fails in 1 file") : tr(" · fail in %1 files").arg(number(failed))));
}

void MainWindow::offerRecovery()
{
    if (!m_recovering->journals().isEmpty())
        m_message->say(
            tr("A save in this folder was interrupted. Some of its files may be new, others as before."),
            tr("Recover…"), [this] { m_recovering->recover(); });
    updateActions();
}

/// What was stopped must not look as if it were all.
void MainWindow::offerRest()
{
    QStringList folders;
    QString reason;
    for (const catalog::Issue& issue : m_session.issues())
        if (issue.kind == catalog::Issue::Kind::Incomplete) {
            folders << issue.path;
            reason = issue.reason;
        }
    const QString button = tr("Read the Rest");
    if (folders.isEmpty())
        m_message->withdraw(button);
    else
        m_message->say(tr("%1 %2. Files that were not read will not be saved or changed.")
                           .arg(folders.size() == 1 ? shownPath(folders.first())
                                                    : tr("%1 folders: each").arg(folders.size()),
                                reason),
                       button, [this, folders] { open(folders); });
}

void MainWindow::offerExtension()
{
    const auto missed = m_session.missedByAllFileEdits().size();
    if (missed == 0)
        return;
    const auto edits = std::count_if(m_session.edits().begin(), m_session.edits().end(),
                                     [](const edit::EditPtr& edit) { return edit->allFiles; });
    const QString what = edits == 1 ? tr("1 edit") : tr("%1 edits").arg(number(edits));
    m_message->say(
        missed == 1 ? tr("1 new image does not have %1, made for all files before it was opened.").arg(what)
                    : tr("%1 new images do not have %2, made for all files before they were opened.")
                          .arg(number(missed), what),
        edits == 1 ? tr("Extend Edit to All Files") : tr("Extend Edits to All Files"),
        [this] { m_session.extendAllFileEdits(); });
}

void MainWindow::showFailures()
{
    const auto& failures = m_attributes->model().failures();
    if (failures.isEmpty() || !m_attributes->model().isCurrent())
        return;
    m_message->say(
        tr("An edit cannot be applied to %1: %2. They are shown as they are in their files.")
            .arg(failures.size() == 1 ? tr("1 image") : tr("%1 images").arg(number(failures.size())),
                 failures.first().reason));
}

// --- selection

void MainWindow::followSelection()
{
    if (m_reloads > 0)
        return; // nodes go and come while files are read again; the selection is the one from before
    m_selected = m_catalog->instancesBelow(m_tree->selectionModel()->selectedRows());
    m_attributes->model().setInstances(m_selected);
    if (m_scriptEditor)
        m_scriptEditor->setInstance(m_selected.value(0, -1));
    showCounts();
    updateActions();
}

/// What is done next is done to what the user sees selected, not to what was selected before.
void MainWindow::settleSelection()
{
    if (!m_selectionTimer.isActive())
        return;
    m_selectionTimer.stop();
    followSelection();
}

/// Whatever reads, drops or makes edits comes after what is being typed; false when that cannot be set or is
/// taken back by the user.
bool MainWindow::commitTyped()
{
    m_declined = false;
    m_editing->waitUntilDecided();
    if (m_attributes->commitEditor())
        return !m_declined;
    m_message->say(tr("The value that is being typed cannot be set. Correct it, or press Esc to leave the "
                      "attribute as it was."));
    return false;
}

void MainWindow::sayRefused(const EditTarget& target, const QString& reason)
{
    m_message->say(tr("%1 was left as it was: %2").arg(target.attribute.name, reason));
}

/// While there is one patient only, it is selected; unless the user chose something.
void MainWindow::selectSinglePatient()
{
    if (m_userSelected)
        return;
    const auto patients = m_session.catalog().root().children.size();
    m_selecting = true;
    if (patients == 1 && !m_tree->selectionModel()->hasSelection()) {
        const QModelIndex patient = m_catalog->index(0, 0);
        m_tree->setCurrentIndex(patient);
        m_tree->expand(patient);
    } else if (patients > 1) {
        m_tree->clearSelection();
    }
    for (int row = 0; patients == 1 && row < m_catalog->rowCount(m_catalog->index(0, 0)); ++row)
        m_tree->expand(m_catalog->index(row, 0, m_catalog->index(0, 0)));
    m_selecting = false;
}

void MainWindow::selectInstances(const edit::InstanceIds& ids)
{
    const QItemSelection rows = m_catalog->selectionOf(ids);
    m_userSelected = true;
    if (!rows.isEmpty()) {
        const QModelIndex first = rows.first().topLeft();
        m_tree->selectionModel()->setCurrentIndex(first, QItemSelectionModel::NoUpdate);
        m_tree->scrollTo(first);
    }
    m_tree->selectionModel()->select(rows, QItemSelectionModel::ClearAndSelect | QItemSelectionModel::Rows);
}

/// Nodes go and come while overwritten files are taken in; the tree is to look as before when that is done.
void MainWindow::beginReload()
{
    if (m_reloads++ > 0)
        return;
    if (m_selectionTimer.isActive()) {
        m_selectionTimer.stop();
        m_selected = m_catalog->instancesBelow(m_tree->selectionModel()->selectedRows());
    }
    m_treeState = std::make_unique<TreeState>(*m_tree, *m_catalog, m_session);
}

void MainWindow::endReload()
{
    if (--m_reloads > 0)
        return;
    selectInstances(m_selected);
    m_treeState->restore(*m_tree, *m_catalog, m_session);
    m_treeState.reset();
    m_selectionTimer.start(0);
}

void MainWindow::selectFilesWith(const dicom::AttributePath& path, const edit::DistinctValue& value)
{
    m_session.run(QStringLiteral("files with value"), this,
                  [this, path, value, request = m_attributes->model().request()](
                      const edit::Session::Work& work) -> edit::Session::Answer {
                      const auto ids = edit::instancesWith(request, work.evaluator, path, value);
                      return [this, ids] { selectInstances(ids); };
                  });
}

void MainWindow::closeSelected()
{
    const bool edited = std::any_of(m_selected.begin(), m_selected.end(),
                                    [this](edit::InstanceId id) { return m_session.isEdited(id); });
    if (edited && !m_session.isSaved()) {
        const QString count = number(m_selected.size());
        const int answer = m_questions.ask(this,
                                           {Questions::Kind::Warning,
                                            tr("Close Selected Files"),
                                            tr("Edits of these files have not been saved."),
                                            tr("Closing drops them. The files on disk stay as they are."),
                                            {tr("Close %1 Files").arg(count), tr("Cancel")},
                                            1});
        if (answer != 0)
            return;
    }
    const edit::InstanceIds ids = m_selected;
    // The view would look for a new current row after each of the removed ones.
    m_tree->selectionModel()->clear();
    m_session.close(ids);
}

// --- the window

bool MainWindow::mayClose()
{
    if (!commitTyped())
        return false;
    const auto edits = m_session.edits().size();
    if (edits == 0 || m_session.isSaved())
        return true;
    const QString count = edits == 1 ? tr("1 Edit") : tr("%1 Edits").arg(number(edits));
    QStringList buttons{tr("Discard %1").arg(count), tr("Cancel")};
    if (action(QStringLiteral("Save")))
        buttons.prepend(tr("Save…"));
    const QString chosen = buttons.value(m_questions.ask(
        this,
        {Questions::Kind::Warning, tr("Unsaved Edits"), tr("%1 not saved yet.").arg(count),
         tr("The files on disk are as they were."), buttons, static_cast<int>(buttons.size()) - 1}));
    if (chosen == tr("Save…"))
        save();
    return m_session.isSaved() || chosen == buttons[buttons.size() - 2];
}

void MainWindow::changeEvent(QEvent* event)
{
    QMainWindow::changeEvent(event);
    if (event->type() == QEvent::PaletteChange) // the change itself must come to its end first
        QMetaObject::invokeMethod(this, &keepQuietTextReadable, Qt::QueuedConnection);
}

void MainWindow::closeEvent(QCloseEvent* event)
{
    if (!mayClose() || (m_scriptEditor && !m_scriptEditor->close())) {
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
    m_columns->restoreState(settings.value(QStringLiteral("window/columns")).toByteArray());
    m_rows->restoreState(settings.value(QStringLiteral("window/rows")).toByteArray());
    m_attributes->view().header()->restoreState(
        settings.value(QStringLiteral("window/attributes")).toByteArray());
    m_issues->hide();
}

void MainWindow::saveLayout() const
{
    QSettings settings;
    settings.setValue(QStringLiteral("window/geometry"), saveGeometry());
    settings.setValue(QStringLiteral("window/state"), saveState());
    settings.setValue(QStringLiteral("window/columns"), m_columns->saveState());
    settings.setValue(QStringLiteral("window/rows"), m_rows->saveState());
    settings.setValue(QStringLiteral("window/attributes"), m_attributes->view().header()->saveState());
}

} // namespace ui
