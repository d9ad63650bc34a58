#include "ui/catalog/tree_state.h"

#include "ui/catalog/catalog_model.h"

#include <QScrollBar>
#include <QTreeView>

namespace ui {

using catalog::Node;

TreeState::TreeState(const QTreeView& tree, const CatalogModel& model, const edit::Session& session)
    : m_scroll(tree.verticalScrollBar()->value())
{
    for (const edit::InstanceId id : session.allIds())
        for (const Node* node = session.catalog().node(id)->parent; node->parent; node = node->parent)
            if (tree.isExpanded(model.indexOf(node)))
                m_open[id] << node->level;
    if (tree.currentIndex().isValid()) {
        const Node* current = model.node(tree.currentIndex());
        m_currentLevel = current->level;
        m_current = catalog::instancesBelow(*current).value(0, -1);
    }
}

void TreeState::restore(QTreeView& tree, const CatalogModel& model, const edit::Session& session) const
{
    QSet<const Node*> open;
    const Node* current = nullptr;
    for (const edit::InstanceId id : session.allIds()) {
        const QList<Level> levels = m_open.value(id);
        for (const Node* node = session.catalog().node(id); node->parent; node = node->parent) {
            if (levels.contains(node->level))
                open.insert(node);
            if (id == m_current && node->level == m_currentLevel)
                current = node;
        }
    }
    for (const Node* node : open)
        tree.expand(model.indexOf(node));
    if (current)
        tree.selectionModel()->setCurrentIndex(model.indexOf(current), QItemSelectionModel::NoUpdate);
    tree.verticalScrollBar()->setValue(m_scroll);
}

} // namespace ui
