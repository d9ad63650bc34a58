#pragma once

#include "core/edit/edit.h"
#include "core/write/destination.h"
#include "core/write/journal.h"

#include <atomic>
#include <functional>

namespace writer {

/// What became of one file.
struct FileOutcome {
    enum class Status {
        Written,
        Unchanged, ///< to overwrite it would have changed nothing: left alone
        Refused, ///< declined on purpose: changed meanwhile, a statement failed, not safe to rewrite
        Failed, ///< could not be read or written
        NotReached ///< cancelled before it was its turn
    };
    PlannedFile file;
    Status status = Status::NotReached;
    Error error = {}; ///< for Refused and Failed

    /// The target is as the edits want it.
    bool isDone() const { return status == Status::Written || status == Status::Unchanged; }
};

struct WriteReport {
    QList<FileOutcome> files; ///< every planned file, in plan order
    QList<Error>
        problems; ///< what does not belong to one file; the written files are in their place all the same

    int count(FileOutcome::Status status) const;
    int written() const { return count(FileOutcome::Status::Written); }
    int notWritten() const
    {
        return count(FileOutcome::Status::Refused) + count(FileOutcome::Status::Failed);
    }
};

struct WriteOptions {
    int threads = 0; ///< 0: one for each core, and more of them where they wait for the medium
    bool sync = true; ///< data and names are on the medium when write() returns
    bool readFromMedium = false; ///< what is compared comes from the medium, not from the system's cache
    JournalJob job = {}; ///< for the journal: whoever goes on after an interruption must do the same
    QList<JournalContent> resumed = {}; ///< what an interrupted save did before; its journals are taken over
};

/// Writes each planned file as a temporary file beside its target, syncs, reads back, compares and renames it
/// into place; the target is either the old file or the complete new one at every moment. Evaluates the edits
/// itself. One bad file never stops the rest. `progress(done, total)` is called from the workers, never at
/// the same time. When `cancel` turns true no further file is begun, and a
/// save that can be gone on with keeps its journal. Every file gets the
/// permissions of its source, an overwritten one keeps its owner as far as the system allows; a file that is
/// no longer the one that was read is refused. Originals are copied away only when their replacement is
/// ready. A journal in the folder that is written to makes it possible to recover when the program ends
/// before (recovery.h).
WriteReport write(const Plan& plan, const edit::EditList& edits, edit::Evaluator& evaluator,
                  const WriteOptions& options, const std::atomic<bool>& cancel,
                  const std::function<void(int, int)>& progress);

/// Something of the identity that is still in the written files.
struct Remainder {
    enum class Kind {
        PersonName,
        Identifier,
        Date,
        FreeText,
        Private,
        BurnedIn, ///< in the pictures, or in bits of their pixels
        PathName,
        Neighbour,
        Misfit, ///< a value that its representation does not allow, such as a name in a code
        Unknown, ///< no dictionary has the tag, or the value could not be read as what it should be
        OtherText, ///< text that PS3.15 Table E.1-1 does not name
        Uid, ///< not registered by the standard
        Outside ///< preamble, padding after the data set
    };
    Kind kind{};
    QString what; ///< attribute name with path, or a file name
    QString value; ///< a sample value, shortened; one that is as in the original, where there is any
    int files = 0;
    int kept = 0; ///< of the files: those in which it is as it was in the original
};

/// What remains, most telling first, and before what the edits set or changed what is as it was (by its text,
/// whatever its character set): person names, IDs, dates, texts, addresses, UIDs, unknown and private
/// attributes and values that do not fit their representation, at every depth and in the file meta
/// information; preamble and padding; Burned In Annotation that is YES (or absent on a modality where it
/// matters) and overlays left in the pixels; file and folder names that contain the name, ID, a date or a UID
/// that the object had; and after an overwrite the files that were not changed (DICOMDIR, damaged, others) in
/// the folders of the written files and those above, up to the opened one. Empty values do not count.
QList<Remainder> whatRemains(const WriteReport& report, const Destination& destination,
                             const edit::EditList& edits, edit::Evaluator& evaluator,
                             const std::atomic<bool>& cancel);

} // namespace writer
