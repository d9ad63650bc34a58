#pragma once

#include "core/dicom/structure.h"

#include <QtEndian>

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

} // namespace dicom
