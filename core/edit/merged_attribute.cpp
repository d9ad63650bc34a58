#include "core/edit/merge.h"

#include "core/dicom/value.h"

#include <algorithm>

namespace edit {

bool MergedAttribute::isMixed() const
{
    return std::count_if(actions.begin(), actions.end(), [](int count) { return count > 0; }) > 1;
}

Action MergedAttribute::action() const
{
    const auto most = std::max_element(actions.begin(), actions.end());
    return static_cast<Action>(most - actions.begin());
}

namespace {

QString itemsSummary(const QList<DistinctValue>& values)
{
    qint64 least = values.first().element->length();
    qint64 most = least;
    for (const DistinctValue& value : values) {
        least = std::min(least, value.element->length());
        most = std::max(most, value.element->length());
    }
    if (least != most)
        return QStringLiteral("%1–%2 items").arg(least).arg(most);
    return least == 1 ? QStringLiteral("1 item") : QStringLiteral("%1 items").arg(least);
}

QString textOf(const DistinctValue& value)
{
    return dicom::shortText(*value.element, value.characterSet);
}

} // namespace

QString MergedAttribute::summary() const
{
    const QList<DistinctValue>& shown = values.isEmpty() ? originals : values;
    if (shown.isEmpty())
        return {};
    QString text;
    if (isSequence) {
        text = itemsSummary(shown);
    } else if (shown.size() == 1) {
        text = textOf(shown.first());
    } else {
        QStringList first;
        for (const DistinctValue& value : shown.first(std::min<qsizetype>(4, shown.size())))
            first << textOf(value);
        text = QStringLiteral("%1 values: %2%3")
                   .arg(shown.size())
                   .arg(first.join(QStringLiteral(", ")), shown.size() > 4 ? QStringLiteral("…") : QString());
    }
    return text;
}

} // namespace edit
