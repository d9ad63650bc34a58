#pragma once

#include "core/dicom/data_set.h"

namespace deid {

/// Value bytes of that VR which are valid and mean nothing; empty for sequences and UIDs.
QByteArray dummyBytes(dicom::Vr vr);

} // namespace deid
