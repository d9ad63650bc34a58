#pragma once

#include "core/dicom/data_set.h"

#include <optional>

namespace residue {

/// Whether any of the bits is set in the pixels of a file; empty when that cannot be found out. Reads the
/// file.
std::optional<bool> anyBitSet(const QString& path, const dicom::ClearedBits& bits);

} // namespace residue
