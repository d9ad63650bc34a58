#pragma once

// Only for the .cpp files of core/dicom: DCMTK's types stay behind them.

#include "core/dicom/data_set.h"
#include "core/dicom/read_limits.h"

class DcmElement;
class DcmItem;

namespace dicom {
class ElementCache;
}

namespace dicom::dcmtk_side {

/// Turns DCMTK's objects into data sets: raw value bytes, nothing decoded or corrected.
class Converter {
public:
    /// The limits must outlive it.
    Converter(ElementCache& cache, const ReadLimits& limits)
        : m_cache(cache)
        , m_limits(limits)
    {
    }
    /// What decides between US and SS.
    struct Numbers {
        bool areImplicit = false; ///< the file gives no VRs here, DCMTK's dictionary did
        bool areSigned = false; ///< the pixels of the enclosing data set
    };
    DataSet convert(DcmItem& item, Numbers numbers);

private:
    ElementPtr convertElement(DcmElement& element, Numbers numbers);
    ElementPtr sequence(DcmElement& element, Tag tag, Numbers numbers);
    ElementPtr plain(DcmElement& element, Tag tag, Vr vr) const;
    ElementPtr inSource(Tag tag, Vr vr, qint64 length, bool encapsulated) const;

    ElementCache& m_cache;
    const ReadLimits& m_limits;
    std::vector<SourcePlace::Item> m_place;
};

} // namespace dicom::dcmtk_side
