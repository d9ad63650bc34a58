// Which rows of the attribute table are open, and which are selected.

#include "core/dicom/value.h"
#include "ui/attributes/attribute_pane.h"

#include <QHeaderView>
#include <algorithm>

namespace ui {

void AttributePane::showMatches()
{
    if (m_filtering)
        expandMatches({});
    if (std::exchange(m_expandAll, false)) {
        m_view->expandAll();
        if (!m_filtering)
            m_model.setReadEverything(false);
    }
    if (m_view->currentIndex().isValid() && m_filtering)
        m_view->scrollTo(m_view->currentIndex());
}

void AttributePane::expandMatches(const QModelIndex& parent)
{
    for (int row = 0; row < m_filter.rowCount(parent); ++row) {
        const QModelIndex index = m_filter.index(row, 0, parent);
        // What matches itself is shown with all that stands in it; opening that is left to the user.
        if (m_filter.rowCount(index) == 0 || m_filter.matches(m_filter.mapToSource(index)))
            continue;
        m_view->setExpanded(index, true);
        expandMatches(index);
    }
}

void AttributePane::rememberExpansion()
{
    m_expanded.clear();
    const QModelIndexList rows = visibleRows();
    for (const QModelIndex& index : rows)
        if (const auto* attribute = m_model.attribute(m_filter.mapToSource(index));
            attribute && m_view->isExpanded(index))
            m_expanded.insert(attribute->path);
}

void AttributePane::restoreExpansion()
{
    m_view->collapseAll();
    for (const dicom::AttributePath& path : std::as_const(m_expanded))
        for (QModelIndex index = m_filter.mapFromSource(m_model.indexOf(path)); index.isValid();
             index = index.parent())
            m_view->setExpanded(index, true);
}

/// A sequence with one item is opened together with it.
void AttributePane::autoExpand(const QModelIndex& index)
{
    if (m_model.attribute(m_filter.mapToSource(index)) && m_filter.rowCount(index) == 1)
        m_view->expand(m_filter.index(0, 0, index));
}

void AttributePane::expandAll()
{
    m_expandAll = true;
    m_model.setReadEverything(true);
    if (!m_model.isReading())
        showMatches();
}

QModelIndexList AttributePane::visibleRows() const
{
    QModelIndexList rows;
    for (QModelIndex index = m_filter.index(0, 0); index.isValid(); index = m_view->indexBelow(index))
        rows << index.siblingAtColumn(0);
    return rows;
}

QList<edit::MergedAttribute> AttributePane::selectedAttributes() const
{
    QModelIndexList rows = m_view->selectionModel()->selectedRows();
    QList<edit::MergedAttribute> attributes;
    for (const QModelIndex& index : std::as_const(rows))
        if (const auto* attribute = m_model.attribute(m_filter.mapToSource(index)))
            attributes << *attribute;
    std::sort(attributes.begin(), attributes.end(),
              [](const auto& a, const auto& b) { return a.path < b.path; });
    return attributes;
}

const edit::MergedAttribute* AttributePane::currentAttribute() const
{
    return m_model.attribute(m_filter.mapToSource(m_view->currentIndex()));
}

void AttributePane::selectPrivate()
{
    QItemSelection selection;
    const QModelIndexList rows = visibleRows();
    for (const QModelIndex& index : rows) {
        const auto* attribute = m_model.attribute(m_filter.mapToSource(index));
        if (attribute && attribute->isPrivate && !attribute->isDeleted())
            selection.append(
                QItemSelectionRange(index, index.siblingAtColumn(AttributeModel::ColumnCount - 1)));
    }
    if (!selection.isEmpty())
        m_view->selectionModel()->setCurrentIndex(selection.first().topLeft(), QItemSelectionModel::NoUpdate);
    m_view->selectionModel()->select(selection, QItemSelectionModel::ClearAndSelect);
    m_view->setFocus();
}

QString AttributePane::rowsAsText(bool selectedOnly) const
{
    QStringList lines;
    const QModelIndexList rows = visibleRows();
    for (const QModelIndex& index : rows) {
        if (selectedOnly && !m_view->selectionModel()->isRowSelected(index.row(), index.parent()))
            continue;
        QStringList cells;
        for (int visual = 0; visual < AttributeModel::ColumnCount; ++visual) {
            const int column = m_view->header()->logicalIndex(visual);
            if (!m_view->isColumnHidden(column))
                cells << index.siblingAtColumn(column).data().toString();
        }
        lines << cells.join(u'\t');
    }
    return lines.join(u'\n') + (lines.size() > 1 ? QStringLiteral("\n") : QString());
}

QString AttributePane::currentValueAsText() const
{
    const auto* attribute = currentAttribute();
    if (!attribute)
        return {};
    QStringList texts;
    for (const edit::DistinctValue& value : attribute->values)
        texts << dicom::valueText(*value.element, value.characterSet);
    return texts.join(u'\n');
}

} // namespace ui
