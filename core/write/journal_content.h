#pragma once

#include "core/base/result.h"

#include <QByteArray>
#include <QList>
#include <QString>
#include <functional>

namespace writer {

/// One file of a save. Names are relative to the folder that the save is in.
struct JournalEntry {
    QString name; ///< of the file that is written
    qint64 oldSize = -1; ///< of the file that it replaces; -1: none was there
    qint64 oldModifiedNs = 0;
    QString backup = {}; ///< path of the copy of the original, in the folder of the originals; empty: none
    qint64 newSize = -1; ///< of the verified new file; -1: it was not ready
    QByteArray newDigest = {};
    QByteArray oldDigest = {}; ///< of the copy of the original, when there is one
    qint64 sourceSize = -1; ///< of the file that it is made from, when that is another one
    qint64 sourceModifiedNs = 0;

    bool isReady() const { return newSize >= 0; }
    friend bool operator==(const JournalEntry&, const JournalEntry&) = default;
};

/// What a save works from: whoever goes on with it later must work from the same.
struct JournalJob {
    QByteArray fingerprint; ///< of what is to be done; empty: it cannot be gone on with
    QByteArray seed; ///< of new UIDs
    friend bool operator==(const JournalJob&, const JournalJob&) = default;
};

/// A journal as it is in its file.
struct JournalContent {
    QString folder; ///< that the names are relative to
    QString originals = {}; ///< folder for copies of originals; empty: none are kept
    QString batch = {};
    QString save = {}; ///< of all journals of one save the same; empty in those of earlier versions
    JournalJob job = {};
    qsizetype planned = -1; ///< how many entries there were to be; -1: not even that was written
    QList<JournalEntry> entries = {}; ///< the number of a temporary file is its entry's place here

    /// Otherwise the save ended while the journal was written, before anything was done.
    bool isBegun() const { return planned >= 0 && planned == entries.size(); }
    QString pathOf(const JournalEntry& entry) const { return folder + u'/' + entry.name; }
    QString temporaryOf(qsizetype number) const;
    QString path() const; ///< of the journal itself
    QString markPath() const; ///< of the mark in the folder of the originals
    /// Copies that the save itself made: whoever delivers images may deliver journals that speak of any file.
    bool hasMark() const;
    /// Journal and mark.
    bool remove() const;
};

/// The entries of a journal that is to be written, made when they are asked for: there may be many.
struct JournalEntries {
    qsizetype size = 0;
    std::function<JournalEntry(qsizetype number)> at;
};
/// Those that a journal holds, which must outlive them.
JournalEntries entriesOf(const JournalContent& content);
/// Of one file in each of the folders that are written to.
QStringList namesByFolder(const JournalEntries& entries);

/// Reads a journal, also one whose last line was cut off. Refuses names that lead out of the folder: whoever
/// delivers images may deliver journals. Fails with Unreadable or Damaged.
Result<JournalContent> readJournal(const QString& path);

/// The journals of interrupted saves in a folder and all below it.
QStringList findJournals(const QString& folder);
/// The nearest folder above one that holds such a journal; empty when there is none.
QString interruptedAbove(const QString& folder);
/// Whether an interrupted save put copies of originals there.
bool holdsOriginalsOfInterrupted(const QString& folder);

/// Writes a whole journal with these entries instead of its own, which a manifest of kept originals is too.
/// Fails with Unwritable.
Outcome writeJournal(const JournalContent& content, const JournalEntries& entries, const QString& path,
                     bool sync);

/// What stands behind a journal's planned files when one of them is ready.
QByteArray readyLine(qsizetype number, const JournalEntry& entry);

} // namespace writer
