#pragma once

#include "core/dicom/implicit_vr.h"
#include "core/dicom/unknown_value.h"

#include <QHash>

namespace dicom {

/// Keeps one copy of equal elements of the files that one thread reads: the headers of a series are about 95
/// % identical. Threads share nothing, not even the counts of those who use an element. Elements live as long
/// as a data set that holds them; the cache forgets what it has now and then.
class ElementCache {
public:
    /// The element that stands for all equal ones.
    ElementPtr intern(ElementPtr element);

    /// What the file before held, where most elements of the next one are found again.
    const DataSet& meta() const { return m_meta; }
    const DataSet& dataSet() const { return m_dataSet; }
    void remember(const DataSet& meta, const DataSet& dataSet);

    ImplicitVrs& implicitVrs() { return m_implicitVrs; }
    UnknownValues& unknownValues() { return m_unknownValues; }

private:
    struct Key {
        ElementPtr element;
        friend bool operator==(const Key& a, const Key& b) { return sameElement(a.element, b.element); }
        friend size_t qHash(const Key& key, size_t seed) { return qHash(*key.element, seed); }
    };
    QHash<Key, char> m_elements;
    DataSet m_meta;
    DataSet m_dataSet;
    ImplicitVrs m_implicitVrs;
    UnknownValues m_unknownValues;
};

} // namespace dicom
