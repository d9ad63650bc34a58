#pragma once

#include "core/base/result.h"

#include <QStringList>
#include <memory>

class QLockFile;

namespace writer {

/// Keeps other saves out of a folder as long as it lives; gone with the process. Fails with Busy or
/// Unwritable.
Result<std::shared_ptr<QLockFile>> lockFolder(const QString& folder);

/// The same for a save of files, by their names below the folder: Busy also when another one is at work in a
/// folder above, or in one that the names lead through. `ours` are the folders that the caller itself has
/// locked.
Result<std::shared_ptr<QLockFile>> lockFiles(const QString& folder, const QStringList& names,
                                             const QStringList& ours = {});

/// Removes locks of processes that are gone, in a folder and all below it. They are in nobody's way, but in
/// sight.
void removeStaleLocks(const QString& folder);

} // namespace writer
