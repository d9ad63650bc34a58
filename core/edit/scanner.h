#pragma once

#include "core/catalog/scan.h"

#include <QObject>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>

namespace edit {

/// Scans on a thread of its own, one scan at a time; what it finds is handed on by the thread that this lives
/// on, a batch in each turn of the event loop, so that a window stays usable.
class Scanner : public QObject {
    Q_OBJECT
public:
    /// `ended` comes after the last batch of each scan.
    Scanner(std::function<void(const catalog::ScanBatch&)> take, std::function<void()> ended,
            QObject* parent = nullptr);
    ~Scanner() override; ///< stops the scan, and waits for it

    /// Waits for the scan before, which has ended or was stopped.
    void start(const QStringList& paths, const QSet<QString>& known);
    /// Files that were read are still handed on.
    void stop() { *m_cancel = true; }

private:
    void deliver(catalog::ScanBatch batch);
    Q_INVOKABLE void takeBatch();

    std::function<void(const catalog::ScanBatch&)> m_take;
    std::function<void()> m_ended;
    std::shared_ptr<std::atomic<bool>> m_cancel = std::make_shared<std::atomic<bool>>(false);
    std::mutex m_mutex;
    std::deque<catalog::ScanBatch> m_batches; ///< delivered by the scan, not yet handed on
    bool m_isTaking = false; ///< a turn of the event loop has been asked for
    bool m_hasEnded = false;
    std::thread m_scan;
};

} // namespace edit
