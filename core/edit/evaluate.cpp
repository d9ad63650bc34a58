#include "core/edit/edit.h"

#include "core/dicom/file_meta.h"

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

Content contentOf(const dicom::LoadedFile& file)
{
    return {file.meta, file.dataSet};
}

Result<Content> applyAll(const dicom::LoadedFile& original, Content current, const QList<const Edit*>& edits,
                         qsizetype from, const Context& context)
{
    for (qsizetype i = from; i < edits.size(); ++i) {
        auto next = apply(*edits[i], original, current, context);
        if (!next) {
            Error error = next.error();
            error.file = original.path;
            return error;
        }
        // What the data set says last is kept when a later edit takes it away: type 1 in a file.
        if (std::holds_alternative<RevertAll>(edits[i]->operation))
            next->meta = original.meta;
        else
            dicom::followUids(next->meta, current.dataSet, next->dataSet);
        current = std::move(next).value();
    }
    return current;
}

/// What is written of it.
Evaluated finished(const dicom::LoadedFile& source, Content content)
{
    const bool same = !content.profiled && content.dataSet == source.dataSet && content.meta == source.meta;
    if (same) {
        Evaluated result = Evaluated::asIn(source);
        result.accounts = std::move(content.accounts);
        return result;
    }
    Evaluated result{{},
                     dicom::withoutEmptyGroups(dicom::withoutStrayGroups(std::move(content.dataSet))),
                     source.transferSyntax,
                     true,
                     std::move(content.accounts)};
    result.meta = dicom::writtenMeta(content.meta, result.dataSet, result.transferSyntax);
    return result;
}

} // namespace

Evaluated Evaluated::asIn(const dicom::LoadedFile& file)
{
    return {file.meta, file.dataSet, file.transferSyntax};
}

Result<Evaluated> evaluate(const catalog::Instance& instance, const EditList& edits, const Context& context)
{
    const auto file = instance.load();
    if (!file)
        return file.error();
    auto content = applyAll(**file, contentOf(**file), editsOf(instance.id, edits), 0, context);
    return content ? Result<Evaluated>(finished(**file, std::move(content).value())) : content.error();
}

/// The last result of each instance, with the edits that led to it. Holding the edit list keeps their
/// addresses from being used again.
struct Evaluator::Cache {
    struct Entry {
        const catalog::Instance* source = nullptr;
        EditList held;
        QList<const Edit*> edits;
        Content content;
        Evaluated result;
    };
    struct Shard {
        std::mutex mutex;
        QHash<InstanceId, Entry> entries;
    };
    std::array<Shard, 16> shards;

    Shard& shardOf(InstanceId id) { return shards[static_cast<size_t>(id) % shards.size()]; }
};

Evaluator::Evaluator(Context context, qsizetype capacity)
    : m_context(std::move(context))
    , m_capacity(capacity)
    , m_cache(std::make_unique<Cache>())
{
}
Evaluator::~Evaluator() = default;

Result<Evaluated> Evaluator::evaluate(const catalog::Instance& instance, const EditList& edits)
{
    const auto file = instance.load();
    return file ? evaluate(instance, **file, edits) : file.error();
}

Result<Evaluated> Evaluator::evaluate(const catalog::Instance& instance, const dicom::LoadedFile& original,
                                      const EditList& edits)
{
    const QList<const Edit*> own = editsOf(instance.id, edits);
    if (own.isEmpty())
        return Evaluated::asIn(original);
    Cache::Shard& shard = m_cache->shardOf(instance.id);
    Content start = contentOf(original);
    qsizetype done = 0;
    {
        const std::lock_guard lock(shard.mutex);
        const auto known = shard.entries.constFind(instance.id);
        if (known != shard.entries.constEnd() && known->source == &instance
            && known->edits.size() <= own.size()
            && std::equal(known->edits.begin(), known->edits.end(), own.begin())) {
            if (known->edits.size() == own.size())
                return known->result;
            start = known->content;
            done = known->edits.size();
        }
    }
    auto content = applyAll(original, std::move(start), own, done, m_context);
    if (!content)
        return content.error();
    Evaluated result = finished(original, *content);
    if (m_capacity == 0)
        return result;
    const std::lock_guard lock(shard.mutex);
    const qsizetype most = m_capacity / static_cast<qsizetype>(m_cache->shards.size()) + 1;
    if (shard.entries.size() >= most && !shard.entries.contains(instance.id))
        shard.entries.erase(shard.entries.constBegin()); // whichever: passes over all files keep some hits
    shard.entries.insert(instance.id, {&instance, edits, own, std::move(content).value(), result});
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
