#pragma once

#include "core/base/result.h"

#include <QFile>

/// Waits until the file's content is on the medium. Fails with Unwritable: errors of earlier writes surface
/// here.
Outcome syncFile(QFile& file);

/// The same of an open file, whose buffers are written already; `path` is for the error.
Outcome syncFile(int handle, const QString& path);

/// Lets the medium begin with what was written to the file, and does not wait. Nothing where the system has
/// no means to.
void beginSync(QFile& file);

/// Makes the next reader of a file fetch it from the medium instead of from the system's cache. The file must
/// be on the medium already. Fails with Unwritable where the system has no means to.
Outcome dropFromCache(const QString& path);

/// Waits until the names in a folder are on the medium; does nothing where the system offers no way to.
Outcome syncFolder(const QString& folder);
