#include "core/dicom/interner.h"

namespace dicom {

ElementPtr Interner::intern(ElementPtr element)
{
    Shard& shard = m_shards[element->tag().element % shardCount];
    const std::lock_guard lock(shard.mutex);
    const auto found = shard.elements.constFind(Key{element});
    if (found != shard.elements.constEnd())
        return found.key().element;
    shard.elements.insert(Key{element}, 0);
    return element;
}

} // namespace dicom
