#pragma once

#include <QWidget>

class QLabel;
class QVBoxLayout;

namespace ui {

/// What the window shows while nothing is open: how to open something, and what was open before.
class EmptyPage : public QWidget {
    Q_OBJECT
public:
    explicit EmptyPage(QWidget* parent = nullptr);

    /// What came of the last opening ("12 files were looked at, none is DICOM"); empty for nothing.
    void setOutcome(const QString& text);
    void setRecent(const QStringList& folders);

Q_SIGNALS:
    void openFolderWanted();
    void openFilesWanted();
    void recentWanted(const QString& folder);

private:
    QLabel* m_outcome = nullptr;
    QWidget* m_recent = nullptr;
    QVBoxLayout* m_recentLayout = nullptr;
};

} // namespace ui
