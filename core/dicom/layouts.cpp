#include "core/dicom/layouts.h"

namespace dicom {

size_t Layouts::of(const DataSet& dataSet, size_t seed)
{
    for (const ElementPtr& element : dataSet) {
        const SourceValue* source = element->source();
        seed = qHashMulti(seed, element->tag(), static_cast<int>(element->vr()), element->items().size(),
                          source != nullptr, source && source->encapsulated);
        for (const DataSet& item : element->items())
            seed = of(item, seed);
    }
    return seed;
}

bool Layouts::contains(size_t layout) const
{
    const std::lock_guard lock(m_mutex);
    return m_known.contains(layout);
}

void Layouts::add(size_t layout)
{
    const std::lock_guard lock(m_mutex);
    m_known.insert(layout);
}

} // namespace dicom
