#pragma once

#include "core/edit/session.h"

#include <QStatusBar>

class QLabel;
class QProgressBar;
class QToolButton;

namespace ui {

/// What is selected, how far reading has come, and how many issues there are.
class StatusBar : public QStatusBar {
    Q_OBJECT
public:
    explicit StatusBar(QWidget* parent = nullptr);

    void setSelection(int images, int attributes, bool reading);
    void setProgress(const edit::ScanProgress& progress);
    void setIssues(int count);

Q_SIGNALS:
    void cancelWanted();
    void issuesWanted();

private:
    QLabel* m_selection = nullptr;
    QLabel* m_counts = nullptr;
    QLabel* m_activity = nullptr;
    QProgressBar* m_bar = nullptr;
    QToolButton* m_cancel = nullptr;
    QToolButton* m_issues = nullptr;
};

} // namespace ui
