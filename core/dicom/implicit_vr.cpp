#include "core/dicom/implicit_vr.h"

#include "core/dicom/dcmtk/detect.h"
#include "core/dicom/dictionary.h"

#include <algorithm>
#include <iterator>

namespace dicom {

namespace {

/// Attributes that are "OB or OW" or "US or OW" in PS3.6, of which the dictionary gives the first: OW in
/// implicit VR (PS3.5 section A.1). Without the part of the group that repeats.
constexpr quint32 words[] = {
    0x00143050, // Dark Current Counts
    0x00143070, // Air Counts
    0x00281200, // Gray Lookup Table Data
    0x00283006, // LUT Data
    0x5000200C, // Audio Sample Data
    0x50003000, // Curve Data
    0x54000110, // Channel Minimum Value
    0x54000112, // Channel Maximum Value
    0x5400100A, // Waveform Padding Value
    0x54001010, // Waveform Data
    0x60003000, // Overlay Data
    0x7F000010, // Variable Pixel Data
    0x7FE00010, // Pixel Data
};

bool isOfWords(Tag tag)
{
    const bool repeats =
        (tag.group & 0xFF00) == 0x5000 || (tag.group & 0xFF00) == 0x6000 || (tag.group & 0xFF00) == 0x7F00;
    const quint32 pattern = repeats && tag.group != 0x7FE0 ? tag.value() & 0xFF00FFFF : tag.value();
    return std::find(std::begin(words), std::end(words), pattern) != std::end(words);
}

ImplicitVrs::Kind publicKind(Tag tag)
{
    if (const auto* entry = findStandard(tag))
        return {isOfWords(tag) ? Vr::OW : entry->vr, entry->followsSign};
    return {};
}

/// DCMTK's dictionary takes its time to load, so it is only asked where it may know a sequence. It goes by
/// the creator as it stands there, with the blank that fills it up.
ImplicitVrs::Kind privateKind(Tag tag, const QByteArray& creator)
{
    const auto* entry = findPrivate(QString::fromLatin1(creator).trimmed(), tag);
    const bool isSequence = entry && entry->vr == Vr::SQ && dcmtk_side::isSequence(tag, creator);
    return {isSequence ? Vr::SQ : Vr::UN, false};
}

} // namespace

ImplicitVrs::Kind ImplicitVrs::of(Tag tag, const DataSet& holder)
{
    if (tag.isPrivateCreator())
        return {Vr::LO, false};
    if (tag.isGroupLength())
        return {Vr::UL, false};
    const Element* creator = tag.isPrivate() ? holder.find(tag.creatorTag()) : nullptr;
    if (m_recent.empty())
        m_recent.resize(size_t{1} << recentBits);
    Recent& recent =
        m_recent[tag.value() * 2654435761U >> recentShift]; // Knuth's multiplier spreads the tags
    if (recent.tag == tag && recent.creator.data() == creator)
        return recent.kind;
    const Kind kind = known(tag, creator ? creator->bytes() : QByteArray());
    recent = {tag, creator ? holder.share(tag.creatorTag()) : ElementPtr(), kind};
    return kind;
}

ImplicitVrs::Kind ImplicitVrs::known(Tag tag, const QByteArray& creator)
{
    const std::pair key(creator, tag.value());
    if (const auto kind = m_kinds.constFind(key); kind != m_kinds.constEnd())
        return *kind;
    constexpr qsizetype most =
        65536; // no ordinary archive has as many; creators that are made up may be more
    if (m_kinds.size() >= most)
        m_kinds.clear();
    return *m_kinds.insert(key, tag.isPrivate() ? privateKind(tag, creator) : publicKind(tag));
}

} // namespace dicom
