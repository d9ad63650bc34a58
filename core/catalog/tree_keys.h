#pragma once

#include "core/dicom/data_set.h"

#include <QString>
#include <array>

namespace catalog {

/// What the tree shows of an instance, and what it is grouped by.
struct TreeKeys {
    QString patientName, patientId;
    QString studyUid, studyDate, studyDescription, studyId;
    QString seriesUid, seriesNumber, modality, seriesDescription;
    QString sopUid, instanceNumber;
    friend bool operator==(const TreeKeys&, const TreeKeys&) = default;
};
TreeKeys treeKeysOf(const dicom::DataSet& dataSet);

/// The same for one data set after the other: what the one before had is neither decoded nor kept again.
class TreeKeysReader {
public:
    TreeKeys read(const dicom::DataSet& dataSet);

private:
    static constexpr size_t count = 12;
    dicom::ElementPtr m_characterSet;
    std::array<dicom::ElementPtr, count> m_elements;
    TreeKeys m_keys;
};

} // namespace catalog
