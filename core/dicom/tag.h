#pragma once

#include <QHashFunctions>
#include <QString>
#include <QStringView>
#include <compare>
#include <optional>

namespace dicom {

/// A data element tag (PS3.5 section 7.1): group and element number; ordered as elements stand in a data set.
struct Tag {
    quint16 group = 0;
    quint16 element = 0;

    friend constexpr auto operator<=>(const Tag&, const Tag&) = default;

    constexpr quint32 value() const { return (quint32{group} << 16) | element; }
    constexpr bool isFileMeta() const { return group == 0x0002; }
    constexpr bool isGroupLength() const { return element == 0; }
    /// Odd groups are private (PS3.5 section 7.8).
    constexpr bool isPrivate() const { return (group & 1) != 0; }
    /// (gggg,0010-00FF): reserves a block of private elements.
    constexpr bool isPrivateCreator() const { return isPrivate() && element >= 0x10 && element <= 0xFF; }
    /// The creator element that reserves this private element's block; element 0 when it lies in no block.
    constexpr Tag creatorTag() const
    {
        const bool inBlock = isPrivate() && (element >> 8) >= 0x10;
        return {group, static_cast<quint16>(inBlock ? element >> 8 : 0)};
    }
};

constexpr Tag tagOf(quint32 value)
{
    return {static_cast<quint16>(value >> 16), static_cast<quint16>(value & 0xFFFF)};
}

/// "(0010,0010)", hex digits in upper case.
QString toString(Tag tag);

/// Reads "(gggg,eeee)", "gggg,eeee" or "ggggeeee", blanks around the parts allowed; empty when it is none.
std::optional<Tag> parseTag(QStringView text);

inline size_t qHash(Tag tag, size_t seed = 0) noexcept
{
    return ::qHash(tag.value(), seed);
}

namespace tags {
inline constexpr Tag FileMetaInformationGroupLength{0x0002, 0x0000};
inline constexpr Tag MediaStorageSOPClassUID{0x0002, 0x0002};
inline constexpr Tag MediaStorageSOPInstanceUID{0x0002, 0x0003};
inline constexpr Tag TransferSyntaxUID{0x0002, 0x0010};
inline constexpr Tag SpecificCharacterSet{0x0008, 0x0005};
inline constexpr Tag SOPClassUID{0x0008, 0x0016};
inline constexpr Tag SOPInstanceUID{0x0008, 0x0018};
inline constexpr Tag StudyDate{0x0008, 0x0020};
inline constexpr Tag StudyTime{0x0008, 0x0030};
inline constexpr Tag AccessionNumber{0x0008, 0x0050};
inline constexpr Tag Modality{0x0008, 0x0060};
inline constexpr Tag StudyDescription{0x0008, 0x1030};
inline constexpr Tag SeriesDescription{0x0008, 0x103E};
inline constexpr Tag PatientName{0x0010, 0x0010};
inline constexpr Tag PatientID{0x0010, 0x0020};
inline constexpr Tag PatientBirthDate{0x0010, 0x0030};
inline constexpr Tag PatientSex{0x0010, 0x0040};
inline constexpr Tag PatientAge{0x0010, 0x1010};
inline constexpr Tag StudyInstanceUID{0x0020, 0x000D};
inline constexpr Tag SeriesInstanceUID{0x0020, 0x000E};
inline constexpr Tag StudyID{0x0020, 0x0010};
inline constexpr Tag SeriesNumber{0x0020, 0x0011};
inline constexpr Tag InstanceNumber{0x0020, 0x0013};
inline constexpr Tag FrameOfReferenceUID{0x0020, 0x0052};
inline constexpr Tag PixelRepresentation{0x0028, 0x0103};
inline constexpr Tag BurnedInAnnotation{0x0028, 0x0301};
inline constexpr Tag DirectoryRecordSequence{0x0004, 0x1220};
inline constexpr Tag PixelData{0x7FE0, 0x0010};
inline constexpr Tag DataSetTrailingPadding{0xFFFC, 0xFFFC};
inline constexpr Tag Item{0xFFFE, 0xE000};
inline constexpr Tag ItemDelimitationItem{0xFFFE, 0xE00D};
inline constexpr Tag SequenceDelimitationItem{0xFFFE, 0xE0DD};
} // namespace tags

} // namespace dicom
