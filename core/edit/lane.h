#pragma once

#include <atomic>
#include <memory>
#include <utility>

namespace edit {

/// Slow jobs of one kind, of which only the last one counts: Jobs::run() cancels the one that it was given
/// before. When the lane goes, so does its job: it is told to stop and its answer is not called. A member of
/// whoever starts the jobs; belongs to the session's thread and may outlive the session.
class Lane {
public:
    Lane() = default;
    ~Lane() { cancel(); }
    Lane(const Lane&) = delete;
    Lane& operator=(const Lane&) = delete;

    /// Tells the job to stop; its answer is not called.
    void cancel() { begin({}); }

private:
    friend class Jobs;
    using Flag = std::shared_ptr<std::atomic<bool>>;
    void begin(Flag next)
    {
        if (const Flag before = std::exchange(m_flag, std::move(next)))
            *before = true;
    }

    Flag m_flag; ///< cancels the job that runs; null: none was started
};

} // namespace edit
