#pragma once

#include "core/dicom/data_set.h"
#include "core/dicom/text/character_set.h"
#include "core/script/functions.h"

namespace script {

/// The value of an attribute of a data set as a script sees it: null when absent; several values joined with
/// backslashes, each without padding; numbers as Java prints them, AT as a decimal number. Fails for
/// sequences and values that stayed in the file.
Result<Value> readValue(const dicom::DataSet& dataSet, dicom::Tag tag,
                        const dicom::CharacterSet& characterSet);

/// What an assignment may do, by dialect.
enum class Writing { Legacy, Four, Six };

/// The representation that a value assigned to an attribute gets: that of the element, else of the
/// dictionary, where `hasSignedPixels` decides between US and SS; where nobody knows, LO in dialects L and 4
/// and UN in dialect 6.
dicom::Vr vrToWrite(const dicom::DataSet& holder, bool hasSignedPixels, dicom::Tag tag,
                    const QString& creator, Writing writing);

/// The bytes of a value to assign; none for null. Fails for sequences and, save in dialect 6, for bytes, and
/// for what the representation cannot hold.
Result<QByteArray> bytesToWrite(dicom::Tag tag, dicom::Vr vr, const Value& value,
                                const dicom::CharacterSet& characterSet, Writing writing);

} // namespace script
