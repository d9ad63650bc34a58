#include "core/base/file_sync.h"

#include <cerrno>
#include <cstring>

#ifdef Q_OS_WIN
#include <io.h>
#else
#include <fcntl.h>
#include <unistd.h>
#endif

namespace {

Error failed(const QString& path, int code)
{
    return {Error::Kind::Unwritable,
            QStringLiteral("could not be flushed to disk: %1").arg(qt_error_string(code)),
            QStringLiteral("Check the disk and its free space"), path};
}

} // namespace

Outcome syncFile(QFile& file)
{
    if (!file.flush())
        return Error{Error::Kind::Unwritable, QStringLiteral("cannot be written: %1").arg(file.errorString()),
                     QStringLiteral("Check the disk and its free space"), file.fileName()};
    return syncFile(file.handle(), file.fileName());
}

Outcome syncFile(int handle, const QString& path)
{
#ifdef Q_OS_WIN
    if (_commit(handle) != 0)
#else
    if (::fsync(handle) != 0)
#endif
        return failed(path, errno);
    return Done{};
}

void beginSync(QFile& file)
{
#ifdef Q_OS_LINUX
    ::sync_file_range(file.handle(), 0, 0, SYNC_FILE_RANGE_WRITE);
#else
    Q_UNUSED(file)
#endif
}

Outcome dropFromCache(const QString& path)
{
#ifdef Q_OS_LINUX
    const int handle = ::open(QFile::encodeName(path).constData(), O_RDONLY | O_CLOEXEC);
    if (handle < 0)
        return failed(path, errno);
    const int code = ::posix_fadvise(handle, 0, 0, POSIX_FADV_DONTNEED);
    ::close(handle);
    if (code != 0)
        return failed(path, code);
    return Done{};
#else
    return Error{Error::Kind::Unwritable,
                 QStringLiteral("cannot be read back from the medium on this system"),
                 QStringLiteral("Switch reading from the medium off"), path};
#endif
}

Outcome syncFolder(const QString& folder)
{
#ifndef Q_OS_WIN
    const int handle = ::open(QFile::encodeName(folder).constData(), O_RDONLY);
    if (handle < 0)
        return failed(folder, errno);
    // Some file systems cannot sync folders and say so with EINVAL.
    const int code = ::fsync(handle) == 0 || errno == EINVAL ? 0 : errno;
    ::close(handle);
    if (code != 0)
        return failed(folder, code);
#else
    Q_UNUSED(folder)
#endif
    return Done{};
}
