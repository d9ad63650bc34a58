#pragma once

#include "app/remap_options.h"

/// dicomremap --restore: puts the originals of the last save back and lists those with trouble. False when
/// not all worked.
bool restoreFolder(const RestoreOptions& options);
