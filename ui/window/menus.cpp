#include "ui/window/menus.h"

#include "ui/attributes/attribute_pane.h"
#include "ui/widgets/icons.h"
#include "ui/window/commands.h"
#include "ui/window/recent_menu.h"

#include <QCoreApplication>
#include <QDockWidget>
#include <QHeaderView>
#include <QLabel>
#include <QMainWindow>
#include <QMenuBar>
#include <QStyle>
#include <QToolBar>
#include <QToolButton>
#include <optional>

namespace ui {

namespace {

QString translated(const char* text)
{
    return QCoreApplication::translate("ui::Menus", text);
}

/// A command, or a line between commands.
using Entry = std::optional<Command>;
constexpr Entry line = std::nullopt;

constexpr Entry fileMenu[] = {Command::OpenFolder,
                              Command::OpenFiles,
                              Command::OpenInNewWindow,
                              line,
                              Command::CloseSelected,
                              line,
                              Command::Save,
                              Command::ExportEdits,
                              line,
                              Command::RestoreOriginals,
                              Command::Recover,
                              line,
                              Command::CloseWindow,
                              Command::Quit};

constexpr Entry editMenu[] = {Command::Undo,
                              Command::Redo,
                              line,
                              Command::Keep,
                              Command::Clear,
                              Command::Delete,
                              Command::EditInDialog,
                              Command::AddAttribute,
                              line,
                              Command::SelectPrivate,
                              Command::DeleteAllPrivate,
                              Command::RevertAll,
                              line,
                              Command::ApplyScript,
                              Command::ScriptEditor,
                              line,
                              Command::CopyValue,
                              Command::CopyRows,
                              Command::CopyTable,
                              line,
                              Command::Find,
                              Command::SelectAll};

constexpr Entry viewMenu[] = {Command::ShowPatients,    Command::ShowDetails,       line,
                              Command::ExpandSequences, Command::CollapseSequences, Command::ExpandTree,
                              Command::CollapseTree};

constexpr Entry helpMenu[] = {Command::UserGuide, Command::About};

constexpr Entry treeMenu[] = {Command::CloseSelected, Command::ApplyScript, Command::Save,
                              Command::ExpandTree, Command::CollapseTree};

constexpr Entry tableMenu[] = {Command::Undo,         Command::Redo,          Command::Keep,
                               Command::Clear,        Command::Delete,        Command::EditInDialog,
                               Command::AddAttribute, Command::SelectPrivate, Command::CopyValue,
                               Command::CopyRows,     Command::CopyTable};

template <size_t Count>
void fill(QMenu& menu, const Entry (&entries)[Count], const Commands& commands)
{
    for (const Entry& entry : entries)
        if (entry)
            menu.addAction(commands[*entry]);
        else
            menu.addSeparator();
}

template <size_t Count>
void fill(QWidget& widget, const Entry (&entries)[Count], const Commands& commands)
{
    for (const Entry& entry : entries)
        widget.addAction(commands[*entry]);
}

void addColumns(QMenu& menu, const MenuParts& parts)
{
    QHeaderView* header = parts.attributes.view().header();
    for (int column = AttributeModel::NameColumn; column < AttributeModel::ColumnCount; ++column) {
        QAction* shown =
            menu.addAction(parts.attributes.model().headerData(column, Qt::Horizontal).toString());
        shown->setStatusTip(translated("Shows or hides the column"));
        shown->setCheckable(true);
        QObject::connect(shown, &QAction::toggled, header,
                         [header, column](bool on) { header->setSectionHidden(column, !on); });
        QObject::connect(&menu, &QMenu::aboutToShow, shown,
                         [shown, header, column] { shown->setChecked(!header->isSectionHidden(column)); });
    }
    menu.addAction(parts.commands[Command::TagOrder]);
}

void addOpener(QToolBar& tools, const MenuParts& parts)
{
    auto* opener = new QToolButton(&tools);
    opener->setText(translated("Open"));
    opener->setIcon(icon(QStringLiteral("folder-open")));
    opener->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    opener->setPopupMode(QToolButton::MenuButtonPopup);
    opener->setMenu(&parts.recent);
    opener->setToolTip(translated("Open a folder (Ctrl+O); the arrow shows those opened before"));
    opener->setAccessibleName(translated("Open"));
    QObject::connect(opener, &QToolButton::clicked, parts.commands[Command::OpenFolder], &QAction::trigger);
    tools.addWidget(opener);
}

/// The button keeps its short word; the tool tip says what would be undone.
void addUndoButton(QToolBar& tools, QAction* action, const QString& word)
{
    auto* button = new QToolButton(&tools);
    button->setDefaultAction(action);
    button->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    const auto shorten = [button, word] {
        button->setText(word);
        button->setAccessibleName(word);
    };
    QObject::connect(action, &QAction::changed, button, shorten);
    shorten();
    tools.addWidget(button);
}

} // namespace

void buildMenus(const MenuParts& parts)
{
    const Commands& commands = parts.commands;
    QMenuBar& bar = *parts.window.menuBar();
    QMenu& file = *bar.addMenu(translated("&File"));
    fill(file, fileMenu, commands);
    file.insertMenu(commands[Command::OpenInNewWindow], &parts.recent);
    fill(*bar.addMenu(translated("&Edit")), editMenu, commands);
    QMenu& view = *bar.addMenu(translated("&View"));
    fill(view, viewMenu, commands);
    QAction* issues = parts.issues.toggleViewAction();
    issues->setText(translated("&Issues"));
    issues->setStatusTip(translated("Shows or hides the files that were not loaded or should be looked at"));
    QAction* behind = view.actions().at(view.actions().indexOf(commands[Command::ShowDetails]) + 1);
    view.insertAction(behind, issues);
    auto* columns = new QMenu(translated("Colu&mns"), &view);
    addColumns(*columns, parts);
    view.insertMenu(behind, columns);
    fill(*bar.addMenu(translated("&Help")), helpMenu, commands);
    fill(static_cast<QWidget&>(parts.tree), treeMenu, commands);
    fill(static_cast<QWidget&>(parts.attributes.view()), tableMenu, commands);
}

QLabel* buildToolBar(const MenuParts& parts)
{
    const Commands& commands = parts.commands;
    QToolBar& tools = *parts.window.addToolBar(translated("Tool Bar"));
    tools.setObjectName(QStringLiteral("tools"));
    tools.setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    tools.setMovable(false);
    const int size = parts.window.style()->pixelMetric(QStyle::PM_SmallIconSize) * 5 / 4;
    tools.setIconSize({size, size});
    tools.setContextMenuPolicy(Qt::PreventContextMenu);
    addOpener(tools, parts);
    tools.addAction(commands[Command::ApplyScript]);
    tools.addSeparator();
    addUndoButton(tools, commands[Command::Undo], translated("Undo"));
    addUndoButton(tools, commands[Command::Redo], translated("Redo"));
    tools.addSeparator();
    tools.addAction(commands[Command::Save]);
    auto* space = new QWidget(&tools);
    space->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Preferred);
    tools.addWidget(space);
    auto* label = new QLabel(&tools);
    label->setContentsMargins(8, 0, 8, 0);
    tools.addWidget(label);
    return label;
}

} // namespace ui
