#pragma once

#include "core/write/recovery.h"

enum class Listing { Brief, Everything };

/// Says what became of the files of a save that was brought to an end or undone; what went well is only
/// counted where it is brief. False when not all worked.
bool tellRecovery(const Result<writer::RecoveryReport>& report, Listing listing);
