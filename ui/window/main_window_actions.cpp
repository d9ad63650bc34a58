// The menus and the tool bar of the main window.

#include "ui/window/main_window.h"

#include "ui/attributes/attribute_pane.h"
#include "ui/attributes/details_pane.h"
#include "ui/catalog/issues_dock.h"
#include "ui/saving/recovery.h"
#include "ui/widgets/icons.h"
#include "ui/widgets/recent_folders.h"

#include <QAction>
#include <QApplication>
#include <QClipboard>
#include <QDir>
#include <QHeaderView>
#include <QLabel>
#include <QMenu>
#include <QMenuBar>
#include <QStyle>
#include <QToolBar>
#include <QToolButton>
#include <QTreeView>

namespace ui {

struct MainWindow::ActionSpec {
    QString text, tip;
    QKeySequence shortcut = {};
    QString icon = {};
};

namespace {

QString plain(QString text)
{
    return text.remove(u'&').remove(u'…');
}

} // namespace

QAction* MainWindow::action(const QString& text) const
{
    return m_actions.value(text);
}

QAction* MainWindow::add(QMenu* menu, const ActionSpec& spec, std::function<void()> act)
{
    auto* made = new QAction(spec.text, this);
    made->setStatusTip(spec.tip);
    made->setShortcut(spec.shortcut);
    if (!spec.icon.isEmpty())
        made->setIcon(icon(spec.icon));
    connect(made, &QAction::triggered, this, [this, made, act = std::move(act)] {
        if (!commitTyped())
            return;
        settleSelection();
        if (made->isEnabled()) // for what is selected now
            act();
    });
    menu->addAction(made);
    m_actions.insert(plain(spec.text), made);
    return made;
}

void MainWindow::buildActions()
{
    buildFileMenu();
    buildEditMenu();
    buildViewMenu();
    buildHelpMenu();
    buildToolBar();
}

void MainWindow::buildFileMenu()
{
    QMenu* menu = menuBar()->addMenu(tr("&File"));
    add(menu,
        {tr("&Open Folder…"), tr("Opens all images in a folder and the folders in it"), QKeySequence::Open,
         QStringLiteral("folder-open")},
        [this] { openFolder(); });
    add(menu,
        {tr("Open &Files…"), tr("Opens single files"), QKeySequence(tr("Ctrl+Shift+O")),
         QStringLiteral("document-open")},
        [this] { openFiles(); });
    m_recent = menu->addMenu(tr("Open &Recent"));
    connect(m_recent, &QMenu::aboutToShow, this, &MainWindow::fillRecentMenu);
    fillRecentMenu();
    add(menu,
        {tr("Open in &New Window…"), tr("Opens a folder in a window of its own"), QKeySequence(tr("Ctrl+N")),
         QStringLiteral("window-new")},
        [this] { openInNewWindow(); });
    menu->addSeparator();
    add(menu,
        {tr("&Close Selected Files"), tr("Takes the selected images out of the window, not off the disk")},
        [this] { closeSelected(); });
    menu->addSeparator();
    add(menu,
        {tr("&Save…"), tr("Reviews the edits and writes the files"), QKeySequence::Save,
         QStringLiteral("document-save")},
        [this] { save(); });
    add(menu,
        {tr("&Export Edits as Script…"),
         tr("Writes a script that does to the original files what your edits do")},
        [this] { exportEdits(); });
    menu->addSeparator();
    add(menu, {tr("Restore Ori&ginals…"), tr("Puts the originals back that the last save kept")},
        [this] { m_recovering->restore(); });
    add(menu, {tr("Reco&ver…"), tr("Brings a save to an end that was interrupted in an opened folder")},
        [this] { m_recovering->recover(); });
    menu->addSeparator();
    add(menu,
        {tr("Close &Window"), tr("Closes this window"), QKeySequence(tr("Ctrl+W")),
         QStringLiteral("window-close")},
        [this] { close(); });
    add(menu,
        {tr("&Quit"), tr("Closes all windows"), QKeySequence(tr("Ctrl+Q")),
         QStringLiteral("application-exit")},
        [] { QApplication::closeAllWindows(); });
    m_tree->addActions({action(QStringLiteral("Close Selected Files")), action(QStringLiteral("Save"))});
}

void MainWindow::fillRecentMenu()
{
    m_recent->clear();
    const QStringList folders = RecentFolders::list();
    for (const QString& folder : folders) {
        QAction* entry =
            m_recent->addAction(QDir::toNativeSeparators(folder).replace(u'&', QStringLiteral("&&")));
        entry->setStatusTip(tr("Opens this folder again"));
        connect(entry, &QAction::triggered, this, [this, folder] { open({folder}); });
    }
    if (folders.isEmpty())
        m_recent
            ->addAction(RecentFolders::isRemembering() ? tr("No folders yet")
                                                       : tr("No folders are remembered"))
            ->setEnabled(false);
    m_recent->addSeparator();
    QAction* clear = m_recent->addAction(tr("&Clear List"));
    clear->setStatusTip(tr("Forgets the folders that were opened"));
    clear->setEnabled(!folders.isEmpty());
    connect(clear, &QAction::triggered, this, &RecentFolders::clear);
    QAction* remember = m_recent->addAction(tr("&Remember Folders"));
    remember->setStatusTip(tr("Keeps the names of opened folders; switching it off forgets them"));
    remember->setCheckable(true);
    remember->setChecked(RecentFolders::isRemembering());
    connect(remember, &QAction::toggled, this, &RecentFolders::setRemembering);
}

void MainWindow::buildEditMenu()
{
    QMenu* menu = menuBar()->addMenu(tr("&Edit"));
    buildUndoActions(menu);
    menu->addSeparator();
    add(menu, {tr("&Keep"), tr("Gives the selected attributes their original values again")},
        [this] { act(edit::Action::Keep); });
    add(menu, {tr("&Clear"), tr("Empties the selected attributes"), {}, QStringLiteral("edit-clear")},
        [this] { act(edit::Action::Clear); });
    QAction* remove = add(menu,
                          {tr("&Delete"), tr("Deletes the selected attributes"), QKeySequence::Delete,
                           QStringLiteral("edit-delete")},
                          [this] { act(edit::Action::Delete); });
    remove->setShortcutContext(Qt::WidgetWithChildrenShortcut);
    add(menu, {tr("&Edit Value in Dialog…"), tr("Edits long values, and values where the files differ")},
        [this] { editInDialog(); });
    add(menu,
        {tr("Add New &Attribute…"), tr("Adds an attribute to the selected images"),
         QKeySequence(tr("Ctrl+I")), QStringLiteral("list-add")},
        [this] { addAttribute(); });
    menu->addSeparator();
    add(menu, {tr("Select &Private"), tr("Selects all private rows of the table")},
        [this] { m_attributes->selectPrivate(); });
    add(menu,
        {tr("Delete All Pr&ivate"),
         tr("Deletes every private attribute of all or the selected images, in sequences too")},
        [this] { m_editing->deleteAllPrivate(m_selected); });
    add(menu, {tr("Re&vert All"), tr("Gives all or the selected images their original values again")},
        [this] { m_editing->revertAll(m_selected); });
    menu->addSeparator();
    add(menu,
        {tr("Apply &Script…"), tr("Applies a de-identification script to the images"),
         QKeySequence(tr("Ctrl+D")), QStringLiteral("text-x-script")},
        [this] { applyScript(); });
    add(menu, {tr("Script Edi&tor…"), tr("Writes scripts and tries them"), QKeySequence(tr("Ctrl+E"))},
        [this] { showScriptEditor(); });
    menu->addSeparator();
    QAction* copyValue = add(menu,
                             {tr("C&opy Value"), tr("Copies the whole value of the current row"),
                              QKeySequence::Copy, QStringLiteral("edit-copy")},
                             [this] { copy(m_attributes->currentValueAsText()); });
    QAction* copyRows =
        add(menu, {tr("Copy Ro&ws"), tr("Copies the selected rows"), QKeySequence(tr("Ctrl+Shift+C"))},
            [this] { copy(m_attributes->rowsAsText(true)); });
    copyValue->setShortcutContext(Qt::WidgetWithChildrenShortcut);
    copyRows->setShortcutContext(Qt::WidgetWithChildrenShortcut);
    add(menu, {tr("Copy Ta&ble"), tr("Copies all rows that are shown")},
        [this] { copy(m_attributes->rowsAsText(false)); });
    menu->addSeparator();
    add(menu, {tr("&Find…"), tr("Goes to the filter box"), QKeySequence::Find, QStringLiteral("edit-find")},
        [this] { m_attributes->focusFilter(); });
    add(menu,
        {tr("Select A&ll"), tr("Selects all rows of the table, or all patients"), QKeySequence::SelectAll},
        [this] { m_tree->hasFocus() ? m_tree->selectAll() : m_attributes->view().selectAll(); });
    for (const char* name : {"Undo", "Redo", "Keep", "Clear", "Delete", "Edit Value in Dialog",
                             "Add New Attribute", "Select Private", "Copy Value", "Copy Rows", "Copy Table"})
        m_attributes->view().addAction(action(QString::fromLatin1(name)));
    m_tree->insertActions(action(QStringLiteral("Save")), {action(QStringLiteral("Apply Script"))});
}

/// Not those that the stack makes itself: what is being typed comes first.
void MainWindow::buildUndoActions(QMenu* menu)
{
    QUndoStack& stack = m_editing->stack();
    QAction* undo =
        add(menu,
            {tr("&Undo"), tr("Takes the latest edit back"), QKeySequence::Undo, QStringLiteral("edit-undo")},
            [&stack] { stack.undo(); });
    QAction* redo = add(
        menu, {tr("&Redo"), tr("Makes the edit again that was taken back"), {}, QStringLiteral("edit-redo")},
        [&stack] { stack.redo(); });
    redo->setShortcuts({QKeySequence(tr("Ctrl+Y")), QKeySequence(tr("Ctrl+Shift+Z"))});
    const auto follow = [](QAction* action, const QString& word) {
        return [action, word](const QString& what) {
            action->setText(what.isEmpty() ? word : tr("%1 %2").arg(word, what));
        };
    };
    connect(&stack, &QUndoStack::undoTextChanged, undo, follow(undo, tr("&Undo")));
    connect(&stack, &QUndoStack::redoTextChanged, redo, follow(redo, tr("&Redo")));
    connect(&stack, &QUndoStack::canUndoChanged, undo, &QAction::setEnabled);
    connect(&stack, &QUndoStack::canRedoChanged, redo, &QAction::setEnabled);
    undo->setEnabled(stack.canUndo());
    redo->setEnabled(stack.canRedo());
}

void MainWindow::buildViewMenu()
{
    QMenu* menu = menuBar()->addMenu(tr("&View"));
    const auto toggle = [this, menu](const QString& text, const QString& tip, QWidget* pane) {
        QAction* shown = add(menu, {text, tip}, [] {});
        shown->setCheckable(true);
        shown->setChecked(true);
        connect(shown, &QAction::toggled, pane, &QWidget::setVisible);
    };
    toggle(tr("&Patients"), tr("Shows or hides the tree"), m_tree);
    toggle(tr("&Details"), tr("Shows or hides the whole value below the table"), m_details);
    QAction* issues = m_issues->toggleViewAction();
    issues->setText(tr("&Issues"));
    issues->setStatusTip(tr("Shows or hides the files that were not loaded or should be looked at"));
    menu->addAction(issues);
    QMenu* columns = menu->addMenu(tr("Colu&mns"));
    QHeaderView* header = m_attributes->view().header();
    for (int column = AttributeModel::NameColumn; column < AttributeModel::ColumnCount; ++column) {
        const QString title = m_attributes->model().headerData(column, Qt::Horizontal).toString();
        QAction* shown = add(columns, {title, tr("Shows or hides the column")}, [] {});
        shown->setCheckable(true);
        connect(shown, &QAction::toggled, header,
                [header, column](bool on) { header->setSectionHidden(column, !on); });
        connect(columns, &QMenu::aboutToShow, shown,
                [shown, header, column] { shown->setChecked(!header->isSectionHidden(column)); });
    }
    add(columns, {tr("Tag &Order"), tr("Sorts the table by tag again")},
        [this] { m_attributes->view().sortByColumn(AttributeModel::TagColumn, Qt::AscendingOrder); });
    menu->addSeparator();
    add(menu, {tr("&Expand All Sequences"), tr("Opens all sequences of the table")},
        [this] { m_attributes->expandAll(); });
    add(menu, {tr("&Collapse All Sequences"), tr("Closes all sequences of the table")},
        [this] { m_attributes->view().collapseAll(); });
    add(menu, {tr("E&xpand Tree"), tr("Opens patients and studies in the tree")},
        [this] { m_tree->expandToDepth(1); });
    add(menu, {tr("C&ollapse Tree"), tr("Closes everything in the tree")}, [this] { m_tree->collapseAll(); });
    m_tree->addActions({action(QStringLiteral("Expand Tree")), action(QStringLiteral("Collapse Tree"))});
}

void MainWindow::buildHelpMenu()
{
    QMenu* menu = menuBar()->addMenu(tr("&Help"));
    add(menu,
        {tr("&User Guide"), tr("Opens the user guide"), QKeySequence::HelpContents,
         QStringLiteral("help-contents")},
        [this] { showGuide(); });
    add(menu, {tr("&About DicomBrowser"), tr("Version and licence")}, [this] { showAbout(); });
}

void MainWindow::buildToolBar()
{
    m_tools = addToolBar(tr("Tool Bar"));
    m_tools->setObjectName(QStringLiteral("tools"));
    m_tools->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    m_tools->setMovable(false);
    const int size = style()->pixelMetric(QStyle::PM_SmallIconSize) * 5 / 4;
    m_tools->setIconSize({size, size});
    m_tools->setContextMenuPolicy(Qt::PreventContextMenu);
    auto* opener = new QToolButton(m_tools);
    opener->setText(tr("Open"));
    opener->setIcon(icon(QStringLiteral("folder-open")));
    opener->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    opener->setPopupMode(QToolButton::MenuButtonPopup);
    opener->setMenu(m_recent);
    opener->setToolTip(tr("Open a folder (Ctrl+O); the arrow shows those opened before"));
    opener->setAccessibleName(tr("Open"));
    connect(opener, &QToolButton::clicked, this, &MainWindow::openFolder);
    m_tools->addWidget(opener);
    m_tools->addAction(action(QStringLiteral("Apply Script")));
    m_tools->addSeparator();
    for (const char* name : {"Undo", "Redo"}) {
        auto* button = new QToolButton(m_tools);
        QAction* which = action(QString::fromLatin1(name));
        button->setDefaultAction(which);
        button->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
        // The button keeps its short word; the tool tip says what would be undone.
        const auto shorten = [button, word = tr(name)] {
            button->setText(word);
            button->setAccessibleName(word);
        };
        connect(which, &QAction::changed, button, shorten);
        shorten();
        m_tools->addWidget(button);
    }
    m_tools->addSeparator();
    m_tools->addAction(action(QStringLiteral("Save")));
    auto* space = new QWidget(m_tools);
    space->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Preferred);
    m_tools->addWidget(space);
    m_editCount = new QLabel(m_tools);
    m_editCount->setContentsMargins(8, 0, 8, 0);
    m_tools->addWidget(m_editCount);
}

void MainWindow::act(edit::Action action)
{
    m_editing->act(m_attributes->model().instances(), m_attributes->selectedAttributes(), action);
}

void MainWindow::copy(const QString& text)
{
    if (!text.isEmpty())
        QApplication::clipboard()->setText(text);
}

void MainWindow::updateActions()
{
    const bool images = !m_selected.isEmpty();
    const bool current = images && m_attributes->model().isCurrent();
    const bool rows = m_attributes->view().selectionModel()->hasSelection();
    const auto* attribute = m_attributes->currentAttribute();
    const bool editable = attribute && AttributeModel::isEditable(*attribute);
    const std::pair<const char*, bool> states[] = {
        {"Close Selected Files", images},
        {"Save", m_session.catalog().size() > 0},
        {"Export Edits as Script", !m_session.edits().isEmpty()},
        {"Recover", !m_recovering->journals().isEmpty()},
        {"Keep", current && rows},
        {"Clear", current && rows},
        {"Delete", current && rows},
        {"Edit Value in Dialog", current && editable},
        {"Add New Attribute", images},
        {"Select Private", current},
        {"Delete All Private", images},
        {"Revert All", images && m_session.editedCount() > 0},
        {"Apply Script", m_session.catalog().size() > 0},
        {"Copy Value", attribute != nullptr},
        {"Copy Rows", rows},
        {"Copy Table", current},
        {"Expand All Sequences", current},
        {"Collapse All Sequences", current},
    };
    for (const auto& [name, enabled] : states)
        if (QAction* known = action(QString::fromLatin1(name)))
            known->setEnabled(enabled);
}

} // namespace ui
