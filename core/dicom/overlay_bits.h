#pragma once

#include "core/dicom/data_set.h"

namespace dicom {

/// Overlays (PS3.3 section C.9.2) that lie in bits of the pixels which the image does not use, as old objects
/// have them: groups 60xx without Overlay Data.
struct OverlayBits {
    ClearedBits clearable; ///< outside the stored bits of uncompressed pixels: can be cleared without a loss
    QList<quint16> groups; ///< such groups
    QList<quint16> fixed; ///< of these, whose bit cannot be cleared: stored bits, or compressed pixels
};

OverlayBits overlayBitsOf(const DataSet& dataSet);

/// Bits of a pixel that the image does not use; empty where there are none, or where that is not known.
ClearedBits unusedBitsOf(const DataSet& dataSet);

/// PS3.3 section C.9.2.
constexpr bool isOverlay(Tag tag)
{
    return tag.group >= 0x6000 && tag.group <= 0x60FF && tag.group % 2 == 0;
}

} // namespace dicom
