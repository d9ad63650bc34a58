#pragma once

// Only for the .cpp files of core/dicom: DCMTK's types stay behind them.

#include "core/dicom/data_set.h"

class DcmElement;
class DcmItem;

namespace dicom {
class ElementCache;
}

namespace dicom::dcmtk_side {

/// Turns DCMTK's objects into data sets: raw value bytes, nothing decoded or corrected.
class Converter {
public:
    Converter(ElementCache& cache, qint64 keptValueLength)
        : m_cache(cache)
        , m_kept(keptValueLength)
    {
    }
    DataSet convert(DcmItem& item);

private:
    ElementPtr convertElement(DcmElement& element);
    ElementPtr sequence(DcmElement& element, Tag tag);
    ElementPtr plain(DcmElement& element, Tag tag, Vr vr) const;
    ElementPtr inSource(Tag tag, Vr vr, qint64 length, bool encapsulated) const;

    ElementCache& m_cache;
    qint64 m_kept;
    std::vector<SourcePlace::Item> m_place;
};

} // namespace dicom::dcmtk_side
