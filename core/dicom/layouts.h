#pragma once

#include "core/dicom/data_set.h"

#include <QSet>
#include <mutex>

namespace dicom {

/// The layouts (tags and value representations, at every depth) of data sets that DCMTK has read back. What a
/// parser makes of a data set hangs on its layout. Thread-safe.
class Layouts {
public:
    /// Of a data set; values do not count.
    static size_t of(const DataSet& dataSet, size_t seed = 0);

    bool contains(size_t layout) const;
    void add(size_t layout);

private:
    mutable std::mutex m_mutex;
    QSet<size_t> m_known;
};

} // namespace dicom
