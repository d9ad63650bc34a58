#pragma once

#include "core/base/result.h"

#include <QByteArray>

namespace edit {

/// 32 bytes from the system's secure generator: what everything random in a run is made from.
QByteArray randomSeed();

/// The seed that a file holds as 64 hex digits. Where there is no such file it is made, readable by its owner
/// only, with a random seed: whoever has it can repeat the run. Fails with Unreadable, Unwritable or
/// InvalidValue.
Result<QByteArray> seedFromFile(const QString& path);

/// Makes a file with a seed, for seedFromFile(). Fails with Unwritable, also when there is a file already.
Outcome keepSeed(const QByteArray& seed, const QString& path);

} // namespace edit
