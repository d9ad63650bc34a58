#include "core/write/folder_lock.h"

#include "core/base/save_files.h"
#include "core/write/safe_file.h"

#include <QDir>
#include <QDirIterator>
#include <QElapsedTimer>
#include <QFile>
#include <QFileInfo>
#include <QLockFile>
#include <QSet>
#include <QThread>

namespace writer {

namespace {

/// QLockFile keeps the system's reason to itself.
QString whyNotWritable(const QString& folder)
{
    QFile probe(folder + u'/' + savefiles::temporaryName(savefiles::newBatch(), 0));
    if (!probe.open(QIODevice::WriteOnly | QIODevice::NewOnly))
        return probe.errorString();
    probe.remove();
    return QStringLiteral("it cannot be locked");
}

/// A program that was killed while it made its lock leaves one that names no process, which QLockFile takes
/// for one at work for ever. Whoever is making one has it named in less than this.
bool takeNameless(QLockFile& lock)
{
    constexpr int patience = 300; // milliseconds
    QElapsedTimer waited;
    waited.start();
    qint64 process = 0;
    QString host, program;
    do {
        if (lock.getLockInfo(&process, &host, &program) || !QFileInfo::exists(lock.fileName()))
            return lock.tryLock(0);
        QThread::msleep(20);
    } while (!waited.hasExpired(patience));
    lock.setStaleLockTime(patience / 2);
    const bool taken = lock.tryLock(0);
    lock.setStaleLockTime(0);
    return taken;
}

QStringList foldersAbove(const QString& folder)
{
    QStringList folders;
    QDir above(folder);
    while (above.cdUp())
        folders << above.path();
    return folders;
}

/// Those that the names lead through.
QStringList foldersBelow(const QString& folder, const QStringList& names)
{
    QSet<QString> folders;
    for (const QString& name : names)
        for (qsizetype end = name.lastIndexOf(u'/'); end > 0; end = name.lastIndexOf(u'/', end - 1)) {
            const QString below = folder + u'/' + name.first(end);
            if (folders.contains(below))
                break;
            folders.insert(below);
        }
    return folders.values();
}

} // namespace

Result<std::shared_ptr<QLockFile>> lockFolder(const QString& folder)
{
    auto lock = std::make_shared<QLockFile>(folder + u'/' + savefiles::lockName());
    lock->setStaleLockTime(0); // however long a save takes; one whose process is gone counts as gone
    if (lock->tryLock(0) || (lock->error() == QLockFile::LockFailedError && takeNameless(*lock)))
        return lock;
    if (lock->error() == QLockFile::LockFailedError)
        return Error{Error::Kind::Busy, QStringLiteral("another program is saving in this folder"),
                     QStringLiteral("Wait until it is done and try again"), folder};
    return unwritable(folder, QStringLiteral("cannot be written to: %1").arg(whyNotWritable(folder)));
}

Result<std::shared_ptr<QLockFile>> lockFiles(const QString& folder, const QStringList& names,
                                             const QStringList& ours)
{
    auto lock = lockFolder(folder);
    if (!lock)
        return lock;
    // Ours is there first: of two saves that begin at the same time at least one sees the other.
    for (const QString& other : foldersAbove(folder) + foldersBelow(folder, names))
        if (!ours.contains(other) && QFileInfo::exists(other + u'/' + savefiles::lockName()))
            if (const auto free = lockFolder(other); !free && free.error().kind == Error::Kind::Busy)
                return free.error();
    return lock;
}

void removeStaleLocks(const QString& folder)
{
    QDirIterator all(folder, {savefiles::lockName()}, QDir::Files | QDir::Hidden,
                     QDirIterator::Subdirectories);
    QStringList folders;
    while (all.hasNext())
        folders << QFileInfo(all.next()).path();
    for (const QString& found : std::as_const(folders))
        (void)lockFolder(found); // taking and releasing it removes it
}

} // namespace writer
