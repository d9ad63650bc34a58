#pragma once

#include "core/dicom/data_set.h"
#include "core/sample/data_set_text.h"
#include "core/sample/phantom.h"

namespace sample {

/// A UID made from the text: 2.25 and 128 bits of its hash (PS3.5 annex B.2).
QString uidFor(const QString& text);

/// With zeros in front.
QString padded(int number, int width);

/// Image Pixel Module and Pixel Data.
void setPicture(dicom::DataSet& dataSet, const Picture& picture);

/// Where an axial image stands: position (mm), orientation, spacing.
void setAxialPlane(dicom::DataSet& dataSet, double fieldOfView, int size, double position);

} // namespace sample
