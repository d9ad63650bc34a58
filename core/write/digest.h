#pragma once

#include "core/result.h"

#include <QByteArray>

namespace writer {

/// Tells the contents of files apart, also where somebody means to deceive: BLAKE2b with 256 bits. Fails with
/// Unreadable.
Result<QByteArray> digestOf(const QString& path);

} // namespace writer
