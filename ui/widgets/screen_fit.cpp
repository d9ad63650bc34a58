#include "ui/widgets/screen_fit.h"

#include <QScreen>
#include <QScrollArea>
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

QScrollArea* scrollable(QWidget* page)
{
    auto* area = new QScrollArea;
    area->setWidget(page);
    area->setWidgetResizable(true);
    area->setFrameShape(QFrame::NoFrame);
    return area;
}

} // namespace ui
