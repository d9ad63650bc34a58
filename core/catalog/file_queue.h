#pragma once

// Only for scan.cpp and lister.cpp.

#include "core/catalog/instance.h"

#include <QString>
#include <atomic>
#include <condition_variable>
#include <deque>
#include <memory>
#include <mutex>

namespace catalog {

/// Many wait in the queue of a large folder.
struct FoundFile {
    QString path;
    QString root;
    QString canonical = {};
    bool alone = false; ///< not found in a folder that was opened
    std::shared_ptr<const Issue> issue = {}; ///< why it is not even tried; there are few
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

} // namespace catalog
