#pragma once

#include "core/base/result.h"

#include <QString>

namespace dicom {

/// Moves a date or date-time by a number of seconds: YYYY[MM[DD[HH[MM[SS]]]]][.f…][±ZZZZ]. What is there
/// stays as precise as it was, with its fraction and offset; a partial one counts from the middle of its
/// span. Fails for anything else, without quoting it, and beyond the years 1 to 9999.
Result<QString> shifted(const QString& dateTime, qint64 seconds);

/// Seconds of a number of "years" (365 days), "days", "hours", "minutes" or "seconds". Fails for other words
/// and for what is no whole number.
Result<qint64> secondsIn(const QString& number, const QString& unit);

} // namespace dicom
