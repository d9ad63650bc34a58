#include "core/write/recovery.h"

#include "core/base/file_sync.h"
#include "core/base/save_files.h"
#include "core/dicom/reader.h"
#include "core/write/digest.h"
#include "core/write/folder_lock.h"
#include "core/write/recoverer.h"
#include "core/write/safe_file.h"

#include <QDir>
#include <QFileInfo>
#include <QLockFile>
#include <algorithm>
#include <set>

namespace writer {

namespace {

using State = RecoveredFile::State;

bool hasFailed(const RecoveryReport& report)
{
    return report.count(State::Failed) > 0;
}

} // namespace

int RecoveryReport::count(RecoveredFile::State state) const
{
    return static_cast<int>(pathsOf(state).size());
}

QStringList RecoveryReport::pathsOf(RecoveredFile::State state) const
{
    QStringList paths;
    for (const RecoveredFile& file : files)
        if (file.state == state)
            paths << file.path;
    return paths;
}

QString manifestIn(const QString& originals)
{
    QString path;
    int number = 0;
    do
        path = originals + QStringLiteral("/dicombrowser-originals-%1.journal").arg(++number);
    while (QFileInfo::exists(path));
    return path;
}

namespace {

/// Those of one save but the one that counts: a kill may have come between the manifest and the end of the
/// journal, or into the manifest.
void removeOtherManifests(const JournalContent& content, const QString& valid)
{
    for (const QString& path : findManifests(content.originals)) {
        const auto other = readJournal(path);
        const bool isOfSave = other && (other->batch == content.batch || other->entries.isEmpty());
        if (path != valid && isOfSave)
            QFile::remove(path);
    }
}

} // namespace

Outcome writeManifest(JournalContent content)
{
    content.job = {}; // originals are restored as they were
    content.entries.removeIf([](const JournalEntry& entry) { return entry.oldDigest.isEmpty(); });
    if (content.entries.isEmpty())
        return Done{};
    const QString path = manifestIn(content.originals);
    Outcome written = writeJournal(content, entriesOf(content), path, true);
    if (written)
        removeOtherManifests(content, path);
    return written;
}

QStringList findManifests(const QString& originals)
{
    QStringList paths;
    const auto found = QDir(originals).entryInfoList({QStringLiteral("dicombrowser-originals-*.journal")},
                                                     QDir::Files, QDir::Time);
    for (const QFileInfo& manifest : found)
        paths << manifest.filePath();
    return paths;
}

QStringList manifestsOfLastSave(const QString& originals)
{
    const QStringList all = findManifests(originals);
    const auto saveOf = [](const QString& manifest) {
        const auto content = readJournal(manifest);
        return content ? content->save : QString();
    };
    const QString last = all.isEmpty() ? QString() : saveOf(all.first());
    if (last.isEmpty())
        return all.first(std::min<qsizetype>(all.size(), 1));
    QStringList ofLast;
    std::copy_if(all.begin(), all.end(), std::back_inserter(ofLast),
                 [&](const QString& manifest) { return saveOf(manifest) == last; });
    return ofLast;
}

Result<RecoveryReport> recover(const QString& journal, Recovery how, const RecoveryProgress& progress)
{
    auto content = readJournal(journal);
    if (!content)
        return content.error();
    const auto lock = lockFiles(content->folder, namesByFolder(entriesOf(*content)));
    if (!lock)
        return lock.error();
    content = readJournal(journal); // as it is now that nobody else works on it
    if (!content)
        return content.error();
    const JournalContent whole = *content;
    const bool isBegun = content->isBegun();
    Recoverer recoverer(std::move(content).value(), how, progress);
    recoverer.complete();
    recoverer.originals();
    if (const Outcome synced = recoverer.sync(); !synced)
        return synced.error();
    if (hasFailed(recoverer.report()) || (how == Recovery::CompleteToResume && isBegun))
        return recoverer.report(); // the journal stays, so that it can be tried again
    if (const Outcome written = writeManifest(recoverer.kept()); !written)
        return written.error();
    recoverer.removeRestoredCopies();
    if (!whole.remove())
        return unwritable(journal, QStringLiteral("the journal cannot be removed"));
    return recoverer.report();
}

Result<RecoveryReport> restoreOriginals(const QString& manifest, const RecoveryProgress& progress)
{
    auto content = readJournal(manifest);
    if (!content)
        return content.error();
    const auto lock = lockFiles(content->folder, namesByFolder(entriesOf(*content)));
    if (!lock)
        return lock.error();
    const QString originals = content->originals;
    Recoverer recoverer(std::move(content).value(), Recovery::RollBack, progress);
    recoverer.look();
    recoverer.originals();
    if (const Outcome synced = recoverer.sync(); !synced)
        return synced.error();
    recoverer.removeRestoredCopies();
    const bool allBack = recoverer.kept().entries.isEmpty();
    if (allBack && !QFile::remove(manifest))
        return unwritable(manifest, QStringLiteral("the list of originals cannot be removed"));
    QDir().rmdir(originals); // which it does when nothing is left in it
    return recoverer.report();
}

} // namespace writer
