#pragma once

#include "core/dicom/encoder.h"

#include <span>

namespace testing_support {

/// One of the ordinary encodings of uncompressed data sets.
struct Form {
    const char* transferSyntax;
    dicom::Encoding encoding;
    bool sequencesAreUnknown =
        false; ///< VR UN, their items in implicit VR little endian (PS3.5 section 6.2.2)
};
std::span<const Form> otherForms();

/// The bytes of a file that holds the data set in another form, without the values that were left in their
/// file.
QByteArray fileInForm(const dicom::DataSet& dataSet, const Form& form, const dicom::SourceFile& source);

} // namespace testing_support
