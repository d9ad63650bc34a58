#pragma once

#include "core/edit/lane.h"

#include <QObject>
#include <QPointer>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <vector>

namespace edit {

class WorkerPool;

/// Does slow work on a few threads of its own; what a task returns is called on the thread that this lives
/// on.
class Jobs : public QObject {
    Q_OBJECT
public:
    using Answer = std::function<void()>;
    using Task = std::function<Answer(const std::atomic<bool>& cancelled)>;

    explicit Jobs(QObject* parent = nullptr);
    ~Jobs() override; ///< tells all tasks to stop, and waits for them

    /// The answer is not called when `receiver` is gone, or the lane has gone on to another task, was
    /// cancelled or is gone, which tells the task to stop besides.
    void run(Lane& lane, QObject* receiver, Task task);
    /// A task that is done to its end, whatever is started after it.
    void run(QObject* receiver, Task task);
    /// Tells all tasks to stop.
    void cancel();

private:
    using Flag = std::shared_ptr<std::atomic<bool>>;
    /// What a task came back with, and who wants it.
    struct Delivery {
        Flag flag;
        QPointer<QObject> guard;
        Answer answer;
    };
    void start(const Flag& flag, QObject* receiver, Task task);
    Q_INVOKABLE void takeAnswer();

    std::vector<Flag> m_flags;
    std::mutex m_mutex;
    std::deque<Delivery> m_answers;
    std::unique_ptr<WorkerPool> m_pool; ///< last: joined before what the tasks use is gone
};

} // namespace edit
