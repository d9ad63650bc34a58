#pragma once

#include "core/result.h"

#include <QFile>

/// Waits until the file's content is on the medium. Fails with Unwritable: errors of earlier writes surface
/// here.
Outcome syncFile(QFile& file);

/// Waits until the names in a folder are on the medium; does nothing where the system offers no way to.
Outcome syncFolder(const QString& folder);
