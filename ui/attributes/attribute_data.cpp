// What the attribute table shows of its rows.

#include "core/dicom/dictionary.h"
#include "core/dicom/value.h"
#include "ui/attributes/attribute_model.h"
#include "ui/widgets/icons.h"

#include <QApplication>
#include <QFontDatabase>
#include <QPalette>

#include <algorithm>

namespace ui {

using Kind = AttributeRow::Kind;
using edit::MergedAttribute;

namespace {

/// The private creator behind the name, where it says something more.
QString creatorSuffix(const MergedAttribute& attribute)
{
    const QString& creator = attribute.path.creator();
    return creator.isEmpty() ? QString() : QStringLiteral("  ") + creator;
}

QString vrText(const MergedAttribute& attribute)
{
    return QString(dicom::name(attribute.vr));
}

QString oneLine(QString text)
{
    for (QChar& c : text)
        if (c < u' ')
            c = u' ';
    return text;
}

const QString& summaryOf(const AttributeRow& row)
{
    if (row.summary.isEmpty())
        row.summary = oneLine(row.merged.summary());
    return row.summary;
}

/// What follows the value, in quieter type: that the attribute is gone, or where it is.
QString presenceSuffix(const AttributeRow& row)
{
    const MergedAttribute& attribute = row.merged;
    if (attribute.isDeleted())
        return (summaryOf(row).isEmpty() ? QString() : QStringLiteral(" ")) + AttributeModel::tr("(deleted)");
    if (attribute.present == attribute.instances)
        return {};
    const QString form = attribute.path.isNested() ? AttributeModel::tr("  in %1 of %2 items")
                                                   : AttributeModel::tr("  in %1 of %2 files");
    return form.arg(attribute.present).arg(attribute.instances);
}

QString attributeText(const AttributeRow& row, int column)
{
    const MergedAttribute& attribute = row.merged;
    switch (column) {
    case AttributeModel::TagColumn:
        return dicom::toString(attribute.path.tag());
    case AttributeModel::NameColumn:
        return attribute.name + creatorSuffix(attribute);
    case AttributeModel::VrColumn:
        return vrText(attribute);
    case AttributeModel::ActionColumn:
        return actionText(attribute);
    case AttributeModel::ValueColumn:
        return summaryOf(row) + presenceSuffix(row);
    default:
        return {};
    }
}

QString itemText(const AttributeRow& row, int column)
{
    if (column == AttributeModel::TagColumn)
        return row.item == dicom::AttributePath::AllItems ? AttributeModel::tr("All items")
                                                          : AttributeModel::tr("Item %1").arg(row.item + 1);
    if (column == AttributeModel::ValueColumn && row.fetch == AttributeRow::Fetch::Running
        && row.children.empty())
        return AttributeModel::tr("Reading…");
    return {};
}

int quietLength(const AttributeRow& row, int column)
{
    if (column == AttributeModel::NameColumn)
        return static_cast<int>(creatorSuffix(row.merged).size());
    if (column == AttributeModel::ValueColumn)
        return static_cast<int>(presenceSuffix(row).size());
    return 0;
}

int struckLength(const AttributeRow& row, int column)
{
    if (column != AttributeModel::ValueColumn || !row.merged.isDeleted())
        return 0;
    return static_cast<int>(summaryOf(row).size());
}

/// Whether one of the first values could be read by a guess only.
bool isDoubtful(const MergedAttribute& attribute)
{
    constexpr qsizetype looked = 8;
    const auto end = attribute.values.cbegin() + qMin(looked, attribute.values.size());
    return std::any_of(attribute.values.cbegin(), end, [](const edit::DistinctValue& value) {
        return value.element && dicom::isDoubtfulText(*value.element, value.characterSet);
    });
}

/// One mark per cell, each beside the words that say the same.
QVariant markOf(const MergedAttribute& attribute, int column)
{
    if (column == AttributeModel::TagColumn) {
        if (attribute.readOnly)
            return icon(QStringLiteral("mark-locked"));
        if (attribute.isEdited())
            return icon(attribute.isDeleted() ? QStringLiteral("mark-deleted")
                                              : QStringLiteral("mark-edited"));
        return icon(QStringLiteral("mark-none"));
    }
    if (column == AttributeModel::NameColumn && attribute.isUnknown)
        return icon(QStringLiteral("mark-unknown"));
    if (column == AttributeModel::ValueColumn && isDoubtful(attribute))
        return icon(QStringLiteral("dialog-warning"));
    if (column == AttributeModel::ValueColumn && attribute.isDiffering())
        return icon(QStringLiteral("mark-differs"));
    return {};
}

QString valuesText(const QList<edit::DistinctValue>& values)
{
    constexpr qsizetype most = 6;
    QStringList texts;
    for (const edit::DistinctValue& value : values.first(qMin(most, values.size())))
        texts << oneLine(dicom::shortText(*value.element, value.characterSet));
    if (values.size() > most)
        texts << QStringLiteral("…");
    return texts.join(QStringLiteral(", "));
}

QString toolTipOf(const AttributeRow& row, int column)
{
    const MergedAttribute& attribute = row.merged;
    QStringList lines;
    if (attribute.isEdited())
        lines << (attribute.originals.isEmpty()
                      ? AttributeModel::tr("Added; not in the files")
                      : AttributeModel::tr("In the files: %1").arg(valuesText(attribute.originals)));
    if (attribute.readOnly)
        lines << AttributeModel::tr("File meta information; it follows the data set when files are saved");
    if (attribute.isUnknown)
        lines << AttributeModel::tr("No dictionary knows this attribute");
    if (isDoubtful(attribute))
        lines << AttributeModel::tr(
            "The file's character set gives no meaning to some of this text; what is shown is a guess");
    if (lines.isEmpty() && (column == AttributeModel::ValueColumn || column == AttributeModel::NameColumn))
        lines << attributeText(row, column).trimmed();
    return lines.join(u'\n').toHtmlEscaped().replace(u'\n', QStringLiteral("<br>"));
}

QString searchTextOf(const AttributeRow& row)
{
    const MergedAttribute& attribute = row.merged;
    const dicom::Tag tag = attribute.path.tag();
    const auto* entry = dicom::find(tag, attribute.path.creator());
    const QString number = dicom::toString(tag);
    return QStringList{number,
                       number.mid(1, 4) + number.mid(6, 4),
                       entry ? entry->keyword : QString(),
                       attribute.name,
                       attribute.path.creator(),
                       row.searchText.isEmpty() ? summaryOf(row) : row.searchText}
        .join(u'\n');
}

/// What an editor begins with: the one value, or the most frequent.
QString editText(const MergedAttribute& attribute)
{
    const auto& values = attribute.values.isEmpty() ? attribute.originals : attribute.values;
    if (values.isEmpty())
        return {};
    return dicom::valueText(*values.first().element, values.first().characterSet);
}

QVariant attributeData(const AttributeRow& row, int column, int role)
{
    switch (role) {
    case Qt::DisplayRole:
        return attributeText(row, column);
    case Qt::EditRole:
        return column == AttributeModel::ValueColumn ? editText(row.merged) : attributeText(row, column);
    case Qt::DecorationRole:
        return markOf(row.merged, column);
    case Qt::ToolTipRole:
        return toolTipOf(row, column);
    case AttributeModel::QuietLengthRole:
        return quietLength(row, column);
    case AttributeModel::StruckLengthRole:
        return struckLength(row, column);
    case AttributeModel::SearchRole:
        return searchTextOf(row);
    default:
        return {};
    }
}

QFont fontOf(const AttributeRow& row, int column)
{
    if (column == AttributeModel::TagColumn && row.kind == Kind::Attribute) {
        QFont fixed = QFontDatabase::systemFont(QFontDatabase::FixedFont);
        fixed.setPointSizeF(QApplication::font().pointSizeF());
        return fixed;
    }
    QFont font = QApplication::font();
    if (row.kind == Kind::Attribute && row.merged.isEdited() && column == AttributeModel::ActionColumn)
        font.setBold(true);
    return font;
}

} // namespace

QVariant AttributeModel::data(const QModelIndex& index, int role) const
{
    if (!index.isValid())
        return {};
    const AttributeRow& row = *rowOf(index);
    if (role == Qt::FontRole)
        return fontOf(row, index.column());
    if (row.kind == Kind::Item)
        return role == Qt::DisplayRole ? itemText(row, index.column()) : QVariant();
    if (role == Qt::ForegroundRole && row.merged.readOnly)
        return QApplication::palette().brush(QPalette::PlaceholderText);
    return attributeData(row, index.column(), role);
}

bool AttributeModel::setData(const QModelIndex& index, const QVariant& value, int role)
{
    const MergedAttribute* edited = attribute(index);
    if (role != Qt::EditRole || index.column() != ValueColumn || !edited || !m_current)
        return false;
    return enter({m_ids, *edited}, value.toString());
}

bool AttributeModel::enter(const EditTarget& target, const QString& text)
{
    const MergedAttribute& attribute = target.attribute;
    const bool same = attribute.values.size() == 1 && attribute.present == attribute.instances
        && text == editText(attribute);
    if (!same)
        Q_EMIT valueEntered(target, text);
    return !same;
}

QVariant AttributeModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    const QString titles[ColumnCount] = {tr("Tag"), tr("Name"), tr("VR"), tr("Action"), tr("Value")};
    return section >= 0 && section < ColumnCount ? titles[section] : QVariant();
}

Qt::ItemFlags AttributeModel::flags(const QModelIndex& index) const
{
    if (!index.isValid())
        return Qt::NoItemFlags;
    const MergedAttribute* row = attribute(index);
    Qt::ItemFlags flags = Qt::ItemIsEnabled | Qt::ItemIsSelectable;
    if (row && index.column() == ValueColumn && m_current && isEditable(*row))
        flags |= Qt::ItemIsEditable;
    return flags;
}

} // namespace ui
