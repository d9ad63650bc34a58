#pragma once

#include "core/base/result.h"
#include "core/write/journal.h"

#include <QList>
#include <functional>

namespace writer {

/// What became of a file of an interrupted save.
struct RecoveredFile {
    enum class State {
        New, ///< the complete new file is in its place
        Old, ///< the file that was there before is in its place; of a copy: there is none yet
        Restored, ///< the original was put back
        Changed, ///< somebody else changed or removed it since; it was left alone
        Failed ///< see error
    };
    QString path;
    State state = State::Old;
    Error error = {};
};

struct RecoveryReport {
    QList<RecoveredFile> files; ///< in the order of the save
    int completed = 0; ///< of the new ones: put into place now
    int removed = 0; ///< unfinished temporary files
    bool hasOriginals = false; ///< originals of new files were kept, so that the save can be rolled back
    JournalContent done; ///< its new files, for a save that goes on with it

    int count(RecoveredFile::State state) const;
    QStringList pathsOf(RecoveredFile::State state) const;
};

enum class Recovery {
    Complete, ///< verified temporary files take their places
    CompleteToResume, ///< the same, but the journal stays: the save that goes on takes it over
    RollBack ///< besides, originals that were kept are put back
};

/// Called on the thread that works, with steps done and all.
using RecoveryProgress = std::function<void(int done, int total)>;

/// Brings an interrupted save to an end: verified new files are put into their places, unfinished ones
/// removed, so that every file is the old one or the complete new one. The journal is removed when that
/// worked for all files; where originals are kept, a manifest beside them allows to restore them later. May
/// be called again at any time. Fails with Busy while a save is at work in the folder, or Damaged.
Result<RecoveryReport> recover(const QString& journal, Recovery how, const RecoveryProgress& progress = {});

/// A free name for the manifest of kept originals.
QString manifestIn(const QString& originals);
/// Writes a manifest of the originals that entries of the content have, where there are any. Fails with
/// Unwritable.
Outcome writeManifest(JournalContent content);
/// The manifests in a folder of kept originals, latest first.
QStringList findManifests(const QString& originals);
/// Those of the last save, which has one for each folder that it was at work in.
QStringList manifestsOfLastSave(const QString& originals);

/// Puts originals back that a finished save kept: checked by digest, and only over files that are still as
/// that save left them. Copies and manifest are removed when the originals are in their places, and the
/// folder when nothing is left in it. Fails with Unreadable, Damaged, or Busy while a save is at work there.
Result<RecoveryReport> restoreOriginals(const QString& manifest, const RecoveryProgress& progress = {});

} // namespace writer
