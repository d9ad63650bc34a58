#include "core/write/writer.h"

#include "core/dicom/dicom_file.h"
#include "core/file_sync.h"
#include "core/write/safe_file.h"

#include <QFileInfo>
#include <algorithm>
#include <mutex>
#include <thread>

namespace writer {

namespace {

/// That source and target are still what the plan found; what changed meanwhile is not overwritten.
Outcome checkStillAsPlanned(const PlannedFile& file)
{
    if (file.target != file.source && QFileInfo::exists(file.target))
        return unwritable(file.target, QStringLiteral("exists already"));
    const auto stamp = dicom::stampOf(file.source);
    if (!stamp || *stamp != file.instance->file.stamp)
        return Error{Error::Kind::Changed, QStringLiteral("was changed on disk since it was read"),
                     QStringLiteral("Close it and open it again"), file.source};
    return Done{};
}

/// Keeps the original when that is wanted; it is the last thing before the original is replaced, so that a
/// file that is refused leaves no copy behind.
Outcome keepOriginal(const PlannedFile& file, FolderMaker& folders, bool sync)
{
    if (file.backup.isEmpty())
        return Done{};
    if (Outcome made = folders.make(QFileInfo(file.backup).path(), QFileInfo(file.source).path()); !made)
        return made;
    return backUp(file.source, file.backup, sync);
}

/// One file, from source to target. Whatever fails, the target stays as it was.
Outcome writeOne(const PlannedFile& file, const edit::EditList& edits, edit::Evaluator& evaluator,
                 FolderMaker& folders, bool sync)
{
    if (Outcome asPlanned = checkStillAsPlanned(file); !asPlanned)
        return asPlanned;
    auto edited = evaluator.evaluate(*file.instance, edits);
    if (!edited)
        return edited.error();
    const QString folder = QFileInfo(file.target).path();
    if (Outcome made = folders.make(folder, QFileInfo(file.source).path()); !made)
        return made;
    const dicom::DicomFile output(file.instance->file, std::move(edited).value());
    TemporaryFile temporary(file.target);
    if (Outcome written = output.write(temporary.path(), sync); !written)
        return written;
    if (Outcome verified = output.verify(temporary.path()); !verified)
        return verified;
    if (file.target == file.source)
        copyOwnerAndPermissions(file.source, temporary.path());
    else
        QFile::setPermissions(temporary.path(), QFile::permissions(file.source));
    if (Outcome kept = keepOriginal(file, folders, sync); !kept)
        return kept;
    // Again: verifying and copying take their time.
    Outcome placed = checkStillAsPlanned(file);
    if (placed)
        placed = temporary.moveTo(file.target);
    if (!placed && !file.backup.isEmpty() && QFileInfo::exists(file.source))
        QFile::remove(file.backup); // not needed: the original is still in its place
    if (!placed)
        return placed;
    return sync ? syncFolder(folder) : Outcome(Done{});
}

int countOf(const QList<FileOutcome>& files, FileOutcome::Status status)
{
    return static_cast<int>(std::count_if(files.begin(), files.end(),
                                          [&](const FileOutcome& file) { return file.status == status; }));
}

} // namespace

int WriteReport::written() const
{
    return countOf(files, FileOutcome::Status::Written);
}

int WriteReport::failed() const
{
    return countOf(files, FileOutcome::Status::Failed);
}

int WriteReport::notReached() const
{
    return countOf(files, FileOutcome::Status::NotReached);
}

WriteReport write(const Plan& plan, const edit::EditList& edits, edit::Evaluator& evaluator,
                  const WriteOptions& options, const std::atomic<bool>& cancel,
                  const std::function<void(int, int)>& progress)
{
    const int total = static_cast<int>(plan.files.size());
    std::vector<FileOutcome> outcomes(plan.files.size());
    FolderMaker folders(options.sync);
    std::atomic<int> next = 0;
    int done = 0;
    std::mutex mutex;
    const auto work = [&] {
        for (int i = next++; i < total && !cancel; i = next++) {
            FileOutcome& outcome = outcomes[static_cast<size_t>(i)];
            const Outcome result = writeOne(plan.files[i], edits, evaluator, folders, options.sync);
            outcome.status = result ? FileOutcome::Status::Written : FileOutcome::Status::Failed;
            if (!result)
                outcome.error = result.error();
            const std::lock_guard lock(mutex);
            progress(++done, total);
        }
    };
    const int wanted = options.threads > 0
        ? options.threads
        : static_cast<int>(std::max(1U, std::thread::hardware_concurrency()));
    std::vector<std::thread> workers;
    for (int i = 1; i < std::min(wanted, total); ++i)
        workers.emplace_back(work);
    work();
    for (std::thread& worker : workers)
        worker.join();
    WriteReport report;
    for (int i = 0; i < total; ++i) {
        FileOutcome outcome = std::move(outcomes[static_cast<size_t>(i)]);
        outcome.file = plan.files[i];
        if (outcome.status == FileOutcome::Status::Failed && outcome.error.file.isEmpty())
            outcome.error.file = outcome.file.source;
        report.files << outcome;
    }
    return report;
}

} // namespace writer
