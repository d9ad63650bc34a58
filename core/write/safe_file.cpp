#include "core/write/safe_file.h"

#include "core/base/file_sync.h"
#include "core/write/digest.h"

#include <QDir>
#include <QFileInfo>
#include <cerrno>
#include <filesystem>

#ifdef Q_OS_UNIX
#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>
#endif

namespace writer {

namespace {

std::filesystem::path native(const QString& path)
{
    return QFile::encodeName(path).toStdString();
}

/// To a new file that only its owner can read, and gives the digest of what was read. QFile::copy() would do
/// it by way of a file with a name of its own, which nobody removes when the program is killed.
Result<QByteArray> copyContent(const QString& source, const QString& copy, bool sync)
{
    QFile from(source);
    if (!from.open(QIODevice::ReadOnly))
        return Error{Error::Kind::Unreadable,
                     QStringLiteral("cannot be read: %1").arg(from.errorString()),
                     {},
                     source};
    QFile to(copy);
    if (!to.open(QIODevice::WriteOnly | QIODevice::NewOnly, QFile::ReadOwner | QFile::WriteOwner))
        return unwritable(copy, QStringLiteral("cannot be made: %1").arg(to.errorString()));
    Digest digest;
    QByteArray part(1 << 20, Qt::Uninitialized);
    qint64 length = 0;
    while ((length = from.read(part.data(), part.size())) > 0) {
        digest.add(QByteArrayView(part).first(length));
        if (to.write(part.constData(), length) != length)
            return unwritable(copy, QStringLiteral("cannot be written: %1").arg(to.errorString()));
    }
    if (length < 0)
        return Error{Error::Kind::Unreadable,
                     QStringLiteral("cannot be read: %1").arg(from.errorString()),
                     {},
                     source};
    if (!to.flush())
        return unwritable(copy, QStringLiteral("cannot be written: %1").arg(to.errorString()));
    if (sync)
        if (Outcome synced = syncFile(to); !synced)
            return synced.error();
    return digest.result();
}

/// In one step where the system and the file system have one.
std::error_code renameWithoutReplacing(const std::filesystem::path& from, const std::filesystem::path& to)
{
#if defined(Q_OS_LINUX) && defined(RENAME_NOREPLACE)
    if (::renameat2(AT_FDCWD, from.c_str(), AT_FDCWD, to.c_str(), RENAME_NOREPLACE) == 0)
        return {};
    if (errno != EINVAL && errno != ENOSYS)
        return {errno, std::generic_category()};
#endif
    std::error_code code;
    if (std::filesystem::exists(std::filesystem::symlink_status(to, code)))
        return std::make_error_code(std::errc::file_exists);
    std::filesystem::rename(from, to, code);
    return code;
}

} // namespace

Error unwritable(const QString& path, const QString& reason)
{
    return {Error::Kind::Unwritable, reason, QStringLiteral("Check the folder's permissions and free space"),
            path};
}

TemporaryFile::~TemporaryFile()
{
    if (!m_placed)
        QFile::remove(m_path);
}

Outcome TemporaryFile::moveTo(const QString& target, Existing existing)
{
    std::error_code code;
    if (existing == Existing::Replace)
        std::filesystem::rename(native(m_path), native(target), code);
    else
        code = renameWithoutReplacing(native(m_path), native(target));
    if (code == std::errc::file_exists)
        return unwritable(target, QStringLiteral("exists already"));
    if (code)
        return unwritable(
            target,
            QStringLiteral("cannot be put into place: %1").arg(QString::fromStdString(code.message())));
    m_placed = true;
    return Done{};
}

Outcome FolderMaker::make(const QString& folder, const QString& like)
{
    const std::lock_guard lock(m_mutex);
    if (m_made.contains(folder))
        return Done{};
    QStringList above; // the folders that get a new name in them
    QStringList made;
    for (QString missing = folder; !QFileInfo::exists(missing) && missing != QFileInfo(missing).path();
         missing = QFileInfo(missing).path()) {
        above.prepend(QFileInfo(missing).path());
        made << missing;
    }
    if (!QDir().mkpath(folder))
        return unwritable(folder, QStringLiteral("the folder cannot be made"));
    const auto owners = QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner;
    for (const QString& fresh : std::as_const(made))
        QFile::setPermissions(fresh, (QFile::permissions(fresh) & QFile::permissions(like)) | owners);
    for (const QString& changed : std::as_const(above))
        if (m_sync)
            if (Outcome synced = syncFolder(changed); !synced)
                return synced;
    m_made.insert(folder);
    m_new = made + m_new;
    return Done{};
}

void FolderMaker::removeEmpty()
{
    const std::lock_guard lock(m_mutex);
    for (const QString& folder : std::as_const(m_new))
        QDir().rmdir(folder); // which it does when nothing is in it
    m_new.clear();
    m_made.clear();
}

void copyOwnerAndPermissions(const QString& from, const QString& to)
{
#ifdef Q_OS_UNIX
    // Only the superuser may give files away: where it is refused, whoever saves owns the file. Comes first,
    // since it may take permissions back.
    struct stat about {};
    const QByteArray target = QFile::encodeName(to);
    [[maybe_unused]] const bool given = ::stat(QFile::encodeName(from).constData(), &about) == 0
        && (::chown(target.constData(), about.st_uid, about.st_gid) == 0
            || ::chown(target.constData(), static_cast<uid_t>(-1), about.st_gid) == 0);
#endif
    QFile::setPermissions(to, QFile::permissions(from));
}

Result<QByteArray> copySafely(const QString& source, const QString& copy, const QString& temporary, bool sync)
{
    if (QFileInfo::exists(copy))
        return unwritable(copy, QStringLiteral("exists already"));
    TemporaryFile made(temporary);
    const auto wanted = copyContent(source, made.path(), sync);
    if (!wanted)
        return unwritable(copy,
                          QStringLiteral("%1 cannot be copied there: %2").arg(source, wanted.error().reason));
    const auto found = digestOf(made.path());
    if (!found || *wanted != *found)
        return unwritable(copy, QStringLiteral("differs from %1 after copying").arg(source));
    copyOwnerAndPermissions(source, made.path());
    if (Outcome placed = made.moveTo(copy, TemporaryFile::Existing::Keep); !placed)
        return placed.error();
    if (sync)
        if (Outcome synced = syncFolder(QFileInfo(copy).path()); !synced)
            return synced.error();
    return wanted;
}

} // namespace writer
