#include "core/write/writer.h"

#include "core/dicom/dicom_file.h"
#include "core/file_sync.h"

#include <QCryptographicHash>
#include <QDir>
#include <QFileInfo>
#include <QRandomGenerator>
#include <algorithm>
#include <filesystem>
#include <mutex>
#include <thread>

namespace writer {

namespace {

std::filesystem::path native(const QString& path)
{
    return QFile::encodeName(path).toStdString();
}

Error unwritable(const QString& path, const QString& reason)
{
    return {Error::Kind::Unwritable, reason, QStringLiteral("Check the folder's permissions and free space"),
            path};
}

/// A name beside the target that nothing has: removed again unless the file was put into place.
class TemporaryFile {
public:
    explicit TemporaryFile(const QString& target)
    {
        do
            m_path = QFileInfo(target).path()
                + QStringLiteral("/.dicombrowser-%1.tmp")
                      .arg(QRandomGenerator::global()->generate64(), 16, 16, QLatin1Char('0'));
        while (QFileInfo::exists(m_path));
    }
    ~TemporaryFile()
    {
        if (!m_placed)
            QFile::remove(m_path);
    }
    TemporaryFile(const TemporaryFile&) = delete;
    TemporaryFile& operator=(const TemporaryFile&) = delete;

    const QString& path() const { return m_path; }

    /// Takes the target's place in one step.
    Outcome moveTo(const QString& target)
    {
        std::error_code code;
        std::filesystem::rename(native(m_path), native(target), code);
        if (code)
            return unwritable(
                target,
                QStringLiteral("cannot be put into place: %1").arg(QString::fromStdString(code.message())));
        m_placed = true;
        return Done{};
    }

private:
    QString m_path;
    bool m_placed = false;
};

Outcome makeFolder(const QString& folder)
{
    return QDir().mkpath(folder) ? Outcome(Done{})
                                 : Outcome(unwritable(folder, QStringLiteral("the folder cannot be made")));
}

Result<QByteArray> digestOf(const QString& path)
{
    QFile file(path);
    QCryptographicHash hash(QCryptographicHash::Sha256);
    if (!file.open(QIODevice::ReadOnly) || !hash.addData(&file))
        return Error{
            Error::Kind::Unreadable, QStringLiteral("cannot be read: %1").arg(file.errorString()), {}, path};
    return hash.result();
}

/// Copies the original away: synced and compared before the original may be replaced.
Outcome backUp(const PlannedFile& file, bool sync)
{
    if (const Outcome made = makeFolder(QFileInfo(file.backup).path()); !made)
        return made;
    TemporaryFile copy(file.backup);
    if (!QFile::copy(file.source, copy.path()))
        return unwritable(file.backup, QStringLiteral("the original cannot be copied there"));
    QFile handle(copy.path());
    handle.setPermissions(handle.permissions() | QFile::WriteOwner);
    if (!handle.open(QIODevice::ReadWrite))
        return unwritable(file.backup, handle.errorString());
    if (sync)
        if (const Outcome synced = syncFile(handle); !synced)
            return synced;
    handle.close();
    const auto original = digestOf(file.source);
    const auto copied = digestOf(copy.path());
    if (!original || !copied || *original != *copied)
        return unwritable(file.backup, QStringLiteral("the copy of the original differs from it"));
    handle.setPermissions(QFile::permissions(file.source));
    return copy.moveTo(file.backup);
}

/// One file, from source to target. Whatever fails, the target stays as it was.
Outcome writeOne(const PlannedFile& file, const edit::EditList& edits, edit::Evaluator& evaluator, bool sync)
{
    auto edited = evaluator.evaluate(*file.instance, edits);
    if (!edited)
        return edited.error();
    const QString folder = QFileInfo(file.target).path();
    if (const Outcome made = makeFolder(folder); !made)
        return made;
    const bool overwrite = file.target == file.source;
    if (!overwrite && QFileInfo::exists(file.target))
        return unwritable(file.target, QStringLiteral("exists already"));
    if (!file.backup.isEmpty())
        if (const Outcome backedUp = backUp(file, sync); !backedUp)
            return backedUp;
    const dicom::DicomFile output(file.instance->file, std::move(edited).value());
    TemporaryFile temporary(file.target);
    if (const Outcome written = output.write(temporary.path(), sync); !written)
        return written;
    if (const Outcome verified = output.verify(temporary.path()); !verified)
        return verified;
    QFile::setPermissions(temporary.path(), QFile::permissions(file.source));
    if (const Outcome placed = temporary.moveTo(file.target); !placed)
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
    std::atomic<int> next = 0;
    int done = 0;
    std::mutex mutex;
    const auto work = [&] {
        for (int i = next++; i < total && !cancel; i = next++) {
            FileOutcome& outcome = outcomes[static_cast<size_t>(i)];
            const Outcome result = writeOne(plan.files[i], edits, evaluator, options.sync);
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
