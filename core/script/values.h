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

/// The representation that a value assigned to a top-level attribute gets by the rules of dialect 4: that of
/// the element, else of the dictionary; LO where nobody knows.
dicom::Vr vrToWrite(const dicom::DataSet& dataSet, dicom::Tag tag);

/// The bytes of a value to assign; none for null. Fails for sequences and bytes, which a script cannot set,
/// and for what the representation cannot hold.
Result<QByteArray> bytesToWrite(dicom::Tag tag, dicom::Vr vr, const Value& value,
                                const dicom::CharacterSet& characterSet);

} // namespace script
