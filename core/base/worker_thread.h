#pragma once

#include <cstddef>
#include <functional>
#include <thread>

/// A thread with a stack of a known size, which the systems' defaults are not: parsing takes some KiB for
/// each level of sequences, and some systems give half a MiB in all. Joined when it is destroyed.
class WorkerThread {
public:
    /// Enough for many times the deepest nesting that is read (dicom::ReadLimits::nesting).
    static constexpr std::size_t stackSize = std::size_t{8} * 1024 * 1024;

    /// Runs `work`, which must not throw, at once. Throws std::system_error when there can be no more
    /// threads, as std::thread does.
    explicit WorkerThread(std::function<void()> work);
    ~WorkerThread();
    WorkerThread(WorkerThread&& other) noexcept;
    WorkerThread& operator=(WorkerThread&&) = delete;

private:
#ifdef _WIN32
    std::thread m_thread; ///< the linker sets the size
#else
    std::thread::native_handle_type m_thread{};
    bool m_running = false;
#endif
};
