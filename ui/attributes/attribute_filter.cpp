#include "ui/attributes/attribute_filter.h"

#include "core/dicom/identifying.h"
#include "ui/attributes/attribute_model.h"

#include <QCollator>

namespace ui {

AttributeFilter::AttributeFilter(QObject* parent)
    : QSortFilterProxyModel(parent)
{
    setRecursiveFilteringEnabled(true);
    // What stands in a sequence that matches can be looked at.
    setAutoAcceptChildRows(true);
}

void AttributeFilter::setText(const QString& text)
{
    m_words = text.toCaseFolded().split(u' ', Qt::SkipEmptyParts);
    invalidateFilter();
}

void AttributeFilter::setKinds(Kinds kinds)
{
    m_kinds = kinds;
    invalidateFilter();
}

bool AttributeFilter::isOfKinds(const edit::MergedAttribute& attribute) const
{
    return !m_kinds || (m_kinds.testFlag(Private) && attribute.isPrivate)
        || (m_kinds.testFlag(Unknown) && attribute.isUnknown)
        || (m_kinds.testFlag(Edited) && attribute.isEdited() && !attribute.readOnly)
        || (m_kinds.testFlag(Differing) && attribute.isDiffering() && !attribute.isSequence)
        || (m_kinds.testFlag(Identifying) && dicom::isIdentifying(attribute.path.tag(), attribute.vr));
}

bool AttributeFilter::matches(const QModelIndex& sourceIndex) const
{
    const auto* attribute = static_cast<const AttributeModel*>(sourceModel())->attribute(sourceIndex);
    if (!attribute)
        return !isActive();
    if (!isOfKinds(*attribute))
        return false;
    if (m_words.isEmpty())
        return true;
    const QString text = sourceIndex.data(AttributeModel::SearchRole).toString().toCaseFolded();
    return std::all_of(m_words.begin(), m_words.end(),
                       [&](const QString& word) { return text.contains(word); });
}

bool AttributeFilter::filterAcceptsRow(int row, const QModelIndex& parent) const
{
    return matches(sourceModel()->index(row, 0, parent));
}

bool AttributeFilter::lessThan(const QModelIndex& left, const QModelIndex& right) const
{
    const auto column = left.column();
    if (column != AttributeModel::TagColumn) {
        static const QCollator collator = [] {
            QCollator natural;
            natural.setNumericMode(true);
            natural.setCaseSensitivity(Qt::CaseInsensitive);
            return natural;
        }();
        const int order = collator.compare(left.data().toString(), right.data().toString());
        if (order != 0)
            return order < 0;
    }
    return left.row() < right.row();
}

} // namespace ui
