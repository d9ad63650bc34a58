#include "core/write/journal.h"

#include "core/base/file_sync.h"
#include "core/base/save_files.h"
#include "core/write/folder_lock.h"
#include "core/write/safe_file.h"

namespace writer {

namespace {

Outcome mark(const JournalContent& content)
{
    if (content.originals.isEmpty())
        return Done{};
    QFile file(content.markPath());
    if (!file.open(QIODevice::WriteOnly | QIODevice::NewOnly, QFile::ReadOwner | QFile::WriteOwner))
        return unwritable(content.originals,
                          QStringLiteral("cannot be written to: %1").arg(file.errorString()));
    return Done{};
}

} // namespace

Result<std::shared_ptr<Journal>> Journal::begin(JournalContent content, const JournalEntries& entries,
                                                bool sync, const QStringList& ours)
{
    auto lock = lockFiles(content.folder, namesByFolder(entries), ours);
    if (!lock)
        return lock.error();
    std::shared_ptr<Journal> journal(new Journal);
    journal->m_lock = *lock;
    journal->m_sync = sync;
    content.batch = savefiles::newBatch();
    content.planned = entries.size;
    content.entries = {};
    for (qsizetype i = 0; i < entries.size; ++i) {
        const JournalEntry entry = entries.at(i);
        journal->m_placed.push_back(entry.isReady());
        if (!content.originals.isEmpty())
            content.entries << entry;
    }
    journal->m_content = std::move(content);
    if (Outcome marked = mark(journal->m_content); !marked)
        return marked.error();
    const QString path = journal->m_content.path();
    if (Outcome written = writeJournal(journal->m_content, entries, path, sync); !written)
        return written.error();
    journal->m_file.setFileName(path);
    // Unbuffered: what could not be written must not be tried again behind our back.
    if (!journal->m_file.open(QIODevice::WriteOnly | QIODevice::Append | QIODevice::ExistingOnly
                              | QIODevice::Unbuffered))
        return unwritable(
            path, QStringLiteral("the journal cannot be written: %1").arg(journal->m_file.errorString()));
    return journal;
}

Journal::~Journal() = default;

QString Journal::temporaryIn(const QString& folder, int number) const
{
    return folder + u'/' + savefiles::temporaryName(m_content.batch, number);
}

Outcome Journal::append(const QByteArray& text, std::unique_lock<std::mutex>& lock)
{
    const qint64 whole = m_file.size();
    if (m_file.write(text) != text.size() || !m_file.flush()) {
        const QString reason = m_file.errorString();
        m_file.resize(whole); // half a line would spoil those behind it
        return unwritable(m_file.fileName(), QStringLiteral("the journal cannot be written: %1").arg(reason));
    }
    ++m_lines;
    return m_sync ? sync(m_lines, lock) : Outcome(Done{});
}

/// Opens the lock while it waits.
Outcome Journal::sync(int line, std::unique_lock<std::mutex>& lock)
{
    while (m_onMedium < line) {
        if (line <= m_lost)
            return m_whyLost;
        if (m_waiting) {
            m_waited.wait(lock);
            continue;
        }
        m_waiting = true;
        const int last = m_lines;
        const int handle = m_file.handle();
        const QString path = m_file.fileName();
        lock.unlock();
        const Outcome synced = syncFile(handle, path);
        lock.lock();
        m_waiting = false;
        (synced ? m_onMedium : m_lost) = last;
        if (!synced)
            m_whyLost = synced.error();
        m_waited.notify_all();
    }
    return Done{};
}

Outcome Journal::ready(int number, qint64 size, const QByteArray& digest, const QByteArray& oldDigest)
{
    std::unique_lock lock(m_mutex);
    JournalEntry written;
    JournalEntry& entry = m_content.entries.isEmpty() ? written : m_content.entries[number];
    entry.newSize = size;
    entry.newDigest = digest;
    entry.oldDigest = oldDigest;
    return append(readyLine(number, entry), lock);
}

void Journal::placed(int number)
{
    const std::lock_guard lock(m_mutex);
    m_placed[static_cast<size_t>(number)] = true;
}

JournalContent Journal::written() const
{
    JournalContent content = m_content;
    content.entries.clear();
    for (qsizetype i = 0; i < m_content.entries.size(); ++i)
        if (m_placed[static_cast<size_t>(i)])
            content.entries << m_content.entries[i];
    return content;
}

Outcome Journal::finish()
{
    const std::lock_guard lock(m_mutex);
    m_file.close();
    if (!m_content.remove())
        return unwritable(m_file.fileName(), QStringLiteral("the journal cannot be removed"));
    return m_sync ? syncFolder(m_content.folder) : Outcome(Done{});
}

} // namespace writer
