#include "core/edit/edit.h"

#include <QHash>
#include <algorithm>
#include <array>
#include <mutex>

namespace edit {

namespace {

QList<const Edit*> editsOf(InstanceId id, const EditList& edits)
{
    QList<const Edit*> own;
    for (const EditPtr& edit : edits)
        if (std::binary_search(edit->instances.begin(), edit->instances.end(), id))
            own << edit.get();
    return own;
}

Result<dicom::DataSet> applyAll(const dicom::DataSet& original, dicom::DataSet current,
                                const QList<const Edit*>& edits, qsizetype from, const Context& context)
{
    for (qsizetype i = from; i < edits.size(); ++i) {
        auto next = apply(*edits[i], original, current, context);
        if (!next)
            return next.error();
        current = std::move(next).value();
    }
    return current;
}

Result<dicom::DataSet> named(Result<dicom::DataSet> result, const catalog::Instance& instance)
{
    if (result)
        return result;
    Error error = result.error();
    error.file = instance.file.path;
    return error;
}

} // namespace

Result<dicom::DataSet> evaluate(const catalog::Instance& instance, const EditList& edits,
                                const Context& context)
{
    const dicom::DataSet& original = instance.file.dataSet;
    return named(applyAll(original, original, editsOf(instance.id, edits), 0, context), instance);
}

/// The last result of each instance, with the edits that led to it. Holding the edit list keeps their
/// addresses from being used again.
struct Evaluator::Cache {
    struct Entry {
        const catalog::Instance* source = nullptr;
        EditList held;
        QList<const Edit*> edits;
        dicom::DataSet result;
    };
    struct Shard {
        std::mutex mutex;
        QHash<InstanceId, Entry> entries;
    };
    std::array<Shard, 16> shards;

    Shard& shardOf(InstanceId id) { return shards[static_cast<size_t>(id) % shards.size()]; }
};

Evaluator::Evaluator(Context context)
    : m_context(std::move(context))
    , m_cache(std::make_unique<Cache>())
{
}
Evaluator::~Evaluator() = default;

Result<dicom::DataSet> Evaluator::evaluate(const catalog::Instance& instance, const EditList& edits)
{
    const QList<const Edit*> own = editsOf(instance.id, edits);
    const dicom::DataSet& original = instance.file.dataSet;
    if (own.isEmpty())
        return original;
    Cache::Shard& shard = m_cache->shardOf(instance.id);
    dicom::DataSet start = original;
    qsizetype done = 0;
    {
        const std::lock_guard lock(shard.mutex);
        const auto known = shard.entries.constFind(instance.id);
        if (known != shard.entries.constEnd() && known->source == &instance
            && known->edits.size() <= own.size()
            && std::equal(known->edits.begin(), known->edits.end(), own.begin())) {
            start = known->result;
            done = known->edits.size();
        }
    }
    auto result = named(applyAll(original, std::move(start), own, done, m_context), instance);
    if (result && done < own.size()) {
        const std::lock_guard lock(shard.mutex);
        shard.entries.insert(instance.id, {&instance, edits, own, *result});
    }
    return result;
}

void Evaluator::clear()
{
    for (Cache::Shard& shard : m_cache->shards) {
        const std::lock_guard lock(shard.mutex);
        shard.entries.clear();
    }
}

} // namespace edit
