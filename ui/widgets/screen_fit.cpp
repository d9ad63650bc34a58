#include "ui/widgets/screen_fit.h"

#include <QScreen>
#include <QWidget>

namespace ui {

void resizeWithinScreen(QWidget* window, QSize wanted)
{
    constexpr QSize frame(16, 48); // what window managers commonly add
    const QScreen* screen = window->parentWidget() ? window->parentWidget()->screen() : window->screen();
    if (screen)
        wanted = wanted.boundedTo(screen->availableGeometry().size() - frame);
    window->resize(wanted);
}

} // namespace ui
