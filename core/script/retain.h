#pragma once

#include "core/script/path.h"

namespace script {

/// The data set without its private attributes, at any depth, but for those that the paths name, everything
/// below them, the private sequences that lead to them, and their creators.
dicom::DataSet withPrivateRetained(const dicom::DataSet& dataSet, const std::vector<Path>& paths);

} // namespace script
