#include "core/write/writer.h"

#include "core/base/worker_thread.h"
#include "core/write/batch.h"

#include <algorithm>
#include <mutex>
#include <thread>

namespace writer {

const Error& FileOutcome::error() const
{
    static const Error none;
    return obstacle ? *obstacle : none;
}

FileOutcomes::FileOutcomes(PlannedFiles files)
    : m_files(std::move(files))
    , m_entries(static_cast<size_t>(m_files.size()))
{
}

FileOutcome FileOutcomes::operator[](qsizetype number) const
{
    const Entry& entry = m_entries[static_cast<size_t>(number)];
    return {m_files[number], entry.status, entry.obstacle};
}

int FileOutcomes::count(FileOutcome::Status status) const
{
    return static_cast<int>(std::count_if(m_entries.begin(), m_entries.end(),
                                          [&](const Entry& entry) { return entry.status == status; }));
}

void FileOutcomes::set(qsizetype number, const FileOutcome& outcome)
{
    m_entries[static_cast<size_t>(number)] = {outcome.status, outcome.obstacle};
}

FileOutcomes& FileOutcomes::operator<<(const FileOutcome& outcome)
{
    m_files << outcome.file;
    m_entries.push_back({outcome.status, outcome.obstacle});
    return *this;
}

WriteReport write(const Plan& plan, const edit::EditList& edits, edit::Evaluator& evaluator,
                  const WriteOptions& options, const std::atomic<bool>& cancel,
                  const std::function<void(int, int)>& progress)
{
    const int total = static_cast<int>(plan.files.size());
    WriteReport report;
    report.files = FileOutcomes(plan.files);
    if (cancel)
        return report;
    Batch batch(plan, edits, evaluator, options);
    batch.begin();
    std::atomic<int> next = 0;
    int done = 0;
    std::mutex mutex;
    const auto work = [&] {
        for (int i = next++; i < total && !cancel; i = next++) {
            report.files.set(i, batch.write(i));
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
