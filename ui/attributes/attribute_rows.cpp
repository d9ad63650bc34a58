#include "ui/attributes/attribute_rows.h"

#include "core/dicom/value.h"

namespace ui {

namespace {

constexpr qsizetype mostRows = 50'000; ///< when everything is read; more is of no use in a table
constexpr qsizetype mostSearchedValues = 5'000; ///< of one attribute

QString searchTextOf(const edit::MergedAttribute& row)
{
    QStringList texts;
    for (const auto* values : {&row.values, &row.originals})
        for (const edit::DistinctValue& value : values->first(qMin(mostSearchedValues, values->size())))
            if (value.element && !value.element->isSequence())
                texts << dicom::shortText(*value.element, value.characterSet);
    return texts.join(u'\n');
}

RowList readList(const RowQuery& query, const dicom::AttributePath& sequence, int item,
                 edit::Evaluator& evaluator, const std::atomic<bool>& cancel, RowAnswer& answer)
{
    edit::MergeRequest request = query.request;
    request.sequence = sequence;
    request.item = item;
    edit::MergeResult result = edit::merge(request, evaluator, cancel);
    if (sequence.isEmpty())
        answer.failures = result.failures;
    RowList list{sequence, item, std::move(result.rows), {}};
    if (query.everything)
        for (const edit::MergedAttribute& row : list.rows) {
            if (cancel)
                break;
            list.searchTexts << searchTextOf(row);
        }
    return list;
}

} // namespace

dicom::AttributePath AttributeRow::sequence() const
{
    return kind == Kind::Item ? parent->merged.path : dicom::AttributePath();
}

void AttributeRow::renumber()
{
    for (size_t i = 0; i < children.size(); ++i)
        children[i]->position = static_cast<int>(i);
}

QList<int> itemsOf(const edit::MergedAttribute& row, bool singleInstance)
{
    if (!row.isSequence || row.present == 0)
        return {};
    if (!singleInstance)
        return {dicom::AttributePath::AllItems};
    QList<int> items;
    for (int i = 0; i < static_cast<int>(row.values.first().element->items().size()); ++i)
        items << i;
    return items;
}

RowAnswer readRows(const RowQuery& query, edit::Evaluator& evaluator, const std::atomic<bool>& cancel)
{
    RowAnswer answer;
    const QSet<std::pair<dicom::AttributePath, int>> open(query.openItems.begin(), query.openItems.end());
    answer.lists << readList(query, {}, dicom::AttributePath::AllItems, evaluator, cancel, answer);
    qsizetype rows = answer.lists.first().rows.size();
    const bool single = query.request.instances.size() == 1;
    for (qsizetype at = 0; at < answer.lists.size(); ++at) {
        const QList<edit::MergedAttribute> parents = answer.lists[at].rows;
        for (const edit::MergedAttribute& row : parents)
            for (const int item : itemsOf(row, single)) {
                if (cancel)
                    return answer;
                const bool wanted = query.everything && rows < mostRows;
                answer.complete = answer.complete && (wanted || !query.everything);
                if (!wanted && !open.contains({row.path, item}))
                    continue;
                answer.lists << readList(query, row.path, item, evaluator, cancel, answer);
                rows += answer.lists.last().rows.size();
            }
    }
    return answer;
}

} // namespace ui
