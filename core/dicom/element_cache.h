#pragma once

#include "core/dicom/data_set.h"

namespace dicom {

class Interner;

/// Makes the elements of one file after the other on one thread. The headers of a series are nearly the same,
/// so most elements are found, byte for byte, where they stood in the file before. For one thread; the
/// interner, when there is one, must outlive it.
class ElementCache {
public:
    explicit ElementCache(Interner* interner = nullptr)
        : m_interner(interner)
    {
    }

    Interner* interner() const { return m_interner; }

    /// The next file begins.
    void begin();
    /// Elements in the order in which the files hold them.
    ElementPtr plain(Tag tag, Vr vr, const char* bytes, qint64 length);
    ElementPtr sequence(Tag tag, Element::Items items);
    ElementPtr inSource(Tag tag, Vr vr, SourceValue value);

private:
    const ElementPtr* expected(Tag tag);
    ElementPtr keep(ElementPtr element);
    ElementPtr intern(ElementPtr element);

    Interner* m_interner;
    std::vector<ElementPtr> m_before; ///< of the file before, in its order
    std::vector<ElementPtr> m_now;
    size_t m_at = 0; ///< in m_before
};

} // namespace dicom
