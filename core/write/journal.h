#pragma once

#include "core/write/journal_content.h"

#include <QFile>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <vector>

class QLockFile;

namespace writer {

/// What a save does in one folder, on the medium before it is done, so that it can be completed or undone
/// after the program was killed or the power failed. Holds file names, sizes, digests and the seed, no values
/// of a patient; only its owner can read it. Thread-safe.
class Journal {
public:
    /// Makes the journal with the entries (batch and count are set here), and a mark in the folder of the
    /// originals, which must be there; entries that are ready already were written before. `sync`: it
    /// is on the medium when this and ready() return. Fails with Unwritable, or with Busy when another save
    /// is at work in the folder, above it or where its files are; `ours` are folders of journals of the same
    /// save.
    static Result<std::shared_ptr<Journal>> begin(JournalContent content, const JournalEntries& entries,
                                                  bool sync, const QStringList& ours = {});
    ~Journal();
    Journal(const Journal&) = delete;
    Journal& operator=(const Journal&) = delete;

    const QString& folder() const { return m_content.folder; }
    /// Where the new file is made before it is put into place, in the folder of its target.
    QString temporaryIn(const QString& folder, int number) const;
    /// The temporary file is complete and verified, and about to be put into place.
    Outcome ready(int number, qint64 size, const QByteArray& digest, const QByteArray& oldDigest);
    /// The new file is in place.
    void placed(int number);
    /// With the entries whose files are in their places, where copies of originals are kept; otherwise there
    /// is nobody to tell, and none. When no thread is at work with it any more.
    JournalContent written() const;
    /// Everything is done: nothing has to be recovered.
    Outcome finish();

private:
    Journal() = default;
    Outcome append(const QByteArray& line, std::unique_lock<std::mutex>& lock);
    Outcome sync(int line, std::unique_lock<std::mutex>& lock);

    JournalContent m_content; ///< without entries where no originals are kept: there may be many
    std::vector<bool> m_placed; ///< of the entries
    bool m_sync = true;
    std::shared_ptr<QLockFile> m_lock;
    QFile m_file;
    std::mutex m_mutex;
    // One wait for the medium does for all lines that were written before it began.
    std::condition_variable m_waited;
    bool m_waiting = false;
    int m_lines = 0;
    int m_onMedium = 0; ///< of the lines
    int m_lost = 0; ///< the last line that was waited for in vain; the system tells that once
    Error m_whyLost;
};

} // namespace writer
