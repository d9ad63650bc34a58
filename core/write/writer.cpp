#include "core/write/writer.h"

#include "core/base/worker_thread.h"
#include "core/write/batch.h"

#include <algorithm>
#include <mutex>
#include <thread>

namespace writer {

namespace {

int countOf(const QList<FileOutcome>& files, FileOutcome::Status status)
{
    return static_cast<int>(std::count_if(files.begin(), files.end(),
                                          [&](const FileOutcome& file) { return file.status == status; }));
}

} // namespace

const Error& FileOutcome::error() const
{
    static const Error none;
    return obstacle ? *obstacle : none;
}

int WriteReport::count(FileOutcome::Status status) const
{
    return countOf(files, status);
}

WriteReport write(const Plan& plan, const edit::EditList& edits, edit::Evaluator& evaluator,
                  const WriteOptions& options, const std::atomic<bool>& cancel,
                  const std::function<void(int, int)>& progress)
{
    const int total = static_cast<int>(plan.files.size());
    WriteReport report;
    report.files.reserve(plan.files.size());
    for (const PlannedFile& file : plan.files)
        report.files << FileOutcome{file};
    if (cancel)
        return report;
    Batch batch(plan, edits, evaluator, options);
    batch.begin();
    FileOutcome* const outcomes = report.files.data(); // each worker fills in its own
    std::atomic<int> next = 0;
    int done = 0;
    std::mutex mutex;
    const auto work = [&] {
        for (int i = next++; i < total && !cancel; i = next++) {
            outcomes[i] = batch.write(i);
            const std::lock_guard lock(mutex);
            progress(++done, total);
        }
    };
    // Those that wait for the medium leave the cores to others.
    const int each = options.sync ? 3 : 1;
    const int wanted = options.threads > 0
        ? options.threads
        : each * static_cast<int>(std::max(1U, std::thread::hardware_concurrency()));
    {
        std::vector<WorkerThread> workers; // joined when they go
        workers.reserve(static_cast<size_t>(wanted));
        for (int i = 0; i < std::min(wanted, total); ++i)
            workers.emplace_back(work);
    }
    report.problems = batch.finish(!cancel);
    return report;
}

} // namespace writer
