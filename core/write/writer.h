#pragma once

#include "core/edit/edit.h"
#include "core/write/destination.h"
#include "core/write/journal.h"

#include <atomic>
#include <functional>
#include <memory>
#include <vector>

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
    std::shared_ptr<const Error> obstacle = {}; ///< for Refused and Failed: there are few

    const Error& error() const;

    /// The target is as the edits want it.
    bool isDone() const { return status == Status::Written || status == Status::Unchanged; }
};

/// What became of each planned file, in plan order; a list whose members are made when they are asked for.
class FileOutcomes {
public:
    /// Nothing has become of them yet.
    explicit FileOutcomes(PlannedFiles files = {});

    qsizetype size() const { return m_files.size(); }
    bool isEmpty() const { return m_files.isEmpty(); }
    FileOutcome operator[](qsizetype number) const;
    NumberIterator<FileOutcomes> begin() const { return {*this, 0}; }
    NumberIterator<FileOutcomes> end() const { return {*this, size()}; }
    int count(FileOutcome::Status status) const;

    /// Different files may be set by different threads at the same time.
    void set(qsizetype number, const FileOutcome& outcome);
    FileOutcomes& operator<<(const FileOutcome& outcome);

private:
    struct Entry {
        FileOutcome::Status status = FileOutcome::Status::NotReached;
        std::shared_ptr<const Error> obstacle = {};
    };
    PlannedFiles m_files;
    std::vector<Entry> m_entries;
};

struct WriteReport {
    FileOutcomes files; ///< every planned file
    QList<Error>
        problems; ///< what does not belong to one file; the written files are in their place all the same

    int count(FileOutcome::Status status) const { return files.count(status); }
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
    /// Told of each file that is now as the edits want it, with what it was made from. Called from the
    /// workers, several at once.
    std::function<void(const PlannedFile& file, const dicom::LoadedFile& original,
                       const edit::Evaluated& written)>
        done = {};
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

} // namespace writer
