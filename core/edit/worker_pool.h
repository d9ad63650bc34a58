#pragma once

#include "core/base/worker_thread.h"

#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <vector>

namespace edit {

/// A few threads that run queued tasks in order. Destruction waits for the running tasks and drops the
/// others.
class WorkerPool {
public:
    explicit WorkerPool(int threads);
    ~WorkerPool();
    WorkerPool(const WorkerPool&) = delete;
    WorkerPool& operator=(const WorkerPool&) = delete;

    void run(std::function<void()> task);

private:
    void work();

    std::mutex m_mutex;
    std::condition_variable m_ready;
    std::deque<std::function<void()>> m_tasks;
    bool m_stop = false;
    std::vector<WorkerThread> m_threads;
};

} // namespace edit
