#pragma once

#include "core/residue/remainder.h"
#include "core/write/writer.h"

namespace writer {

/// What remains, most telling first, and before what the edits set or changed what is as it was (by its text,
/// whatever its character set): person names, IDs, dates, texts, addresses, UIDs, unknown and private
/// attributes and values that do not fit their representation, at every depth and in the file meta
/// information; preamble and padding; Burned In Annotation that is YES (or absent on a modality where it
/// matters) and overlays left in the pixels; file and folder names that contain the name, ID, a date or a UID
/// that the object had; and after an overwrite the files that were not changed (DICOMDIR, damaged, others) in
/// the folders of the written files and those above, up to the opened one. Empty values do not count.
QList<residue::Remainder> whatRemains(const WriteReport& report, const Destination& destination,
                                      const edit::EditList& edits, edit::Evaluator& evaluator,
                                      const std::atomic<bool>& cancel);

} // namespace writer
