// Which rows of the tree instances are.

#include "ui/catalog/catalog_model.h"

#include <algorithm>

namespace ui {

using catalog::Node;

namespace {

/// Instances below the node that are wanted; adds the children that are wanted as a whole to `rows` where the
/// node itself is not.
int select(const CatalogModel& model, const Node& node, const edit::InstanceIds& ids, QItemSelection& rows)
{
    if (node.instance)
        return std::binary_search(ids.begin(), ids.end(), node.instance->id) ? 1 : 0;
    QItemSelection below;
    int count = 0;
    const Node* first = nullptr;
    const Node* last = nullptr;
    const auto close = [&] {
        if (first)
            below.append(QItemSelectionRange(model.indexOf(first), model.indexOf(last)));
        first = nullptr;
    };
    for (const auto& child : node.children) {
        const int found = select(model, *child, ids, below);
        count += found;
        if (found == child->instanceCount) {
            first = first ? first : child.get();
            last = child.get();
        } else {
            close();
        }
    }
    close();
    if (count < node.instanceCount || node.level == Node::Level::Root)
        rows.append(below);
    return count;
}

} // namespace

QItemSelection CatalogModel::selectionOf(const edit::InstanceIds& ids) const
{
    QItemSelection rows;
    if (!ids.isEmpty())
        select(*this, m_session.catalog().root(), ids, rows);
    return rows;
}

} // namespace ui
