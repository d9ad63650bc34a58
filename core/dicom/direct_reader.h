#pragma once

#include "core/dicom/element_cache.h"
#include "core/dicom/file_outline.h"

#include <optional>

namespace dicom {

/// What the direct way finds in a file.
struct DirectlyRead {
    DataSet meta;
    DataSet dataSet;
    bool hasOpenLengths = false; ///< sequences or items end with delimiters
    bool hasUnknown = false; ///< there are values of VR UN among them
};

/// Reads an ordinary file in one pass, without DCMTK: explicit VR little endian with file meta information as
/// PS3.10 section 7.1 wants it, every element in its place and complete. Gives what DCMTK would. Empty as
/// soon as anything about the file is unusual, or beyond a limit: the long way has to look then.
std::optional<DirectlyRead> readDirectly(ByteWindow& bytes, const Outline& outline, const ReadLimits& limits,
                                         ElementCache& cache);

} // namespace dicom
