#pragma once

#include "core/base/result.h"
#include "core/dicom/data_set.h"

namespace sample {

/// How a data set is put into a file.
struct Encoding {
    enum class Syntax { ExplicitLittle, ImplicitLittle, ExplicitBig, Deflated, RunLength };
    Syntax syntax = Syntax::ExplicitLittle;
    bool undefinedLengths = false; ///< of sequences and items
    bool groupLengths = false;
    QByteArray preamble = {}; ///< at most 128 bytes; zeros where empty
};

/// Encodes the data set with DCMTK and writes it as a new DICOM file; an older file of that name is replaced.
/// Fails with Unwritable.
Outcome writeFile(const QString& path, const dicom::DataSet& dataSet, const Encoding& encoding = {});

} // namespace sample
