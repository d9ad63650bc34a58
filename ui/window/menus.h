#pragma once

class QAction;
class QDockWidget;
class QHeaderView;
class QLabel;
class QMainWindow;
class QTreeView;

namespace ui {

class AttributePane;
class Commands;
class RecentMenu;

/// What the menus are about; all are the window's.
struct MenuParts {
    QMainWindow& window;
    Commands& commands;
    RecentMenu& recent;
    QTreeView& tree;
    AttributePane& attributes;
    QDockWidget& issues;
};

/// Fills the window's menu bar, and the context menus of tree and table.
void buildMenus(const MenuParts& parts);

/// Adds the tool bar; gives the label at its end.
QLabel* buildToolBar(const MenuParts& parts);

} // namespace ui
