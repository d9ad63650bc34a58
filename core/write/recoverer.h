#pragma once

// Only for recovery.cpp and recoverer.cpp.

#include "core/write/recovery.h"

#include <set>

namespace writer {

/// One journal or manifest, while it is worked off.
class Recoverer {
public:
    Recoverer(JournalContent content, Recovery how, const RecoveryProgress& progress);

    /// Puts ready files into place.
    void complete();
    /// Files that a finished save left. Its manifest lies among the copies and has no mark: it may only speak
    /// of images.
    void look();
    void originals();
    Outcome sync() const;
    /// What can still be restored.
    JournalContent kept() const;
    /// When the originals are in their places for sure.
    void removeRestoredCopies() const;
    const RecoveryReport& report() const { return m_report; }

private:
    void step();
    RecoveredFile::State stateOf(const JournalEntry& entry) const;
    /// Rolling back was interrupted, or did not work for all files.
    static bool wasPutBack(const QString& path, const JournalEntry& entry);
    /// A folder on the way may have become a link that leads elsewhere.
    bool isInside(const JournalEntry& entry) const;
    RecoveredFile completed(qsizetype number);
    /// The original is in its place, so its copy would only be in the way of the next save.
    void removeNeedlessCopy(const JournalEntry& entry) const;
    /// Copies of originals that were not finished lie beside where they were to be.
    void removeTemporaries();
    void putBack(qsizetype number);

    /// Those that were made for copies.
    void removeEmptyFolders() const;

    JournalContent m_content;
    bool m_mayUseCopies = false;
    Recovery m_how;
    const RecoveryProgress& m_progress;
    int m_steps = 0;
    RecoveryReport m_report;
    std::set<QString> m_changed; ///< folders
    QStringList m_restored; ///< copies
};

} // namespace writer
