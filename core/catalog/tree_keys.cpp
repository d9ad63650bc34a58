#include "core/catalog/tree_keys.h"

#include "core/dicom/value.h"

namespace catalog {

namespace {

struct Key {
    dicom::Tag tag;
    QString TreeKeys::*text;
};

constexpr std::array<Key, 12> keys{{
    {dicom::tags::PatientName, &TreeKeys::patientName},
    {dicom::tags::PatientID, &TreeKeys::patientId},
    {dicom::tags::StudyInstanceUID, &TreeKeys::studyUid},
    {dicom::tags::StudyDate, &TreeKeys::studyDate},
    {dicom::tags::StudyDescription, &TreeKeys::studyDescription},
    {dicom::tags::StudyID, &TreeKeys::studyId},
    {dicom::tags::SeriesInstanceUID, &TreeKeys::seriesUid},
    {dicom::tags::SeriesNumber, &TreeKeys::seriesNumber},
    {dicom::tags::Modality, &TreeKeys::modality},
    {dicom::tags::SeriesDescription, &TreeKeys::seriesDescription},
    {dicom::tags::SOPInstanceUID, &TreeKeys::sopUid},
    {dicom::tags::InstanceNumber, &TreeKeys::instanceNumber},
}};

} // namespace

TreeKeys TreeKeysReader::read(const dicom::DataSet& dataSet)
{
    static_assert(keys.size() == count);
    auto characterSetElement = dataSet.share(dicom::tags::SpecificCharacterSet);
    const bool sameCharacterSet = characterSetElement == m_characterSet;
    m_characterSet = std::move(characterSetElement);
    const auto characterSet = dicom::characterSetOf(dataSet);
    for (size_t i = 0; i < count; ++i) {
        auto element = dataSet.share(keys[i].tag);
        if (sameCharacterSet && element == m_elements[i])
            continue;
        m_elements[i] = std::move(element);
        QString text = m_elements[i] ? dicom::shortText(*m_elements[i], characterSet).trimmed() : QString();
        if (QString& known = m_keys.*keys[i].text; known != text)
            known.swap(text);
    }
    return m_keys;
}

TreeKeys treeKeysOf(const dicom::DataSet& dataSet)
{
    return TreeKeysReader().read(dataSet);
}

} // namespace catalog
