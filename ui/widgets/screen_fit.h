#pragma once

#include <QSize>

class QScrollArea;
class QWidget;

namespace ui {

/// Makes a window as large as wanted, but never larger than its screen has room for.
void resizeWithinScreen(QWidget* window, QSize wanted);

/// A page that scrolls where the screen is too small for it, so that the buttons below stay in sight.
QScrollArea* scrollable(QWidget* page);

} // namespace ui
