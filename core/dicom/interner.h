#pragma once

#include "core/dicom/data_set.h"

#include <QHash>
#include <array>
#include <mutex>

namespace dicom {

/// Keeps one copy of equal elements: the headers of a series are about 95 % identical. Thread-safe. Elements
/// live as long as the interner or a data set that holds them.
class Interner {
public:
    /// The element that stands for all equal ones.
    ElementPtr intern(ElementPtr element);

private:
    struct Key {
        ElementPtr element;
        friend bool operator==(const Key& a, const Key& b) { return sameElement(a.element, b.element); }
        friend size_t qHash(const Key& key, size_t seed) { return qHash(*key.element, seed); }
    };
    struct Shard {
        std::mutex mutex;
        QHash<Key, char> elements;
    };
    static constexpr size_t shardCount = 16;
    std::array<Shard, shardCount> m_shards;
};

} // namespace dicom
