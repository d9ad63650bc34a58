// What can be done to the rows of the attribute table.

#include "ui/attributes/attribute_model.h"

namespace ui {

using Kind = AttributeRow::Kind;
using edit::MergedAttribute;

QString actionText(const MergedAttribute& attribute)
{
    if (attribute.readOnly)
        return {};
    if (attribute.isMixed())
        return AttributeModel::tr("(Mixed)");
    switch (attribute.action()) {
    case edit::Action::Keep:
        return AttributeModel::tr("Keep");
    case edit::Action::Assign:
        return AttributeModel::tr("Assign");
    case edit::Action::Clear:
        return AttributeModel::tr("Clear");
    case edit::Action::Delete:
        return AttributeModel::tr("Delete");
    }
    return {};
}

bool AttributeModel::isEditable(const MergedAttribute& attribute)
{
    const auto& values = attribute.values.isEmpty() ? attribute.originals : attribute.values;
    return !attribute.readOnly && !attribute.isSequence && !attribute.path.isFileMeta()
        && std::none_of(values.begin(), values.end(),
                        [](const edit::DistinctValue& value) { return value.element->isInSource(); });
}

} // namespace ui
