#pragma once

#include "core/base/result.h"

#include <QString>

namespace dicom {

/// Identifies the content of a file well enough to see that it was changed since.
struct FileStamp {
    qint64 size = 0;
    qint64 modifiedNs = 0; ///< since the epoch
    qint64 changedNs = 0; ///< of its entry in the file system, where there is such a time; nobody can set it
    quint64 number = 0; ///< of the file in its file system, where there is one
    friend bool operator==(const FileStamp&, const FileStamp&) = default;
};

/// The stamp of what a path points to now (symbolic links are followed); Unreadable when there is no such
/// file.
Result<FileStamp> stampOf(const QString& path);

#ifdef Q_OS_LINUX
/// The same of an open file; `path` is for the error.
Result<FileStamp> stampOf(int handle, const QString& path);
#endif

} // namespace dicom
