#pragma once

// Only for scan.cpp and lister.cpp.

#include "core/base/exact_text.h"
#include "core/catalog/instance.h"

#include <QByteArray>
#include <QDir>
#include <QSet>
#include <QString>
#include <atomic>
#include <condition_variable>
#include <deque>
#include <memory>
#include <mutex>

namespace catalog {

struct FoundFile {
    QString path;
    QString root;
    QString canonical = {};
    bool alone = false; ///< not found in a folder that was opened
    std::shared_ptr<const Issue> issue = {}; ///< why it is not even tried; there are few
};

/// The ordinary files of one folder. There may be many, so only their names are kept, and those as short as
/// it can be.
class FolderFiles {
public:
    FolderFiles(QString path, QString canonical, QString root)
        : m_path(std::move(path))
        , m_canonical(std::move(canonical))
        , m_root(std::move(root))
    {
    }

    void add(const QString& name)
    {
        m_names += name.toUtf8() + '/';
        ++m_count;
    }
    int count() const { return m_count; }
    /// For one thread at a time.
    bool contains(const QString& name) const
    {
        if (m_index.isEmpty() && m_count > 0) // few folders are asked
            for (qsizetype at = 0; at >= 0; at = next(at))
                m_index.insert(m_names.mid(at, m_names.indexOf('/', at) - at));
        return m_index.contains(name.toUtf8());
    }

    /// Where the name behind the one at `at` begins; -1: it is the last one.
    qsizetype next(qsizetype at) const
    {
        const qsizetype next = m_names.indexOf('/', at) + 1;
        return next < m_names.size() ? next : -1;
    }
    FoundFile file(qsizetype at) const
    {
        const QString name = fromExactUtf8(QByteArrayView(m_names).sliced(at, m_names.indexOf('/', at) - at));
        return {m_path + u'/' + name, m_root, QDir(m_canonical).filePath(name)};
    }

private:
    QString m_path;
    QString m_canonical;
    QString m_root;
    QByteArray m_names; ///< UTF-8, with a slash behind each
    mutable QSet<QByteArray> m_index; ///< the same names, once somebody asks for one
    int m_count = 0;
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
        m_waiting.push_back({std::move(file), nullptr});
        ++m_found;
        m_ready.notify_one();
    }

    void push(const std::shared_ptr<const FolderFiles>& folder)
    {
        const std::lock_guard lock(m_mutex);
        if (folder->count() == 0)
            return;
        m_waiting.push_back({{}, folder});
        m_found += folder->count();
        m_ready.notify_all();
    }

    /// The lister is done, or a file that was opened alone; `whole`: it was not stopped. True when no files
    /// will be added any more.
    bool sourceEnded(bool whole)
    {
        const std::lock_guard lock(m_mutex);
        m_whole = m_whole && whole;
        if (--m_sources > 0)
            return false;
        m_ready.notify_all();
        return true;
    }

    /// Waits for a file; false when there will be none any more.
    bool pop(FoundFile& file, const std::atomic<bool>& cancel)
    {
        std::unique_lock lock(m_mutex);
        m_ready.wait(lock, [&] { return !m_waiting.empty() || m_sources == 0; });
        if (m_waiting.empty() || cancel)
            return false;
        Waiting& first = m_waiting.front();
        const auto folder = first.folder;
        const qsizetype at = first.at;
        if (folder)
            first.at = folder->next(at);
        else
            file = std::move(first.file);
        if (!folder || first.at < 0)
            m_waiting.pop_front();
        lock.unlock();
        if (folder)
            file = folder->file(at);
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
    /// A file, or a folder of which those from `at` on wait.
    struct Waiting {
        FoundFile file;
        std::shared_ptr<const FolderFiles> folder;
        qsizetype at = 0;
    };
    std::mutex m_mutex;
    std::condition_variable m_ready;
    std::deque<Waiting> m_waiting;
    int m_found = 0;
    int m_sources = 1;
    bool m_whole = true;
};

} // namespace catalog
