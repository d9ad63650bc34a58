#include "core/edit/scanner.h"

namespace edit {

Scanner::Scanner(std::function<void(const catalog::ScanBatch&)> take, std::function<void()> ended,
                 QObject* parent)
    : QObject(parent)
    , m_take(std::move(take))
    , m_ended(std::move(ended))
{
}

Scanner::~Scanner()
{
    stop();
    if (m_scan.joinable())
        m_scan.join();
}

void Scanner::start(const QStringList& paths, const QSet<QString>& known)
{
    m_cancel = std::make_shared<std::atomic<bool>>(false);
    m_hasEnded = false;
    if (m_scan.joinable())
        m_scan.join();
    m_scan = std::thread([this, paths, known, cancel = m_cancel] {
        catalog::scan(paths, known, *cancel, [this](catalog::ScanBatch batch) { deliver(std::move(batch)); });
        const std::lock_guard lock(m_mutex);
        m_hasEnded = true;
        QMetaObject::invokeMethod(this, "takeBatch", Qt::QueuedConnection);
    });
}

void Scanner::deliver(catalog::ScanBatch batch)
{
    const std::lock_guard lock(m_mutex);
    m_batches.push_back(std::move(batch));
    if (!std::exchange(m_isTaking, true))
        QMetaObject::invokeMethod(this, "takeBatch", Qt::QueuedConnection);
}

void Scanner::takeBatch()
{
    catalog::ScanBatch batch;
    bool more = false;
    bool ended = false;
    {
        const std::lock_guard lock(m_mutex);
        if (!m_batches.empty()) {
            batch = std::move(m_batches.front());
            m_batches.pop_front();
        }
        more = !m_batches.empty();
        m_isTaking = more;
        ended = m_hasEnded && !more;
    }
    m_take(batch);
    if (more)
        QMetaObject::invokeMethod(this, "takeBatch", Qt::QueuedConnection);
    else if (ended)
        m_ended();
}

} // namespace edit
