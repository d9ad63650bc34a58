#pragma once

#include "core/catalog/catalog.h"

#include <QSet>

namespace catalog {

/// How many patients and studies files belong to, told apart as the tree does, and how many different images
/// they are by their SOP Instance UIDs.
class Groups {
public:
    void add(const TreeKeys& keys)
    {
        m_patients.insert(keys.patientId + QChar(0) + keys.patientName);
        m_studies.insert(keys.studyUid);
        if (!keys.sopUid.isEmpty())
            m_images.insert(keys.sopUid);
    }
    qsizetype patients() const { return m_patients.size(); }
    qsizetype studies() const { return m_studies.size(); }
    qsizetype images() const { return m_images.size(); }

private:
    QSet<QString> m_patients, m_studies, m_images;
};

} // namespace catalog
