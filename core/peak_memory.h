#pragma once

#include <QtGlobal>

/// Bytes of memory that the process had at most, and has now; 0 where the system does not say.
qint64 peakMemory();
qint64 residentMemory();
