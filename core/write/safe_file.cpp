#include "core/write/safe_file.h"

#include "core/file_sync.h"
#include "core/write/digest.h"

#include <QDir>
#include <QFileInfo>
#include <filesystem>

#ifdef Q_OS_UNIX
#include <sys/stat.h>
#include <unistd.h>
#endif

namespace writer {

namespace {

std::filesystem::path native(const QString& path)
{
    return QFile::encodeName(path).toStdString();
}

Outcome syncCopy(const QString& path)
{
    QFile copy(path);
    if (!copy.open(QIODevice::ReadWrite))
        return unwritable(path, QStringLiteral("cannot be opened: %1").arg(copy.errorString()));
    return syncFile(copy);
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

Outcome TemporaryFile::moveTo(const QString& target)
{
    std::error_code code;
    std::filesystem::rename(native(m_path), native(target), code);
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
    return Done{};
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
    QFile original(source);
    if (!original.copy(made.path()))
        return unwritable(
            copy, QStringLiteral("%1 cannot be copied there: %2").arg(source, original.errorString()));
    QFile::setPermissions(made.path(), QFile::ReadOwner | QFile::WriteOwner);
    if (sync)
        if (Outcome synced = syncCopy(made.path()); !synced)
            return synced.error();
    const auto wanted = digestOf(source);
    const auto found = digestOf(made.path());
    if (!wanted || !found || *wanted != *found)
        return unwritable(copy, QStringLiteral("differs from %1 after copying").arg(source));
    copyOwnerAndPermissions(source, made.path());
    if (Outcome placed = made.moveTo(copy); !placed)
        return placed.error();
    if (sync)
        if (Outcome synced = syncFolder(QFileInfo(copy).path()); !synced)
            return synced.error();
    return wanted;
}

} // namespace writer
