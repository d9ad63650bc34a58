#pragma once

// Only for the .cpp files of core/dicom: the one place that knows how an element begins.

#include "core/dicom/structure.h"
#include "core/dicom/vr.h"

#include <QtEndian>
#include <optional>

namespace dicom {

/// A number of the encoding's byte order; so many bytes must be there.
template <typename Integer>
Integer number(const char* from, Encoding encoding)
{
    return encoding.bigEndian ? qFromBigEndian<Integer>(from) : qFromLittleEndian<Integer>(from);
}

/// The tag in four bytes.
inline Tag tagAt(const char* at, Encoding encoding)
{
    return {number<quint16>(at, encoding), number<quint16>(at + 2, encoding)};
}

/// What stands before the value of an element, or before the content of an item (PS3.5 sections 7.1 and 7.5).
struct ElementHeader {
    Tag tag;
    std::optional<Vr> vr; ///< none in implicit VR, of items and delimiters, and of letters that are no VR
    bool hasUnknownVr = false; ///< such letters: the length is not known then, and was not read
    quint32 length = 0;
    int size = 8; ///< bytes of the header: 8, or 12 where the length has 32 bits behind a VR
};

/// False when the bytes end before the header does. `Bytes` has at(position, count): that many bytes, or
/// null.
template <typename Bytes>
bool readElementHeader(Bytes& bytes, qint64 position, Encoding encoding, ElementHeader& header)
{
    const char* at = bytes.at(position, 8);
    if (!at)
        return false;
    header = {tagAt(at, encoding), {}, false, 0, 8};
    if (!encoding.explicitVr || header.tag.group == 0xFFFE) {
        header.length = number<quint32>(at + 4, encoding);
        return true;
    }
    header.vr = parseVr(at[4], at[5]);
    header.hasUnknownVr = !header.vr;
    if (header.hasUnknownVr)
        return true;
    if (!hasLongForm(*header.vr)) {
        header.length = number<quint16>(at + 6, encoding);
        return true;
    }
    at = bytes.at(position, 12);
    if (!at)
        return false;
    header.length = number<quint32>(at + 8, encoding);
    header.size = 12;
    return true;
}

} // namespace dicom
