#pragma once

// Only for the .cpp files of core/dicom: DCMTK's types stay behind it.

#include "core/dicom/byte_source.h"
#include "core/dicom/file_outline.h"
#include "core/dicom/reader.h"
#include "core/dicom/structure.h"

namespace dicom {
class ElementCache;
}

namespace dicom::dcmtk_side {

/// A file as DCMTK reads it, with its automatic correction of input switched off; no stamp yet. Fails with
/// Damaged, or as reading the bytes does.
Result<LoadedFile> load(const QString& path, const std::shared_ptr<FileBytes>& bytes, const Outline& outline,
                        const Structure& structure, ElementCache& cache, const ReadLimits& limits);

/// Sets the library's switches and silences its logs.
void initialise();

} // namespace dicom::dcmtk_side
