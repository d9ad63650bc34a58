#include "ui/attributes/attribute_model.h"

#include <QSet>

namespace ui {

using Kind = AttributeRow::Kind;
using Fetch = AttributeRow::Fetch;

AttributeModel::AttributeModel(edit::Session& session, QObject* parent)
    : QAbstractItemModel(parent)
    , m_session(session)
{
}

// --- reading

void AttributeModel::setInstances(const edit::InstanceIds& ids)
{
    if (ids == m_ids)
        return;
    // Instances that join while a folder is read must not keep the table empty: finish what was begun.
    const bool grown =
        m_reading && !m_ids.isEmpty() && std::includes(ids.begin(), ids.end(), m_ids.begin(), m_ids.end());
    m_ids = ids;
    m_current = false;
    if (grown)
        m_again = true;
    else
        start();
}

void AttributeModel::refresh()
{
    m_current = false;
    start();
}

void AttributeModel::setReadEverything(bool everything)
{
    if (std::exchange(m_everything, everything) != everything && everything)
        start();
}

edit::MergeRequest AttributeModel::request() const
{
    return {m_session.instances(m_ids), m_session.edits(), {}, dicom::AttributePath::AllItems};
}

void AttributeModel::start()
{
    const quint64 generation = ++m_generation;
    m_again = false;
    if (m_ids.isEmpty()) {
        m_lane.cancel();
        take({{RowList{}}, {}, true}, generation);
        return;
    }
    RowQuery query{request(), {}, m_everything};
    collectOpenItems(m_root, query.openItems);
    m_session.run(m_lane, this,
                  [this, query, generation](const edit::Session::Work& work) -> edit::Session::Answer {
                      RowAnswer answer = readRows(query, work.evaluator, work.cancelled);
                      return [this, generation, answer = std::move(answer)] { take(answer, generation); };
                  });
    setReading(true);
}

void AttributeModel::take(const RowAnswer& answer, quint64 generation)
{
    if (generation != m_generation)
        return;
    m_failures = answer.failures;
    m_complete = answer.complete;
    const auto& rows = answer.lists.first().rows;
    m_single = !rows.isEmpty() && m_ids.size() == 1;
    for (const RowList& list : answer.lists)
        if (AttributeRow* holder = findList(list.sequence, list.item))
            apply(*holder, list);
    if (m_again) {
        start();
        return;
    }
    m_current = true;
    setReading(false);
    Q_EMIT rowsRead();
}

void AttributeModel::setReading(bool reading)
{
    if (std::exchange(m_reading, reading) != reading)
        Q_EMIT readingChanged();
}

void AttributeModel::collectOpenItems(const AttributeRow& row,
                                      QList<std::pair<dicom::AttributePath, int>>& open) const
{
    if (row.kind == Kind::Item && row.fetch != Fetch::Not)
        open.append({row.sequence(), row.item});
    for (const auto& child : row.children)
        collectOpenItems(*child, open);
}

bool AttributeModel::canFetchMore(const QModelIndex& parent) const
{
    const AttributeRow* row = rowOf(parent);
    return row->kind == Kind::Item && row->fetch == Fetch::Not;
}

void AttributeModel::fetchMore(const QModelIndex& parent)
{
    AttributeRow* row = rowOf(parent);
    if (row->kind != Kind::Item || row->fetch != Fetch::Not)
        return;
    row->fetch = Fetch::Running;
    edit::MergeRequest query = request();
    query.sequence = row->sequence();
    query.item = row->item;
    m_session.run(
        this,
        [this, query, generation = m_generation](const edit::Session::Work& work) -> edit::Session::Answer {
            const auto result = edit::merge(query, work.evaluator, work.cancelled);
            return [this, generation, list = RowList{query.sequence, query.item, result.rows, {}}] {
                AttributeRow* holder = findList(list.sequence, list.item);
                // A complete reading that began since reads this item, too.
                if (holder && generation == m_generation)
                    apply(*holder, list);
            };
        });
}

// --- changing the rows

namespace {

struct RowKey {
    dicom::Tag tag;
    QString creator;
    friend bool operator==(const RowKey&, const RowKey&) = default;
    friend size_t qHash(const RowKey& key, size_t seed = 0) { return qHashMulti(seed, key.tag, key.creator); }
};

RowKey keyOf(const edit::MergedAttribute& row)
{
    return {row.path.tag(), row.path.creator()};
}

/// The rows that stand there and stay; none where they are not in the order of the list: file meta elements
/// that stand in a data set, too, are twice in it, and not always in one order.
QSet<RowKey> staying(const AttributeRow& holder, const RowList& list)
{
    QList<RowKey> present;
    for (const auto& child : holder.children)
        present << keyOf(child->merged);
    const QSet<RowKey> known(present.begin(), present.end());
    QList<RowKey> wanted;
    for (const edit::MergedAttribute& row : list.rows)
        if (known.contains(keyOf(row)))
            wanted << keyOf(row);
    return wanted == present ? known : QSet<RowKey>();
}

} // namespace

void AttributeModel::apply(AttributeRow& holder, const RowList& list)
{
    removeMissing(holder, list);
    const QSet<RowKey> known = staying(holder, list);
    if (known.isEmpty() && !holder.children.empty())
        dropRows(holder, 0, static_cast<int>(holder.children.size()) - 1);
    int at = 0;
    for (qsizetype i = 0; i < list.rows.size();) {
        std::vector<std::unique_ptr<AttributeRow>> fresh;
        for (; i < list.rows.size() && !known.contains(keyOf(list.rows[i])); ++i) {
            fresh.push_back(std::make_unique<AttributeRow>(AttributeRow{Kind::Attribute, &holder}));
            fresh.back()->merged = list.rows[i];
            fresh.back()->searchText = list.searchTexts.value(i);
        }
        const int count = static_cast<int>(fresh.size());
        addRows(holder, at, std::move(fresh));
        for (int row = at; row < at + count; ++row)
            syncItems(*holder.children[static_cast<size_t>(row)]);
        at += count;
        for (; i < list.rows.size() && known.contains(keyOf(list.rows[i])); ++i, ++at) {
            AttributeRow& row = *holder.children[static_cast<size_t>(at)];
            row.merged = list.rows[i];
            row.summary.clear();
            row.searchText = list.searchTexts.value(i);
            syncItems(row);
        }
    }
    holder.fetch = Fetch::Done;
    if (!holder.children.empty())
        Q_EMIT dataChanged(indexOf(*holder.children.front()),
                           indexOf(*holder.children.back(), ColumnCount - 1));
    if (holder.kind == Kind::Item)
        Q_EMIT dataChanged(indexOf(holder), indexOf(holder, ColumnCount - 1));
}

void AttributeModel::removeMissing(AttributeRow& holder, const RowList& list)
{
    QSet<RowKey> wanted;
    for (const edit::MergedAttribute& row : list.rows)
        wanted.insert(keyOf(row));
    const auto isWanted = [&](int row) {
        return wanted.contains(keyOf(holder.children[static_cast<size_t>(row)]->merged));
    };
    int last = static_cast<int>(holder.children.size()) - 1;
    while (last >= 0) {
        int first = last;
        while (first > 0 && isWanted(first) == isWanted(first - 1))
            --first;
        if (!isWanted(first))
            dropRows(holder, first, last);
        last = first - 1;
    }
}

void AttributeModel::syncItems(AttributeRow& sequence)
{
    const QList<int> wanted = itemsOf(sequence.merged, m_single);
    auto& items = sequence.children;
    size_t same = 0;
    while (same < items.size() && static_cast<qsizetype>(same) < wanted.size()
           && items[same]->item == wanted[static_cast<qsizetype>(same)])
        ++same;
    if (same < items.size())
        dropRows(sequence, static_cast<int>(same), static_cast<int>(items.size()) - 1);
    std::vector<std::unique_ptr<AttributeRow>> fresh;
    for (auto i = static_cast<qsizetype>(same); i < wanted.size(); ++i) {
        fresh.push_back(std::make_unique<AttributeRow>(AttributeRow{Kind::Item, &sequence}));
        fresh.back()->item = wanted[i];
    }
    addRows(sequence, static_cast<int>(same), std::move(fresh));
}

void AttributeModel::addRows(AttributeRow& holder, int at, std::vector<std::unique_ptr<AttributeRow>> rows)
{
    if (rows.empty())
        return;
    beginInsertRows(indexOf(holder), at, at + static_cast<int>(rows.size()) - 1);
    holder.children.insert(holder.children.begin() + at, std::make_move_iterator(rows.begin()),
                           std::make_move_iterator(rows.end()));
    holder.renumber();
    endInsertRows();
}

void AttributeModel::dropRows(AttributeRow& holder, int first, int last)
{
    beginRemoveRows(indexOf(holder), first, last);
    holder.children.erase(holder.children.begin() + first, holder.children.begin() + last + 1);
    holder.renumber();
    endRemoveRows();
}

// --- finding

} // namespace ui
