#include "core/edit/merge.h"

#include "core/base/worker_thread.h"
#include "core/dicom/dictionary.h"
#include "core/dicom/value.h"
#include "core/edit/row_collector.h"

#include <QMap>
#include <algorithm>
#include <mutex>
#include <thread>

namespace edit {

namespace {

using dicom::AttributePath;
using dicom::DataSet;
using dicom::Element;
using dicom::Tag;

/// A data set or item before and after the edits; either may be missing.
struct Holder {
    const DataSet* before = nullptr;
    const DataSet* after = nullptr;
};

const DataSet& orEmpty(const DataSet* dataSet)
{
    static const DataSet none;
    return dataSet ? *dataSet : none;
}

/// Walks two data sets in step, in tag order: visit(tag, creator, before, after).
template <typename Visit>
void walkPairs(const DataSet& before, const DataSet& after, Visit visit)
{
    auto b = before.begin();
    auto a = after.begin();
    Tag block{};
    QString creator;
    while (b != before.end() || a != after.end()) {
        const bool useBefore = b != before.end() && (a == after.end() || (*b)->tag() <= (*a)->tag());
        const bool useAfter = a != after.end() && (b == before.end() || (*a)->tag() <= (*b)->tag());
        const Tag tag = useBefore ? (*b)->tag() : (*a)->tag();
        if (tag.isPrivate() && tag.creatorTag() != block) {
            block = tag.creatorTag();
            creator = useBefore ? before.creatorOf(tag) : after.creatorOf(tag);
        } else if (!tag.isPrivate()) {
            block = {};
            creator.clear();
        }
        visit(tag, creator, useBefore ? (*b).data() : nullptr, useAfter ? (*a).data() : nullptr);
        b += useBefore ? 1 : 0;
        a += useAfter ? 1 : 0;
    }
}

/// The items that a sequence path means, each named by its indices on the way.
void collectItems(const DataSet& holder, const std::vector<AttributePath::Step>& steps, size_t at,
                  const QList<int>& place, QMap<QList<int>, const DataSet*>& found)
{
    const auto& step = steps[at];
    if (step.tag.isPrivate() && !step.tag.isPrivateCreator() && holder.creatorOf(step.tag) != step.creator)
        return;
    const Element* sequence = holder.find(step.tag);
    if (!sequence)
        return;
    const auto& items = sequence->items();
    for (int i = 0; i < static_cast<int>(items.size()); ++i) {
        if (step.item != AttributePath::AllItems && step.item != i)
            continue;
        const DataSet& item = items[static_cast<size_t>(i)];
        if (at + 1 == steps.size())
            found.insert(place + QList<int>{i}, &item);
        else
            collectItems(item, steps, at + 1, place + QList<int>{i}, found);
    }
}

std::vector<AttributePath::Step> stepsOf(const MergeRequest& request)
{
    auto steps = request.sequence.steps();
    steps.back().item = request.item;
    return steps;
}

QList<Holder> holdersOf(const MergeRequest& request, const DataSet& before, const DataSet& after)
{
    if (request.sequence.isEmpty())
        return {{&before, &after}};
    const auto steps = stepsOf(request);
    QMap<QList<int>, const DataSet*> old;
    QMap<QList<int>, const DataSet*> now;
    collectItems(before, steps, 0, {}, old);
    collectItems(after, steps, 0, {}, now);
    QList<Holder> holders;
    for (auto it = old.constBegin(); it != old.constEnd(); ++it)
        holders << Holder{it.value(), now.value(it.key())};
    for (auto it = now.constBegin(); it != now.constEnd(); ++it)
        if (!old.contains(it.key()))
            holders << Holder{nullptr, it.value()};
    return holders;
}

/// One thread's share of a merge.
struct Share {
    RowCollector<RowKey> meta;
    RowCollector<RowKey> rows;
    QList<catalog::Issue> failures;
    int places = 0;
};

void mergeOne(const MergeRequest& request, const catalog::Instance& instance, Evaluator& evaluator,
              Share& share)
{
    const DataSet& before = instance.kept().dataSet;
    const auto result = evaluator.evaluate(instance, request.edits);
    if (!result)
        share.failures << catalog::Issue{catalog::Issue::Kind::Script, instance.path(), result.error().reason,
                                         result.error().remedy, instance.id};
    const DataSet& after = result ? result->dataSet : before;
    const DataSet& metaAfter = result ? result->meta : instance.kept().meta;
    const auto add = [](RowCollector<RowKey>& rows, const DataSet& old, const DataSet& now, int oldSet,
                        int newSet) {
        walkPairs(old, now, [&](Tag tag, const QString& creator, const Element* b, const Element* a) {
            rows.add({tag, creator}, b, a, oldSet, newSet);
        });
    };
    if (request.sequence.isEmpty())
        add(share.meta, instance.kept().meta, metaAfter, 0, 0);
    const int oldSet = share.rows.characterSet(before, 0);
    const int newSet = share.rows.characterSet(after, 0);
    for (const Holder& holder : holdersOf(request, before, after)) {
        ++share.places;
        const DataSet& old = orEmpty(holder.before);
        const DataSet& now = orEmpty(holder.after);
        add(share.rows, old, now, share.rows.characterSet(old, oldSet), share.rows.characterSet(now, newSet));
    }
}

template <typename Work>
void overShares(qsizetype count, int threads, std::vector<Share>& shares, Work work)
{
    const int wanted =
        threads > 0 ? threads : static_cast<int>(std::max(1U, std::thread::hardware_concurrency()));
    const auto used = static_cast<size_t>(std::clamp<qsizetype>(count / 64, 1, wanted));
    shares.resize(used);
    const auto part = [&](size_t index) {
        for (qsizetype i = static_cast<qsizetype>(index); i < count; i += static_cast<qsizetype>(used))
            work(i, shares[index]);
    };
    std::vector<WorkerThread> workers; // joined when it goes
    for (size_t index = 1; index < used; ++index)
        workers.emplace_back([&part, index] { part(index); });
    part(0);
}

bool isSequencePrivate(const AttributePath& path)
{
    return std::any_of(path.steps().begin(), path.steps().end(),
                       [](const AttributePath::Step& step) { return step.tag.isPrivate(); });
}

void describe(MergedAttribute& row)
{
    const auto* entry = dicom::find(row.path.tag(), row.path.creator());
    row.isUnknown = !entry || entry->name.isEmpty(); // of some private elements only the VR is known
    row.name = row.isUnknown ? QStringLiteral("Unknown") : entry->name;
    row.isPrivate = isSequencePrivate(row.path);
}

/// `readOnly`: file meta information; elements of its group that stand in a data set can be deleted.
QList<MergedAttribute> rowsOf(RowCollector<RowKey>& collector, const MergeRequest& request, int places,
                              bool readOnly)
{
    QList<MergedAttribute> rows;
    for (const RowKey& key : collector.sortedKeys()) {
        const AttributePath path = request.sequence.isEmpty()
            ? AttributePath(key.tag, key.creator)
            : request.sequence.child(request.item, key.tag, key.creator);
        MergedAttribute row = collector.finish(key, path, places);
        describe(row);
        row.readOnly = readOnly;
        rows << std::move(row);
    }
    return rows;
}

/// Adds what differs between before and after, nested ones at their own paths.
void collectChanges(const DataSet& before, const DataSet& after, const AttributePath& parent, int oldSet,
                    int newSet, RowCollector<AttributePath>& rows)
{
    walkPairs(before, after, [&](Tag tag, const QString& creator, const Element* b, const Element* a) {
        if (dicom::sameElement(b, a))
            return;
        const AttributePath path = parent.isEmpty() ? AttributePath(tag, creator)
                                                    : parent.child(AttributePath::AllItems, tag, creator);
        if (!b || !a || !b->isSequence() || !a->isSequence() || b->items().size() != a->items().size()) {
            rows.add(path, b, a, oldSet, newSet);
            return;
        }
        for (size_t i = 0; i < a->items().size(); ++i)
            collectChanges(b->items()[i], a->items()[i], path, rows.characterSet(b->items()[i], oldSet),
                           rows.characterSet(a->items()[i], newSet), rows);
    });
}

} // namespace

MergeResult merge(const MergeRequest& request, Evaluator& evaluator, const std::atomic<bool>& cancel,
                  int threads)
{
    std::vector<Share> shares;
    overShares(request.instances.size(), threads, shares, [&](qsizetype i, Share& share) {
        if (!cancel)
            mergeOne(request, *request.instances[i], evaluator, share);
    });
    Share& all = shares.front();
    for (size_t i = 1; i < shares.size(); ++i) {
        all.meta.absorb(shares[i].meta);
        all.rows.absorb(shares[i].rows);
        all.failures += shares[i].failures;
        all.places += shares[i].places;
    }
    MergeResult result;
    result.rows = rowsOf(all.meta, request, static_cast<int>(request.instances.size()), true)
        + rowsOf(all.rows, request, all.places, false);
    result.failures = all.failures;
    return result;
}

InstanceIds instancesWith(const MergeRequest& request, Evaluator& evaluator, const AttributePath& path,
                          const DistinctValue& value)
{
    InstanceIds ids;
    for (const auto& instance : request.instances) {
        const auto result = evaluator.evaluate(*instance, request.edits);
        const Evaluated after = result ? *result : Evaluated::asIn(instance->kept());
        const DataSet& where = path.isFileMeta() ? after.meta : after.dataSet;
        bool has = false;
        bool present = false;
        const auto inherited = dicom::characterSetOf(where);
        dicom::forEach(where, path, [&](const DataSet& holder, const Element& element) {
            present = true;
            has = has
                || (value.element
                    && dicom::saysTheSame(element, dicom::characterSetOf(holder, inherited), *value.element,
                                          value.characterSet));
        });
        if (value.element ? has : !present)
            ids << instance->id;
    }
    return ids;
}

QList<MergedAttribute> changes(const QList<catalog::InstancePtr>& instances, const EditList& edits,
                               Evaluator& evaluator, const std::atomic<bool>& cancel)
{
    RowCollector<AttributePath> collector;
    for (const auto& instance : instances) {
        if (cancel)
            return {};
        const auto result = evaluator.evaluate(*instance, edits);
        if (!result || !result->rewritten)
            continue;
        const DataSet& before = instance->kept().dataSet;
        collectChanges(instance->kept().meta, result->meta, {}, 0, 0, collector);
        collectChanges(before, result->dataSet, {}, collector.characterSet(before, 0),
                       collector.characterSet(result->dataSet, 0), collector);
    }
    QList<MergedAttribute> rows;
    for (const AttributePath& path : collector.sortedKeys()) {
        MergedAttribute row = collector.finish(path, path, collector.placesOf(path));
        describe(row);
        row.readOnly = path.isFileMeta();
        rows << std::move(row);
    }
    // What the user did comes first, what follows from it last.
    std::stable_partition(rows.begin(), rows.end(),
                          [](const MergedAttribute& row) { return !row.path.isFileMeta(); });
    return rows;
}

} // namespace edit
