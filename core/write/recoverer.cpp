#include "core/write/recoverer.h"

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

} // namespace

Recoverer::Recoverer(JournalContent content, Recovery how, const RecoveryProgress& progress)
    : m_content(std::move(content))
    , m_how(how)
    , m_progress(progress)
{
    m_report.done = m_content;
    m_report.done.entries.clear();
    m_mayUseCopies = m_content.hasMark();
}

void Recoverer::complete()
{
    for (qsizetype i = 0; i < m_content.entries.size(); ++i) {
        m_report.files << completed(i);
        step();
        if (m_report.files.last().state == State::New)
            m_report.done.entries << m_content.entries[i];
    }
    removeTemporaries();
}

void Recoverer::look()
{
    m_mayUseCopies = true;
    for (const JournalEntry& entry : m_content.entries) {
        m_report.files << RecoveredFile{m_content.pathOf(entry),
                                        isInside(entry) ? stateOf(entry) : State::Changed};
        step();
    }
}

void Recoverer::originals()
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

Outcome Recoverer::sync() const
{
    for (const QString& folder : m_changed)
        if (const Outcome synced = syncFolder(folder); !synced)
            return synced;
    return Done{};
}

JournalContent Recoverer::kept() const
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

void Recoverer::step()
{
    const auto rounds = m_how == Recovery::RollBack ? 2 : 1;
    if (m_progress)
        m_progress(++m_steps, rounds * static_cast<int>(m_content.entries.size()));
}

RecoveredFile::State Recoverer::stateOf(const JournalEntry& entry) const
{
    const QString path = m_content.pathOf(entry);
    return entry.isReady() && holds(path, entry.newSize, entry.newDigest) ? State::New
        : isOld(path, entry)                                              ? State::Old
        : wasPutBack(path, entry)                                         ? State::Restored
                                                                          : State::Changed;
}

bool Recoverer::wasPutBack(const QString& path, const JournalEntry& entry)
{
    const auto digest = entry.oldDigest.isEmpty() ? Result<QByteArray>(Error()) : digestOf(path);
    return digest && *digest == entry.oldDigest;
}

bool Recoverer::isInside(const JournalEntry& entry) const
{
    const QString top = QFileInfo(m_content.folder).canonicalFilePath();
    const QString folder = QFileInfo(QFileInfo(m_content.pathOf(entry)).path()).canonicalFilePath();
    return !folder.isEmpty() && (folder == top || folder.startsWith(top.endsWith(u'/') ? top : top + u'/'));
}

RecoveredFile Recoverer::completed(qsizetype number)
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

void Recoverer::removeNeedlessCopy(const JournalEntry& entry) const
{
    const auto original = digestOf(m_content.pathOf(entry));
    const auto copy = digestOf(entry.backup);
    if (original && copy && *original == *copy)
        QFile::remove(entry.backup);
}

void Recoverer::removeTemporaries()
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

void Recoverer::putBack(qsizetype number)
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

void Recoverer::removeRestoredCopies() const
{
    for (const QString& copy : m_restored)
        QFile::remove(copy);
    removeEmptyFolders();
}

void Recoverer::removeEmptyFolders() const
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

} // namespace writer
