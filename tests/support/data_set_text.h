#pragma once

#include "core/dicom/data_set.h"

#include <QString>

namespace testing_support {

/// A data set from lines "path VR value", values as dicom::valueText() writes them:
///     (0010,0010) PN Doe^Jane
///     (0040,0275) SQ
///     (0040,0275)[0]/(0008,0050) SH A1
/// Sequences and items that a path needs are made. Private paths may leave out the creator. Aborts on a
/// typing error.
dicom::DataSet dataSet(const QString& text);

/// The same lines from a data set; sequences as "SQ 2 items".
QString text(const dicom::DataSet& dataSet);

} // namespace testing_support
