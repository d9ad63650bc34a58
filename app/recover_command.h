#pragma once

#include "app/remap_options.h"

/// dicomremap --recover: brings interrupted saves to an end and lists what became of every file. False when
/// not all worked.
bool recoverFolder(const RecoverOptions& options);
