#pragma once

#include "app/remap_options.h"

enum ExitStatus { Ok = 0, NotEverythingWritten = 1, WrongUse = 2 };

/// dicomremap FILE|FOLDER…: applies profile and scripts and writes the results. Says what it does on standard
/// error.
ExitStatus remap(const RemapOptions& options);
