#include "core/dicom/element_cache.h"

#include "core/dicom/interner.h"

#include <algorithm>
#include <cstring>

namespace dicom {

void ElementCache::begin()
{
    m_before.swap(m_now);
    m_now.clear();
    m_at = 0;
}

/// The element that stood about here in the file before, if it had the tag.
const ElementPtr* ElementCache::expected(Tag tag)
{
    constexpr size_t lookAhead = 4; // attributes that this file does not have
    const size_t end = std::min(m_before.size(), m_at + lookAhead);
    for (size_t i = m_at; i < end; ++i)
        if (m_before[i]->tag() == tag) {
            m_at = i + 1;
            return &m_before[i];
        }
    return nullptr;
}

ElementPtr ElementCache::plain(Tag tag, Vr vr, const char* bytes, qint64 length)
{
    if (const ElementPtr* before = expected(tag)) {
        const Element& element = **before;
        const QByteArray& known = element.bytes();
        if (element.vr() == vr && known.size() == length && !element.isSequence() && !element.isInSource()
            && std::memcmp(known.constData(), bytes, static_cast<size_t>(length)) == 0)
            return keep(*before);
    }
    return keep(intern(Element::make(tag, vr, QByteArray(bytes, static_cast<qsizetype>(length)))));
}

ElementPtr ElementCache::sequence(Tag tag, Element::Items items)
{
    const ElementPtr* before = expected(tag);
    if (before && (*before)->isSequence() && (*before)->items() == items)
        return keep(*before);
    return keep(intern(Element::make(tag, std::move(items))));
}

ElementPtr ElementCache::inSource(Tag tag, Vr vr, SourceValue value)
{
    const ElementPtr* before = expected(tag);
    if (before && (*before)->vr() == vr && (*before)->isInSource() && *(*before)->source() == value)
        return keep(*before);
    return keep(intern(Element::make(tag, vr, std::move(value))));
}

ElementPtr ElementCache::keep(ElementPtr element)
{
    m_now.push_back(element);
    return element;
}

ElementPtr ElementCache::intern(ElementPtr element)
{
    return m_interner ? m_interner->intern(std::move(element)) : element;
}

} // namespace dicom
