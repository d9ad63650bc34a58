#pragma once

#include "core/dicom/data_set.h"
#include "core/residue/remainder.h"

#include <optional>

namespace residue {

/// What a value that is still in a file may say of the patient: what PS3.15 Table E.1-1 calls it, and for all
/// others what a person may have typed into it (texts, addresses, values that do not fit their VR), what
/// names a thing (UIDs that the standard does not register), and what nobody can judge (unknown tags, values
/// that could not be read). Empty for sequences, numbers, codes that fit, empty values; private ones go by
/// their creator. Any thread.
std::optional<Remainder::Kind> remainderKind(const dicom::Element& element);

} // namespace residue
