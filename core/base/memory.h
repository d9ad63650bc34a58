#pragma once

#include <QtGlobal>

/// Bytes of memory that the process had at most, and has now; 0 where the system does not say.
qint64 peakMemory();
qint64 residentMemory();

/// Gives the system back what was freed, where it is not done at once. Takes less than a millisecond; any
/// thread.
void releaseUnusedMemory();
