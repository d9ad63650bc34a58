#pragma once

#include "core/edit/edit.h"
#include "core/write/destination.h"

#include <atomic>
#include <functional>

namespace writer {

/// What became of one file.
struct FileOutcome {
    enum class Status { Written, Failed, NotReached };
    PlannedFile file;
    Status status = Status::NotReached;
    Error error = {}; ///< for Failed
};

struct WriteReport {
    QList<FileOutcome> files; ///< every planned file, in plan order
    int written() const;
    int failed() const;
    int notReached() const; ///< cancelled before it was their turn
};

struct WriteOptions {
    int threads = 0; ///< 0: one for each core
    bool sync = true; ///< data and names are on the medium when a file counts as written
};

/// Writes each planned file as a temporary file beside its target, syncs, reads back, compares and renames it
/// into place; the target is either the old file or the complete new one at every moment. Evaluates the edits
/// itself. One bad file never stops the rest. `progress(done, total)` is called from the workers, never at
/// the same time. When `cancel` turns true no further file is begun. Every file gets the
/// permissions of its source, an overwritten one keeps its owner as far as the system allows; a file that is
/// no longer the one that was read fails with Changed. Originals are copied away only when their replacement
/// is ready.
WriteReport write(const Plan& plan, const edit::EditList& edits, edit::Evaluator& evaluator,
                  const WriteOptions& options, const std::atomic<bool>& cancel,
                  const std::function<void(int, int)>& progress);

/// Something of the identity that is still in the written files.
struct Remainder {
    enum class Kind { PersonName, Identifier, Date, FreeText, Private, BurnedIn, PathName, Neighbour };
    Kind kind{};
    QString what; ///< attribute name with path, or a file name
    QString value; ///< a sample value, shortened
    int files = 0;
};

/// What remains, most telling first: person names, IDs, dates, free text and private attributes at every
/// depth, Burned In Annotation that is YES (or absent on a modality where it matters), file and folder names
/// that contain the name or ID that the patient had, and after an overwrite the files that were not changed
/// (DICOMDIR, damaged, others) in the folders of the written files and those above, up to the opened one.
/// Empty values do not count.
QList<Remainder> whatRemains(const WriteReport& report, const Destination& destination,
                             const edit::EditList& edits, edit::Evaluator& evaluator,
                             const std::atomic<bool>& cancel);

} // namespace writer
