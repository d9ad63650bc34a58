#include "core/base/worker_thread.h"

#include <system_error>
#include <utility>

#ifndef _WIN32
#include <memory>
#include <pthread.h>

namespace {

void* run(void* work)
{
    const std::unique_ptr<std::function<void()>> owned(static_cast<std::function<void()>*>(work));
    (*owned)();
    return nullptr;
}

} // namespace

WorkerThread::WorkerThread(std::function<void()> work)
{
    auto owned = std::make_unique<std::function<void()>>(std::move(work));
    pthread_attr_t attributes;
    pthread_attr_init(&attributes);
    pthread_attr_setstacksize(&attributes, stackSize);
    const int code = pthread_create(&m_thread, &attributes, run, owned.get());
    pthread_attr_destroy(&attributes);
    if (code != 0)
        throw std::system_error(code, std::generic_category());
    [[maybe_unused]] const auto* given = owned.release(); // the thread's own now
    m_running = true;
}

WorkerThread::WorkerThread(WorkerThread&& other) noexcept
    : m_thread(other.m_thread)
    , m_running(std::exchange(other.m_running, false))
{
}

WorkerThread::~WorkerThread()
{
    if (m_running)
        pthread_join(m_thread, nullptr);
}

#else

WorkerThread::WorkerThread(std::function<void()> work)
    : m_thread(std::move(work))
{
}

WorkerThread::WorkerThread(WorkerThread&& other) noexcept = default;

WorkerThread::~WorkerThread()
{
    if (m_thread.joinable())
        m_thread.join();
}

#endif
