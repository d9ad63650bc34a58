#include "ui/catalog/issues_dock.h"

#include <QAction>
#include <QApplication>
#include <QClipboard>
#include <QTreeView>

namespace ui {

IssuesDock::IssuesDock(QWidget* parent)
    : QDockWidget(tr("Issues"), parent)
    , m_view(new QTreeView(this))
{
    setObjectName(QStringLiteral("issues"));
    m_sorted.setSourceModel(&m_model);
    m_view->setModel(&m_sorted);
    m_view->setAccessibleName(tr("Issues"));
    m_view->setRootIsDecorated(false);
    m_view->setUniformRowHeights(true);
    m_view->setAlternatingRowColors(true);
    m_view->setAllColumnsShowFocus(true);
    m_view->setSortingEnabled(true);
    m_view->sortByColumn(-1, Qt::AscendingOrder);
    m_view->setSelectionMode(QAbstractItemView::ExtendedSelection);
    m_view->setTextElideMode(Qt::ElideMiddle);
    const int em = fontMetrics().averageCharWidth();
    const int widths[] = {16 * em, 26 * em, 70 * em, 40 * em};
    for (int column = 0; column < IssueModel::ColumnCount; ++column)
        m_view->setColumnWidth(column, widths[column]);
    setWidget(m_view);
    auto* copy = new QAction(tr("Copy Path"), this);
    copy->setStatusTip(tr("Copies where the file is"));
    auto* show = new QAction(tr("Show Image"), this);
    show->setStatusTip(tr("Selects the image in the tree, where it is open"));
    m_view->addActions({show, copy});
    m_view->setContextMenuPolicy(Qt::ActionsContextMenu);
    connect(copy, &QAction::triggered, this, &IssuesDock::copyPaths);
    connect(show, &QAction::triggered, this, [this] { jump(m_view->currentIndex()); });
    connect(m_view, &QTreeView::activated, this, &IssuesDock::jump);
}

void IssuesDock::jump(const QModelIndex& index)
{
    const QModelIndex source = m_sorted.mapToSource(index);
    if (!source.isValid())
        return;
    const int id = m_model.issues()[source.row()].instance;
    if (id >= 0)
        Q_EMIT instanceWanted(id);
}

void IssuesDock::copyPaths() const
{
    QStringList paths;
    const QModelIndexList rows = m_view->selectionModel()->selectedRows();
    for (const QModelIndex& index : rows)
        paths << m_model.issues()[m_sorted.mapToSource(index).row()].path;
    QApplication::clipboard()->setText(paths.join(u'\n'));
}

} // namespace ui
