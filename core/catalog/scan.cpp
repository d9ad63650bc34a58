#include "core/catalog/scan.h"

#include "core/base/save_files.h"
#include "core/base/worker_thread.h"
#include "core/catalog/media_directory.h"
#include "core/dicom/element_cache.h"

#include <QDir>
#include <QFileInfo>
#include <QSet>

#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <deque>
#include <filesystem>
#include <mutex>
#include <thread>

namespace catalog {

namespace {

struct FoundFile {
    QString path;
    QString root;
    QString problem; ///< why it cannot even be tried
    QString remedy;
    bool alone = false; ///< not found in a folder that was opened
    bool journal = false; ///< of a save that is at work, or was interrupted
    QString canonical = {};
};

/// Hands found files to the threads that read them. It ends when those who may still add files are done: the
/// one that lists folders, and whoever reads a file that was opened alone, which may be a DICOMDIR.
class FileQueue {
public:
    void push(FoundFile file)
    {
        const std::lock_guard lock(m_mutex);
        if (file.alone)
            ++m_sources;
        m_files.push_back(std::move(file));
        ++m_found;
        m_ready.notify_one();
    }

    /// The lister is done, or a file that was opened alone; `whole`: it was not stopped.
    void sourceEnded(bool whole)
    {
        const std::lock_guard lock(m_mutex);
        m_whole = m_whole && whole;
        if (--m_sources == 0)
            m_ready.notify_all();
    }

    /// Waits for a file; false when there will be none any more.
    bool pop(FoundFile& file, const std::atomic<bool>& cancel)
    {
        std::unique_lock lock(m_mutex);
        m_ready.wait(lock, [&] { return !m_files.empty() || m_sources == 0; });
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

    /// There will be no more files, and none was passed over.
    bool isWhole()
    {
        const std::lock_guard lock(m_mutex);
        return m_sources == 0 && m_whole;
    }

private:
    std::mutex m_mutex;
    std::condition_variable m_ready;
    std::deque<FoundFile> m_files;
    int m_found = 0;
    int m_sources = 1;
    bool m_whole = true;
};

/// Finds files below folders and in DICOMDIRs; every file and folder once, whatever links lead to it.
/// Thread-safe.
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
            listFolders(QDir::cleanPath(info.absoluteFilePath()), info.canonicalFilePath());
        else
            takeFile(info, QDir::cleanPath(info.absolutePath()), info.canonicalFilePath(), true);
    }

    /// The files that a DICOMDIR refers to.
    void listReferenced(const QString& directory)
    {
        const auto references = dicom::referencedFiles(directory);
        if (!references)
            return; // read a moment ago, and gone or changed since
        MediaDirectory media(directory);
        for (const QStringList& fileId : *references) {
            if (m_cancel)
                return;
            const auto reference = media.resolve(fileId);
            if (reference.problem.isEmpty())
                takeFile(QFileInfo(reference.path), media.folder(),
                         QFileInfo(reference.path).canonicalFilePath());
            else
                m_queue.push({reference.path, media.folder(), reference.problem,
                              QStringLiteral("Open the folder that it is in"), false});
        }
    }

private:
    static constexpr qsizetype plainPath = 250; ///< characters; longer ones may be too long for the system

    struct Folder {
        QString path;
        QString canonical;
    };
    struct Entry {
        QString name;
        bool isFile; ///< an ordinary one, and no link
    };

    /// Needs no stack for folders in folders, however deep.
    void listFolders(const QString& root, const QString& canonical)
    {
        std::vector<Folder> folders{{root, canonical}};
        while (!folders.empty() && !m_cancel) {
            const Folder next = std::move(folders.back());
            folders.pop_back();
            if (once(next.canonical))
                listFolder(next, root, folders);
        }
    }

    /// Adds the folders in it to `folders`, so that the first one comes last.
    void listFolder(const Folder& folder, const QString& root, std::vector<Folder>& folders)
    {
        // Not QDir: it says nothing of folders that cannot be read and leaves out names that are no text.
        std::vector<Entry> entries;
        std::error_code problem;
        const std::filesystem::directory_iterator end;
        for (std::filesystem::directory_iterator entry(QFileInfo(folder.path).filesystemFilePath(), problem);
             !problem && entry != end && !m_cancel; entry.increment(problem)) {
            std::error_code unknown; // then it is asked for below
            entries.push_back({QFileInfo(entry->path()).fileName(),
                               !entry->is_symlink(unknown) && entry->is_regular_file(unknown)});
        }
        if (problem)
            m_queue.push({folder.path, root,
                          QStringLiteral("the folder cannot be listed: %1")
                              .arg(QString::fromStdString(problem.message())),
                          QStringLiteral("Check its permissions and the disk"), false});
        std::sort(entries.begin(), entries.end(),
                  [](const Entry& one, const Entry& other) { return one.name < other.name; });
        const auto firstNew = static_cast<std::ptrdiff_t>(folders.size());
        for (const Entry& entry : entries) {
            if (m_cancel)
                return;
            takeEntry(entry, folder, root, folders);
        }
        std::reverse(folders.begin() + firstNew, folders.end());
    }

    void takeEntry(const Entry& entry, const Folder& folder, const QString& root,
                   std::vector<Folder>& folders)
    {
        const QString path = folder.path + u'/' + entry.name;
        const QString beside = QDir(folder.canonical).filePath(entry.name);
        const bool isPlain = entry.isFile && !savefiles::isOurs(entry.name)
            && !entry.name.contains(QChar::ReplacementCharacter) && path.size() < plainPath;
        if (isPlain) { // asking the system for each one takes as long as reading it
            if (once(beside))
                m_queue.push({path, root, {}, {}, false, false, beside == path ? path : beside});
            return;
        }
        const QFileInfo info(path);
        const QString canonical = info.isSymLink() ? info.canonicalFilePath() : beside;
        if (info.isDir())
            folders.push_back({info.filePath(), canonical});
        else
            takeFile(info, root, canonical);
    }

    void takeFile(const QFileInfo& info, const QString& root, const QString& canonical, bool alone = false)
    {
        if (savefiles::isOurs(info.fileName()))
            takeLeftover(info, root);
        else if (canonical.isEmpty() || !info.exists()) {
            const auto [problem, remedy] = whyNotThere(info, alone);
            m_queue.push({info.filePath(), root, problem, remedy, false});
        } else if (once(canonical)) {
            QString path = QDir::cleanPath(info.absoluteFilePath());
            path.squeeze(); // it stays as long as the file is open
            m_queue.push({path, root, {}, {}, alone, false, path == canonical ? path : canonical});
        }
    }

    /// Temporary files may be whole images, but are none to be opened.
    void takeLeftover(const QFileInfo& info, const QString& root)
    {
        if (!savefiles::batchOfJournal(info.fileName()).isEmpty())
            m_queue.push({info.filePath(), root, QStringLiteral("a save in this folder was interrupted"),
                          QStringLiteral("Bring it to an end with Recover"), false, true});
    }

    static std::pair<QString, QString> whyNotThere(const QFileInfo& info, bool alone)
    {
        constexpr qsizetype longPath = 1023; // bytes; the least that systems take
        if (info.fileName().contains(QChar::ReplacementCharacter))
            return {QStringLiteral("has a name that is not valid text"),
                    QStringLiteral("Rename it to open it")};
        if (info.isSymLink())
            return {QStringLiteral("is a link that leads nowhere"), {}};
        if (QFile::encodeName(info.filePath()).size() > longPath)
            return {QStringLiteral("has a path that is too long"),
                    QStringLiteral("Open the folder that it is in, or move it up")};
        if (!alone)
            return {QStringLiteral("cannot be reached: it is gone, or its folder may not be entered"),
                    QStringLiteral("Check the folder's permissions")};
        return {QStringLiteral("does not exist"), {}};
    }

    bool once(const QString& canonical)
    {
        const std::lock_guard lock(m_mutex);
        if (m_seen.contains(canonical))
            return false;
        m_seen.insert(canonical);
        return true;
    }

    FileQueue& m_queue;
    std::mutex m_mutex;
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
    case Error::Kind::Busy:
        return Issue::Kind::Interrupted;
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
        instance->canonicalPath = found.canonical == instance->path ? instance->path : found.canonical;
        add(m_batch.loaded, ScanBatch::Loaded{std::move(instance), itsKeys});
    }

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
    if (!found.problem.isEmpty())
        return Error{found.journal ? Error::Kind::Busy : Error::Kind::Unreadable, found.problem,
                     found.remedy};
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
            collector.take(found, readFound(found, cache, lister), keys);
            if (found.alone)
                queue.sourceEnded(!cancel);
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
        queue.sourceEnded(!cancel);
    }
    collector.send();
}

} // namespace catalog
