#pragma once

#include "app/remap_options.h"
#include "core/write/recovery.h"

#include <QHash>
#include <atomic>
#include <utility>

/// What earlier, interrupted runs did in the folders that are written to. Complete new files are in their
/// places when it is made; journals stay until a new save takes them over.
struct Interrupted {
    QList<writer::JournalContent> saves;
    bool isBlocked = false; ///< one could not be brought so far; it has been said why

    bool isEmpty() const { return saves.isEmpty(); }
    /// Paths of new files, and what they were made from, as Destination wants them.
    QHash<QString, std::pair<qint64, qint64>> finished() const;
    QByteArray seed() const; ///< of the first one
    /// False when one of them was another job, which has been said then.
    bool belongsTo(const writer::JournalJob& job, const QString& keepOriginalsIn) const;
};

/// Looks where the options say that is written.
Interrupted interruptedIn(const RemapOptions& options);

/// Brings interrupted saves to an end and lists what became of every file; false when not all worked. The
/// seed of new UIDs is kept in `seedFile`, where one is named.
bool recoverFolder(const QString& folder, bool rollBack, const QString& seedFile);
/// Puts the originals of the last save back; lists those with trouble, or all where `verbose`. False when not
/// all worked.
bool restoreFolder(const QString& originals, bool verbose);

/// Turns true when the user stops the program from the terminal.
const std::atomic<bool>& stopRequested();
