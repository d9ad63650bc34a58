#pragma once

#include <QMenu>

namespace ui {

/// The folders that were opened before, and whether they are remembered.
class RecentMenu : public QMenu {
    Q_OBJECT
public:
    explicit RecentMenu(QWidget* parent);

Q_SIGNALS:
    void chosen(const QString& folder);

private:
    void fill();
};

} // namespace ui
