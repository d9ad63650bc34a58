#include "core/catalog/scan.h"

#include "core/worker_thread.h"

#include <QDir>
#include <QDirIterator>
#include <QFileInfo>
#include <QSet>
#include <chrono>
#include <condition_variable>
#include <deque>
#include <mutex>
#include <thread>

namespace catalog {

namespace {

struct FoundFile {
    QString path;
    QString root;
    QString problem; ///< why it cannot even be tried
    bool alone = false; ///< not found in a folder that was opened
};

/// Hands found files from the thread that lists folders to the ones that read them.
class FileQueue {
public:
    void push(FoundFile file)
    {
        const std::lock_guard lock(m_mutex);
        m_files.push_back(std::move(file));
        ++m_found;
        m_ready.notify_one();
    }

    void close()
    {
        const std::lock_guard lock(m_mutex);
        m_closed = true;
        m_ready.notify_all();
    }

    /// Waits for a file; false when there will be none any more.
    bool pop(FoundFile& file, const std::atomic<bool>& cancel)
    {
        std::unique_lock lock(m_mutex);
        m_ready.wait(lock, [&] { return !m_files.empty() || m_closed; });
        if (m_files.empty() || cancel)
            return false;
        file = std::move(m_files.front());
        m_files.pop_front();
        return true;
    }

    int found()
    {
        const std::lock_guard lock(m_mutex);
        return m_found;
    }

    bool closed()
    {
        const std::lock_guard lock(m_mutex);
        return m_closed;
    }

private:
    std::mutex m_mutex;
    std::condition_variable m_ready;
    std::deque<FoundFile> m_files;
    int m_found = 0;
    bool m_closed = false;
};

/// Lists files below folders; every file and folder once, whatever links lead to it.
class Lister {
public:
    Lister(FileQueue& queue, const QSet<QString>& known, const std::atomic<bool>& cancel)
        : m_queue(queue)
        , m_seen(known)
        , m_cancel(cancel)
    {
    }

    void list(const QString& path)
    {
        const QFileInfo info(path);
        if (info.isDir())
            listFolder(QDir::cleanPath(info.absoluteFilePath()), QDir::cleanPath(info.absoluteFilePath()));
        else
            takeFile(info, QDir::cleanPath(info.absolutePath()), true);
    }

private:
    void listFolder(const QString& folder, const QString& root)
    {
        if (m_cancel || !once(QFileInfo(folder).canonicalFilePath()))
            return;
        const QDir dir(folder);
        if (!QFileInfo(folder).isReadable()) {
            m_queue.push({folder, root, QStringLiteral("the folder cannot be listed")});
            return;
        }
        const auto filters = QDir::AllEntries | QDir::NoDotAndDotDot | QDir::Hidden | QDir::System;
        for (const QFileInfo& entry : dir.entryInfoList(filters, QDir::Name)) {
            if (m_cancel)
                return;
            if (entry.isDir())
                listFolder(entry.filePath(), root);
            else
                takeFile(entry, root);
        }
    }

    void takeFile(const QFileInfo& info, const QString& root, bool alone = false)
    {
        const QString canonical = info.canonicalFilePath();
        if (canonical.isEmpty())
            m_queue.push({info.filePath(), root,
                          info.isSymLink() ? QStringLiteral("is a link that leads nowhere")
                                           : QStringLiteral("does not exist")});
        else if (once(canonical))
            m_queue.push({QDir::cleanPath(info.absoluteFilePath()), root, {}, alone});
    }

    bool once(const QString& canonical)
    {
        if (m_seen.contains(canonical))
            return false;
        m_seen.insert(canonical);
        return true;
    }

    FileQueue& m_queue;
    QSet<QString> m_seen;
    const std::atomic<bool>& m_cancel;
};

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

    void take(const FoundFile& found, Result<dicom::LoadedFile> file)
    {
        const std::lock_guard lock(m_mutex);
        ++m_seen;
        if (file) {
            m_batch.instances << std::make_shared<const Instance>(
                Instance{-1, std::move(file).value(), found.root, found.alone});
        } else {
            const Error& error = file.error();
            m_batch.issues << Issue{issueKind(error.kind), found.path, error.reason, error.remedy};
        }
        const auto now = std::chrono::steady_clock::now();
        if (m_batch.instances.size() + m_batch.issues.size() >= 100
            || now - m_last > std::chrono::milliseconds(100))
            send();
    }

    void send()
    {
        m_last = std::chrono::steady_clock::now();
        m_batch.seen = m_seen;
        m_batch.found = m_queue.found();
        m_batch.listed = m_queue.closed();
        m_deliver(std::exchange(m_batch, {}));
    }

private:
    FileQueue& m_queue;
    const std::function<void(ScanBatch)>& m_deliver;
    std::mutex m_mutex;
    ScanBatch m_batch;
    int m_seen = 0;
    std::chrono::steady_clock::time_point m_last = std::chrono::steady_clock::now();
};

} // namespace

void scan(const QStringList& paths, const QSet<QString>& known, dicom::Interner& interner,
          const std::atomic<bool>& cancel, const std::function<void(ScanBatch)>& deliver, int threads)
{
    FileQueue queue;
    Collector collector(queue, deliver);
    const auto read = [&] {
        FoundFile found;
        while (queue.pop(found, cancel)) {
            if (found.problem.isEmpty())
                collector.take(found, dicom::readFile(found.path, &interner));
            else
                collector.take(found, Error{Error::Kind::Unreadable, found.problem});
        }
    };
    const int count =
        threads > 0 ? threads : std::max(1, static_cast<int>(std::thread::hardware_concurrency()));
    {
        std::vector<WorkerThread> workers;
        workers.reserve(static_cast<size_t>(count));
        for (int i = 0; i < count; ++i)
            workers.emplace_back(read);
        Lister lister(queue, known, cancel);
        for (const QString& path : paths)
            lister.list(path);
        queue.close();
    }
    collector.send();
}

} // namespace catalog
