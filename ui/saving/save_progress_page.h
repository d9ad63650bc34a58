#pragma once

#include <QWidget>
#include <atomic>
#include <memory>

class QLabel;
class QProgressBar;
class QTimer;

namespace ui {

/// How far a save has come, shared with the worker that writes.
struct SaveProgress {
    std::atomic<bool> stop{false};
    std::atomic<int> done{0};
    std::atomic<int> total{0};
};

/// Shows it while a save is written.
class SaveProgressPage : public QWidget {
    Q_OBJECT
public:
    explicit SaveProgressPage(QWidget* parent = nullptr);
    ~SaveProgressPage() override; ///< tells the worker to stop

    /// Of a save that begins now.
    std::shared_ptr<SaveProgress> begin(int total);
    /// What is being written is finished, and nothing more is begun.
    void stop();
    /// The worker is done.
    void end();

private:
    void showProgress();

    std::shared_ptr<SaveProgress> m_progress;
    QTimer* m_timer;
    QProgressBar* m_bar;
    QLabel* m_text;
};

} // namespace ui
