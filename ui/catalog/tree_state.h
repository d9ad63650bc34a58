#pragma once

#include "core/edit/session.h"

class QTreeView;

namespace ui {

class CatalogModel;

/// Which nodes of the tree are open, the current one and the scroll position, kept by the instances below
/// them: so it outlives nodes that go and come back, under other names, too.
class TreeState {
public:
    TreeState(const QTreeView& tree, const CatalogModel& model, const edit::Session& session);
    void restore(QTreeView& tree, const CatalogModel& model, const edit::Session& session) const;

private:
    using Level = catalog::Node::Level;
    QHash<edit::InstanceId, QList<Level>> m_open; ///< levels above the instance that are open
    edit::InstanceId m_current = -1; ///< an instance below the current node; -1 for none
    Level m_currentLevel = Level::Root;
    int m_scroll = 0;
};

} // namespace ui
