#pragma once

#include "core/catalog/instance.h"
#include "core/catalog/tree_keys.h"

#include <QSet>
#include <QStringList>
#include <atomic>
#include <functional>

namespace catalog {

/// One part of a scan's result; loaded + not loaded = seen, file by file.
struct ScanBatch {
    struct Loaded {
        std::shared_ptr<Instance> instance; ///< id not yet given (-1); nobody else has it
        TreeKeys keys;
        QString canonicalPath; ///< links followed
    };
    QList<Loaded> loaded; ///< in no particular order
    QList<Issue> issues;
    int seen = 0; ///< files looked at so far
    int found = 0; ///< files found so far; final when listing is done
    bool listed = false; ///< all folders have been listed; never when it was cancelled before

    QList<InstancePtr> instances() const;
};

/// Finds all files under the paths (files and folders; symbolic links are followed, loops are not; of a
/// DICOMDIR that is among the paths itself, the files that it refers to below its folder) and reads them on
/// `threads` workers. `deliver` is called from the workers, never at the same time. Returns when everything
/// was delivered or when `cancel` turned true (files not looked at are not delivered then). Skips the files
/// whose canonical paths are in `known`.
void scan(const QStringList& paths, const QSet<QString>& known, const std::atomic<bool>& cancel,
          const std::function<void(ScanBatch)>& deliver, int threads = 0);

} // namespace catalog
