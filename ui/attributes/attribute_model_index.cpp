// Where rows are: indexes and paths of the attribute model.

#include "ui/attributes/attribute_model.h"

namespace ui {

using Kind = AttributeRow::Kind;
using Fetch = AttributeRow::Fetch;

AttributeRow* AttributeModel::rowOf(const QModelIndex& index) const
{
    return index.isValid() ? static_cast<AttributeRow*>(index.internalPointer()) : &m_root;
}

QModelIndex AttributeModel::indexOf(const AttributeRow& row, int column) const
{
    return row.kind == Kind::Root ? QModelIndex() : createIndex(row.position, column, &row);
}

AttributeRow* AttributeModel::find(const dicom::AttributePath& path) const
{
    AttributeRow* holder = &m_root;
    for (size_t at = 0; at < path.steps().size(); ++at) {
        const auto& step = path.steps()[at];
        const auto attribute =
            std::find_if(holder->children.begin(), holder->children.end(), [&](const auto& child) {
                return child->merged.path.tag() == step.tag && child->merged.path.creator() == step.creator;
            });
        if (attribute == holder->children.end())
            return nullptr;
        if (at + 1 == path.steps().size())
            return attribute->get();
        const auto& items = (*attribute)->children;
        const auto item = std::find_if(items.begin(), items.end(),
                                       [&](const auto& child) { return child->item == step.item; });
        if (item == items.end())
            return nullptr;
        holder = item->get();
    }
    return nullptr;
}

AttributeRow* AttributeModel::findList(const dicom::AttributePath& sequence, int item)
{
    if (sequence.isEmpty())
        return &m_root;
    const AttributeRow* row = find(sequence);
    if (!row)
        return nullptr;
    for (const auto& child : row->children)
        if (child->item == item)
            return child.get();
    return nullptr;
}

const edit::MergedAttribute* AttributeModel::attribute(const QModelIndex& index) const
{
    const AttributeRow* row = rowOf(index);
    return row->kind == Kind::Attribute ? &row->merged : nullptr;
}

QModelIndex AttributeModel::indexOf(const dicom::AttributePath& path, int column) const
{
    const AttributeRow* row = path.isEmpty() ? nullptr : find(path);
    return row ? indexOf(*row, column) : QModelIndex();
}

// --- structure

QModelIndex AttributeModel::index(int row, int column, const QModelIndex& parent) const
{
    if (!hasIndex(row, column, parent))
        return {};
    return createIndex(row, column, rowOf(parent)->children[static_cast<size_t>(row)].get());
}

QModelIndex AttributeModel::parent(const QModelIndex& index) const
{
    const AttributeRow* above = rowOf(index)->parent;
    return above ? indexOf(*above) : QModelIndex();
}

int AttributeModel::rowCount(const QModelIndex& parent) const
{
    return parent.column() > 0 ? 0 : static_cast<int>(rowOf(parent)->children.size());
}

int AttributeModel::columnCount(const QModelIndex&) const
{
    return ColumnCount;
}

bool AttributeModel::hasChildren(const QModelIndex& parent) const
{
    if (parent.column() > 0)
        return false;
    const AttributeRow* row = rowOf(parent);
    return !row->children.empty() || (row->kind == Kind::Item && row->fetch != Fetch::Done);
}

} // namespace ui
