#include "core/dicom/element_cache.h"

namespace dicom {

ElementPtr ElementCache::intern(ElementPtr element)
{
    const auto found = m_elements.constFind(Key{element});
    if (found != m_elements.constEnd())
        return found.key().element;
    m_elements.insert(Key{element}, 0);
    return element;
}

void ElementCache::remember(const DataSet& meta, const DataSet& dataSet)
{
    m_meta = meta;
    m_dataSet = dataSet;
}

} // namespace dicom
