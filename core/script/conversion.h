#pragma once

#include "core/base/result.h"
#include "core/dicom/data_set.h"
#include "core/dicom/text/character_set.h"

namespace script {

/// What happens to bytes that have no meaning in the character set that a data set declares.
enum class Undeclared {
    Keep, ///< they stay as they are: whoever declares another set means them
    Guess, ///< they are read as UTF-8 or Latin-1, where that is possible
};

/// Turns all text in the data set and its items from their character sets into another one, and declares that
/// (no declaration for the default repertoire). Fails, naming the attribute, when the target cannot hold a
/// text, or when a text stayed in the file.
Result<dicom::DataSet> converted(const dicom::DataSet& dataSet, const dicom::CharacterSet& target,
                                 Undeclared undeclared);

} // namespace script
