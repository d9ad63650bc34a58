#include "core/catalog/scan.h"

#include "core/base/worker_thread.h"
#include "core/catalog/file_queue.h"
#include "core/catalog/lister.h"
#include "core/dicom/element_cache.h"

#include <QSet>

#include <algorithm>
#include <chrono>
#include <mutex>
#include <thread>

namespace catalog {

namespace {

Issue::Kind issueKind(Error::Kind kind)
{
    switch (kind) {
    case Error::Kind::NotDicom:
        return Issue::Kind::NotDicom;
    case Error::Kind::Directory:
        return Issue::Kind::Directory;
    case Error::Kind::TooDeep:
        return Issue::Kind::TooDeep;
    case Error::Kind::Damaged:
        return Issue::Kind::Damaged;
    default:
        return Issue::Kind::Unreadable;
    }
}

/// Collects results of all workers and hands them on in batches.
class Collector {
public:
    Collector(FileQueue& queue, const std::function<void(ScanBatch)>& deliver)
        : m_queue(queue)
        , m_deliver(deliver)
    {
    }

    void take(const FoundFile& found, Result<dicom::LoadedFile> file, TreeKeysReader& keys)
    {
        if (!file)
            return add(
                m_batch.issues,
                Issue{issueKind(file.error().kind), found.path, file.error().reason, file.error().remedy});
        const TreeKeys itsKeys = keys.read(file->dataSet);
        auto instance = std::make_shared<Instance>(instanceOf(std::move(file).value(), -1, found.root));
        instance->openedAlone = found.alone;
        add(m_batch.loaded, ScanBatch::Loaded{std::move(instance), itsKeys, found.canonical});
    }

    void take(const Issue& issue) { add(m_batch.issues, issue); }

    void send()
    {
        m_last = std::chrono::steady_clock::now();
        m_batch.seen = m_seen;
        m_batch.found = m_queue.found();
        m_batch.listed = m_queue.isWhole();
        m_deliver(std::exchange(m_batch, {}));
    }

private:
    template <typename T>
    void add(QList<T>& list, T what)
    {
        const std::lock_guard lock(m_mutex);
        ++m_seen;
        list << std::move(what);
        const auto now = std::chrono::steady_clock::now();
        // The first files are shown at once; then whoever follows needs no more than a few pictures a second.
        const qsizetype most = m_seen <= firstBatch ? firstBatch : largestBatch;
        if (m_batch.loaded.size() + m_batch.issues.size() >= most
            || now - m_last > std::chrono::milliseconds(50))
            send();
    }

    static constexpr int firstBatch = 100;
    static constexpr int largestBatch = 1000;

    FileQueue& m_queue;
    const std::function<void(ScanBatch)>& m_deliver;
    std::mutex m_mutex;
    ScanBatch m_batch;
    int m_seen = 0;
    std::chrono::steady_clock::time_point m_last = std::chrono::steady_clock::now();
};

Result<dicom::LoadedFile> readFound(const FoundFile& found, dicom::ElementCache& cache, Lister& lister)
{
    auto file = dicom::readFile(found.path, &cache);
    if (file || !found.alone || file.error().kind != Error::Kind::Directory)
        return file;
    lister.listReferenced(found.path);
    Error error = file.error();
    error.remedy = QStringLiteral("The images that it lists were opened");
    return error;
}

} // namespace

QList<InstancePtr> ScanBatch::instances() const
{
    QList<InstancePtr> instances;
    for (const Loaded& each : loaded)
        instances << each.instance;
    return instances;
}

void scan(const QStringList& paths, const QSet<QString>& known, const std::atomic<bool>& cancel,
          const std::function<void(ScanBatch)>& deliver, int threads)
{
    FileQueue queue;
    Collector collector(queue, deliver);
    Lister lister(queue, known, cancel);
    const auto read = [&] {
        FoundFile found;
        dicom::ElementCache cache;
        TreeKeysReader keys;
        while (queue.pop(found, cancel)) {
            if (found.issue)
                collector.take(*found.issue);
            else
                collector.take(found, readFound(found, cache, lister), keys);
            if (found.alone && queue.sourceEnded(!cancel))
                lister.forget();
        }
    };
    const int count =
        threads > 0 ? threads : std::max(1, static_cast<int>(std::thread::hardware_concurrency()));
    {
        std::vector<WorkerThread> workers;
        workers.reserve(static_cast<size_t>(count));
        for (int i = 0; i < count; ++i)
            workers.emplace_back(read);
        for (const QString& path : paths)
            lister.list(path);
        if (queue.sourceEnded(!cancel))
            lister.forget();
    }
    collector.send();
}

} // namespace catalog
