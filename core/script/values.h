#pragma once

#include "core/dicom/character_set.h"
#include "core/dicom/data_set.h"
#include "core/script/functions.h"

namespace script {

/// The value of a top-level attribute as a script sees it: null when absent; several values joined with
/// backslashes, each without padding; numbers as Java prints them, AT as a decimal number. Fails for
/// sequences and values that stayed in the file.
Result<Value> readValue(const dicom::DataSet& dataSet, dicom::Tag tag,
                        const dicom::CharacterSet& characterSet);

/// Sets a top-level attribute by the rules of dialect 4: VR of the element, else of the dictionary, else LO;
/// null empties it; sequences and bytes cannot be set. Text that the character set cannot hold turns the data
/// set to ISO_IR 192; `reencoded` says so.
Outcome writeValue(dicom::DataSet& dataSet, dicom::Tag tag, const Value& value, bool& reencoded);

} // namespace script
