#pragma once

#include "core/result.h"

#include <QSet>
#include <QString>
#include <mutex>

namespace writer {

/// A hidden name beside the target that nothing has: removed again unless it was put into place.
class TemporaryFile {
public:
    explicit TemporaryFile(const QString& target);
    ~TemporaryFile();
    TemporaryFile(const TemporaryFile&) = delete;
    TemporaryFile& operator=(const TemporaryFile&) = delete;

    const QString& path() const { return m_path; }

    /// Takes the target's place in one step. Fails with Unwritable.
    Outcome moveTo(const QString& target);

private:
    QString m_path;
    bool m_placed = false;
};

/// Makes the folders of targets. Thread-safe.
class FolderMaker {
public:
    /// `sync`: the names of new folders are on the medium when make() returns.
    explicit FolderMaker(bool sync)
        : m_sync(sync)
    {
    }

    /// The folder is there when it returns, with those above it; new ones are as open to others as the folder
    /// `like`. Fails with Unwritable.
    Outcome make(const QString& folder, const QString& like);

private:
    bool m_sync;
    std::mutex m_mutex;
    QSet<QString> m_made;
};

/// Gives `to` the owner and group of `from`, as far as the system allows it, and its permissions.
void copyOwnerAndPermissions(const QString& from, const QString& to);

/// Copies `source` to the new file `backup`, whose folder is there already: synced and compared when it
/// returns. Fails with Unwritable and leaves nothing behind then.
Outcome backUp(const QString& source, const QString& backup, bool sync);

Error unwritable(const QString& path, const QString& reason);

} // namespace writer
