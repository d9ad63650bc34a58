#include "core/dicom/element_cache.h"

namespace dicom {

namespace {

constexpr qsizetype most = 8192;

} // namespace

ElementPtr ElementCache::intern(ElementPtr element)
{
    const auto found = m_elements.constFind(Key{element});
    if (found != m_elements.constEnd())
        return found.key().element;
    // What is equal in many files comes again; what is in one file only must not fill the memory.
    if (m_elements.size() >= most)
        m_elements.clear();
    m_elements.insert(Key{element}, 0);
    return element;
}

void ElementCache::remember(const DataSet& meta, const DataSet& dataSet)
{
    m_meta = meta;
    m_dataSet = dataSet;
}

} // namespace dicom
