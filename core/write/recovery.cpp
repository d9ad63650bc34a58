#include "core/write/recovery.h"

#include "core/base/file_sync.h"
#include "core/base/save_files.h"
#include "core/dicom/reader.h"
#include "core/write/digest.h"
#include "core/write/folder_lock.h"
#include "core/write/safe_file.h"

#include <QDir>
#include <QFileInfo>
#include <QLockFile>
#include <algorithm>
#include <set>

namespace writer {

namespace {

using State = RecoveredFile::State;

bool holds(const QString& path, qint64 size, const QByteArray& wanted)
{
    if (QFileInfo(path).size() != size)
        return false;
    const auto digest = digestOf(path);
    return digest && *digest == wanted;
}

bool isOld(const QString& path, const JournalEntry& entry)
{
    if (entry.oldSize < 0)
        return !QFileInfo::exists(path);
    const auto stamp = dicom::stampOf(path);
    return stamp && stamp->size == entry.oldSize && stamp->modifiedNs == entry.oldModifiedNs;
}

/// One journal or manifest, while it is worked off.
class Recoverer {
public:
    Recoverer(JournalContent content, Recovery how, const RecoveryProgress& progress)
        : m_content(std::move(content))
        , m_how(how)
        , m_progress(progress)
    {
        m_report.done = m_content;
        m_report.done.entries.clear();
        m_mayUseCopies = m_content.hasMark();
    }

    /// Puts ready files into place.
    void complete()
    {
        for (qsizetype i = 0; i < m_content.entries.size(); ++i) {
            m_report.files << completed(i);
            step();
            if (m_report.files.last().state == State::New)
                m_report.done.entries << m_content.entries[i];
        }
        removeTemporaries();
    }

    /// Files that a finished save left. Its manifest lies among the copies and has no mark: it may only speak
    /// of images.
    void look()
    {
        m_mayUseCopies = true;
        for (const JournalEntry& entry : m_content.entries) {
            m_report.files << RecoveredFile{m_content.pathOf(entry),
                                            isInside(entry) ? stateOf(entry) : State::Changed};
            step();
        }
    }

    void originals()
    {
        for (qsizetype i = 0; i < m_content.entries.size(); ++i) {
            const JournalEntry& entry = m_content.entries[i];
            if (m_mayUseCopies && m_report.files[i].state == State::Restored)
                m_restored << entry.backup;
            if (m_mayUseCopies && m_report.files[i].state == State::New && !entry.oldDigest.isEmpty()) {
                if (m_how == Recovery::RollBack)
                    putBack(i);
                else
                    m_report.hasOriginals = true;
            }
            if (m_how == Recovery::RollBack)
                step();
        }
    }

    Outcome sync() const
    {
        for (const QString& folder : m_changed)
            if (const Outcome synced = syncFolder(folder); !synced)
                return synced;
        return Done{};
    }

    /// What can still be restored.
    JournalContent kept() const
    {
        JournalContent content = m_content;
        content.job = {};
        content.entries.clear();
        for (qsizetype i = 0; i < m_content.entries.size(); ++i)
            if (m_report.files[i].state != State::Restored && m_report.files[i].state != State::Old
                && !m_content.entries[i].oldDigest.isEmpty())
                content.entries << m_content.entries[i];
        return content;
    }

    const RecoveryReport& report() const { return m_report; }

private:
    void step()
    {
        const auto rounds = m_how == Recovery::RollBack ? 2 : 1;
        if (m_progress)
            m_progress(++m_steps, rounds * static_cast<int>(m_content.entries.size()));
    }

    State stateOf(const JournalEntry& entry) const
    {
        const QString path = m_content.pathOf(entry);
        return entry.isReady() && holds(path, entry.newSize, entry.newDigest) ? State::New
            : isOld(path, entry)                                              ? State::Old
            : wasPutBack(path, entry)                                         ? State::Restored
                                                                              : State::Changed;
    }

    /// Rolling back was interrupted, or did not work for all files.
    static bool wasPutBack(const QString& path, const JournalEntry& entry)
    {
        const auto digest = entry.oldDigest.isEmpty() ? Result<QByteArray>(Error()) : digestOf(path);
        return digest && *digest == entry.oldDigest;
    }

    /// A folder on the way may have become a link that leads elsewhere.
    bool isInside(const JournalEntry& entry) const
    {
        const QString top = QFileInfo(m_content.folder).canonicalFilePath();
        const QString folder = QFileInfo(QFileInfo(m_content.pathOf(entry)).path()).canonicalFilePath();
        return !folder.isEmpty()
            && (folder == top || folder.startsWith(top.endsWith(u'/') ? top : top + u'/'));
    }

    RecoveredFile completed(qsizetype number)
    {
        const JournalEntry& entry = m_content.entries[number];
        if (!isInside(entry))
            return {m_content.pathOf(entry), State::Changed};
        RecoveredFile file{m_content.pathOf(entry), stateOf(entry)};
        TemporaryFile temporary(m_content.temporaryOf(number));
        const bool isVerified = entry.isReady() && holds(temporary.path(), entry.newSize, entry.newDigest);
        if (file.state == State::Old && isVerified) {
            const auto existing =
                entry.oldSize < 0 ? TemporaryFile::Existing::Keep : TemporaryFile::Existing::Replace;
            if (const Outcome placed = temporary.moveTo(file.path, existing); !placed) {
                file.state = State::Failed;
                file.error = placed.error();
                temporary.keep(); // it can be tried again
            } else {
                file.state = State::New;
                ++m_report.completed;
                m_changed.insert(QFileInfo(file.path).path());
            }
        } else if (QFileInfo::exists(temporary.path())) {
            ++m_report.removed;
        }
        if (m_mayUseCopies && file.state == State::Old && !entry.backup.isEmpty())
            removeNeedlessCopy(entry);
        return file;
    }

    /// The original is in its place, so its copy would only be in the way of the next save.
    void removeNeedlessCopy(const JournalEntry& entry) const
    {
        const auto original = digestOf(m_content.pathOf(entry));
        const auto copy = digestOf(entry.backup);
        if (original && copy && *original == *copy)
            QFile::remove(entry.backup);
    }

    /// Copies of originals that were not finished lie beside where they were to be.
    void removeTemporaries()
    {
        std::set<QString> folders;
        for (const JournalEntry& entry : m_content.entries)
            if (m_mayUseCopies && !entry.backup.isEmpty())
                folders.insert(QFileInfo(entry.backup).path());
        for (const QString& folder : folders)
            for (const QFileInfo& found : QDir(folder).entryInfoList(QDir::Files | QDir::Hidden))
                if (savefiles::batchOfTemporary(found.fileName()) == m_content.batch)
                    m_report.removed += QFile::remove(found.filePath());
    }

    void putBack(qsizetype number)
    {
        const JournalEntry& entry = m_content.entries[number];
        RecoveredFile& file = m_report.files[number];
        const auto fail = [&](const Error& error) {
            file.state = State::Failed;
            file.error = error;
        };
        for (const QString& path : {entry.backup, file.path})
            if (const auto image = dicom::readFile(path); !image)
                return fail({image.error().kind, image.error().reason, image.error().remedy, path});
        const auto kept = digestOf(entry.backup);
        if (!kept)
            return fail(kept.error());
        if (*kept != entry.oldDigest)
            return fail({Error::Kind::Verification, QStringLiteral("is not the original any more"),
                         QStringLiteral("The file that it belongs to was left as it is"), entry.backup});
        const QString beside = QFileInfo(file.path).path() + u'/';
        const QString original = beside + savefiles::temporaryName(m_content.batch, static_cast<int>(number));
        const QString unfinished = beside
            + savefiles::temporaryName(m_content.batch, static_cast<int>(number + m_content.entries.size()));
        QFile::remove(original);
        QFile::remove(unfinished);
        const auto copied = copySafely(entry.backup, original, unfinished, true);
        if (!copied)
            return fail(copied.error());
        TemporaryFile temporary(original);
        if (stateOf(entry) != State::New) { // copying took its time
            file.state = State::Changed;
            return;
        }
        if (const Outcome placed = temporary.moveTo(file.path, TemporaryFile::Existing::Replace); !placed)
            return fail(placed.error());
        file.state = State::Restored;
        m_changed.insert(QFileInfo(file.path).path());
        m_restored << entry.backup;
    }

public:
    /// When the originals are in their places for sure.
    void removeRestoredCopies() const
    {
        for (const QString& copy : m_restored)
            QFile::remove(copy);
        removeEmptyFolders();
    }

private:
    /// Those that were made for copies.
    void removeEmptyFolders() const
    {
        std::set<QString> folders;
        for (const JournalEntry& entry : m_content.entries)
            if (m_mayUseCopies && !entry.backup.isEmpty())
                folders.insert(QDir::cleanPath(QFileInfo(entry.backup).path()));
        const QString top = QDir::cleanPath(m_content.originals) + u'/';
        for (QString folder : folders)
            while (folder.startsWith(top) && QDir().rmdir(folder))
                folder = QFileInfo(folder).path();
    }

    JournalContent m_content;
    bool m_mayUseCopies = false;
    Recovery m_how;
    const RecoveryProgress& m_progress;
    int m_steps = 0;
    RecoveryReport m_report;
    std::set<QString> m_changed; ///< folders
    QStringList m_restored; ///< copies
};

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
    Outcome written = writeJournal(content, path, true);
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
    const auto lock = lockFiles(content->folder, content->namesByFolder());
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
    const auto lock = lockFiles(content->folder, content->namesByFolder());
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
