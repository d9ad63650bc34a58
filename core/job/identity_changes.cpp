#include "core/job/identity_changes.h"

#include "core/catalog/tree_keys.h"

#include <QCryptographicHash>

namespace job {

namespace {

/// Two of a million different texts have the same one with a chance of 1 in 37 million.
quint64 digestOf(const QString& text)
{
    const QByteArray hash = QCryptographicHash::hash(text.toUtf8(), QCryptographicHash::Md5);
    quint64 digest = 0;
    for (int i = 0; i < 8; ++i)
        digest = digest << 8 | static_cast<quint8>(hash[i]);
    return digest;
}

} // namespace

void IdentityCounter::Groups::add(const dicom::DataSet& dataSet)
{
    const catalog::TreeKeys keys = catalog::treeKeysOf(dataSet);
    m_patients.insert(digestOf(keys.patientId + QChar(0) + keys.patientName));
    m_studies.insert(digestOf(keys.studyUid));
    if (!keys.sopUid.isEmpty())
        m_images.insert(digestOf(keys.sopUid));
}

void IdentityCounter::add(const dicom::DataSet& before, const dicom::DataSet& after)
{
    m_before.add(before);
    m_after.add(after);
}

} // namespace job
