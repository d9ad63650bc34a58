#pragma once

#include <QWidget>

namespace ui {

/// The user guide (docs/guide.md, built into the program) in a window of its own.
class GuideWindow : public QWidget {
    Q_OBJECT
public:
    explicit GuideWindow(QWidget* parent);
};

} // namespace ui
