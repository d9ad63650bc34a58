#include "core/write/safe_file.h"

#include "core/file_sync.h"

#include <QCryptographicHash>
#include <QDir>
#include <QFileInfo>
#include <QRandomGenerator>
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

Result<QByteArray> digestOf(const QString& path)
{
    QFile file(path);
    QCryptographicHash hash(QCryptographicHash::Sha256);
    if (!file.open(QIODevice::ReadOnly) || !hash.addData(&file))
        return Error{
            Error::Kind::Unreadable, QStringLiteral("cannot be read: %1").arg(file.errorString()), {}, path};
    return hash.result();
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

TemporaryFile::TemporaryFile(const QString& target)
{
    do
        m_path = QFileInfo(target).path()
            + QStringLiteral("/.dicombrowser-%1.tmp")
                  .arg(QRandomGenerator::global()->generate64(), 16, 16, QLatin1Char('0'));
    while (QFileInfo::exists(m_path));
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

Outcome backUp(const QString& source, const QString& backup, bool sync)
{
    if (QFileInfo::exists(backup))
        return unwritable(backup, QStringLiteral("exists already"));
    TemporaryFile copy(backup);
    if (!QFile::copy(source, copy.path()))
        return unwritable(backup, QStringLiteral("the original cannot be copied there"));
    QFile::setPermissions(copy.path(), QFile::ReadOwner | QFile::WriteOwner);
    if (sync)
        if (Outcome synced = syncCopy(copy.path()); !synced)
            return synced;
    const auto original = digestOf(source);
    const auto copied = digestOf(copy.path());
    if (!original || !copied || *original != *copied)
        return unwritable(backup, QStringLiteral("the copy of the original differs from it"));
    copyOwnerAndPermissions(source, copy.path());
    if (Outcome placed = copy.moveTo(backup); !placed)
        return placed;
    return sync ? syncFolder(QFileInfo(backup).path()) : Outcome(Done{});
}

} // namespace writer
