#pragma once

#include "core/dicom/data_set.h"

#include <QSet>

namespace job {

/// How many patients and studies files belong to, told apart as the tree does, and how many different images
/// they are by their SOP Instance UIDs.
struct IdentityCounts {
    qsizetype patients = 0, studies = 0, images = 0;
};

/// Whether files that were told apart before are no more, or others became several: programs that read the
/// new files go by names and numbers.
struct IdentityChange {
    IdentityCounts before, after;
};

/// Counts file by file. Keeps eight bytes of each different name, no values. One thread.
class IdentityCounter {
public:
    void add(const dicom::DataSet& before, const dicom::DataSet& after);
    IdentityChange change() const { return {m_before.counts(), m_after.counts()}; }

private:
    class Groups {
    public:
        void add(const dicom::DataSet& dataSet);
        IdentityCounts counts() const { return {m_patients.size(), m_studies.size(), m_images.size()}; }

    private:
        QSet<quint64> m_patients, m_studies, m_images; ///< digests
    };
    Groups m_before, m_after;
};

} // namespace job
