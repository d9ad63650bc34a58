#pragma once

#include "core/dicom/file_outline.h"

namespace dicom {

/// What walking over a file shows before DCMTK, which recurses and allocates without a limit, gets to see it.
/// `bytes`: those of `file`. Fails with TooDeep, Unreadable (another limit, or a read error), Damaged, or
/// Changed.
Result<Structure> checkedStructure(FileBytes& file, ByteWindow& bytes, const Outline& outline,
                                   const ReadLimits& limits);

} // namespace dicom
