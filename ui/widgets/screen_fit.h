#pragma once

#include <QSize>

class QWidget;

namespace ui {

/// Makes a window as large as wanted, but never larger than its screen has room for.
void resizeWithinScreen(QWidget* window, QSize wanted);

} // namespace ui
