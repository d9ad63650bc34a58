#pragma once

#include "core/base/result.h"

#include <QSet>
#include <QString>
#include <mutex>

namespace writer {

/// A file that is made beside its target: removed again unless it was put into place.
class TemporaryFile {
public:
    explicit TemporaryFile(QString path)
        : m_path(std::move(path))
    {
    }
    ~TemporaryFile();
    TemporaryFile(const TemporaryFile&) = delete;
    TemporaryFile& operator=(const TemporaryFile&) = delete;

    const QString& path() const { return m_path; }

    /// Leaves it where it is.
    void keep() { m_placed = true; }
    enum class Existing { Replace, Keep };
    /// Takes the target's place in one step; fails with Unwritable, also when there is a file and it is to be
    /// kept.
    Outcome moveTo(const QString& target, Existing existing);

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
    /// Removes the new folders that nothing came into, once all is done.
    void removeEmpty();

private:
    bool m_sync;
    std::mutex m_mutex;
    QSet<QString> m_made; ///< known to be there
    QStringList m_new; ///< those above others come after them
};

/// Gives `to` the owner and group of `from`, as far as the system allows it, and its permissions.
void copyOwnerAndPermissions(const QString& from, const QString& to);

/// Copies a file to a new one, whose folder is there already, by way of a temporary file beside it: synced
/// and compared when it returns, with owner and permissions. Gives the digest of both. Fails with Unwritable
/// and leaves nothing behind then.
Result<QByteArray> copySafely(const QString& source, const QString& copy, const QString& temporary,
                              bool sync);

Error unwritable(const QString& path, const QString& reason);

} // namespace writer
