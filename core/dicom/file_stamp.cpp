#include "core/dicom/file_stamp.h"

#include <QFile>
#include <QFileInfo>

#include <cerrno>
#include <chrono>

#ifdef Q_OS_LINUX
#include <sys/stat.h>
#else
#include <filesystem>
#endif

namespace dicom {

namespace {

Error unreadable(const QString& path, const QString& reason)
{
    return {Error::Kind::Unreadable, QStringLiteral("cannot be read: %1").arg(reason), {}, path};
}

Error notOrdinary(const QString& path)
{
    return {Error::Kind::Unreadable, QStringLiteral("is not an ordinary file"), {}, path};
}

#ifdef Q_OS_LINUX

Result<FileStamp> stampFrom(int result, const struct stat& about, const QString& path)
{
    if (result != 0 && errno == EACCES)
        return Error{Error::Kind::Unreadable,
                     QStringLiteral("cannot be reached: its folder may not be entered"),
                     QStringLiteral("Check the folder's permissions"), path};
    if (result != 0)
        return unreadable(path, qt_error_string(errno));
    if (!S_ISREG(about.st_mode))
        return notOrdinary(path);
    const auto ns = [](const timespec& time) { return qint64{time.tv_sec} * 1'000'000'000 + time.tv_nsec; };
    return FileStamp{about.st_size, ns(about.st_mtim), ns(about.st_ctim), about.st_ino};
}

} // namespace

Result<FileStamp> stampOf(const QString& path)
{
    struct stat about {};
    const int result = ::stat(QFile::encodeName(path).constData(), &about);
    return stampFrom(result, about, path);
}

Result<FileStamp> stampOf(int handle, const QString& path)
{
    struct stat about {};
    const int result = ::fstat(handle, &about);
    return stampFrom(result, about, path);
}

#else

} // namespace

Result<FileStamp> stampOf(const QString& path)
{
    std::error_code problem;
    const std::filesystem::path native = QFileInfo(path).filesystemFilePath();
    if (std::filesystem::exists(native, problem) && !std::filesystem::is_regular_file(native, problem))
        return notOrdinary(path);
    const auto size = std::filesystem::file_size(native, problem);
    if (problem)
        return unreadable(path, QString::fromStdString(problem.message()));
    const auto time = std::filesystem::last_write_time(native, problem);
    if (problem)
        return unreadable(path, QString::fromStdString(problem.message()));
    const auto ns = std::chrono::duration_cast<std::chrono::nanoseconds>(time.time_since_epoch()).count();
    return FileStamp{static_cast<qint64>(size), static_cast<qint64>(ns)};
}

#endif

} // namespace dicom
