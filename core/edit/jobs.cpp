#include "core/edit/jobs.h"

#include "core/edit/worker_pool.h"

namespace edit {

namespace {

constexpr int threads = 3; // tasks that the user waits for must not stand behind a long save

} // namespace

Jobs::Jobs(QObject* parent)
    : QObject(parent)
    , m_pool(std::make_unique<WorkerPool>(threads))
{
}

Jobs::~Jobs()
{
    cancel();
    m_pool.reset();
}

void Jobs::cancel()
{
    for (const Flag& flag : m_flags)
        *flag = true;
}

void Jobs::run(Lane& lane, QObject* receiver, Task task)
{
    const auto flag = std::make_shared<std::atomic<bool>>(false);
    lane.begin(flag);
    start(flag, receiver, std::move(task));
}

void Jobs::run(QObject* receiver, Task task)
{
    start(std::make_shared<std::atomic<bool>>(false), receiver, std::move(task));
}

void Jobs::start(const Flag& flag, QObject* receiver, Task task)
{
    std::erase_if(m_flags, [](const Flag& known) { return known.use_count() == 1; });
    m_flags.push_back(flag);
    m_pool->run([this, flag, task = std::move(task), guard = QPointer<QObject>(receiver)] {
        if (*flag)
            return;
        Answer answer = task(*flag);
        {
            const std::lock_guard lock(m_mutex);
            m_answers.push_back({flag, guard, std::move(answer)});
        }
        // Answers wait in our own list, not in Qt's event: what they hold goes on the thread that takes them.
        QMetaObject::invokeMethod(this, "takeAnswer", Qt::QueuedConnection);
    });
}

void Jobs::takeAnswer()
{
    Delivery delivery;
    {
        const std::lock_guard lock(m_mutex);
        delivery = std::move(m_answers.front());
        m_answers.pop_front();
    }
    if (delivery.answer && delivery.guard && !*delivery.flag)
        delivery.answer();
}

} // namespace edit
