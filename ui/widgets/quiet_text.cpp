#include "ui/widgets/quiet_text.h"

#include <QApplication>
#include <QPalette>
#include <algorithm>
#include <cmath>

namespace ui {

namespace {

/// Relative luminance as WCAG 2 defines it, 0 to 1.
double luminance(const QColor& colour)
{
    const auto linear = [](double part) {
        return part <= 0.04045 ? part / 12.92 : std::pow((part + 0.055) / 1.055, 2.4);
    };
    return 0.2126 * linear(colour.redF()) + 0.7152 * linear(colour.greenF())
        + 0.0722 * linear(colour.blueF());
}

/// The colour that is seen where one that may be translucent is painted on another.
QColor mixed(const QColor& above, const QColor& below)
{
    const float share = above.alphaF();
    const auto part = [share](float a, float b) { return a * share + b * (1 - share); };
    return QColor::fromRgbF(part(above.redF(), below.redF()), part(above.greenF(), below.greenF()),
                            part(above.blueF(), below.blueF()));
}

double contrast(const QColor& text, const QColor& background)
{
    const double one = luminance(mixed(text, background));
    const double other = luminance(background);
    return (std::max(one, other) + 0.05) / (std::min(one, other) + 0.05);
}

} // namespace

void keepQuietTextReadable()
{
    constexpr double least = 2.5; // what common themes have is above
    QPalette palette = QApplication::palette();
    const QColor quiet = palette.color(QPalette::PlaceholderText);
    if (contrast(quiet, palette.color(QPalette::Base)) >= least
        && contrast(quiet, palette.color(QPalette::Window)) >= least)
        return;
    QColor readable = palette.color(QPalette::Text);
    readable.setAlphaF(0.65F);
    if (readable == quiet)
        return; // the theme has nothing better
    palette.setColor(QPalette::PlaceholderText, readable);
    QApplication::setPalette(palette);
}

} // namespace ui
