#include "ui/widgets/icons.h"

#include <QApplication>
#include <QFile>
#include <QHash>
#include <QIconEngine>
#include <QPainter>
#include <QPalette>
#include <QSvgRenderer>
#include <algorithm>

/// Resources of a static library are linked in when somebody asks for them; outside of namespaces.
static void initialiseResources()
{
    Q_INIT_RESOURCE(ui);
}

namespace ui {

namespace {

struct IconColours {
    QColor text, disabled, highlighted;
};

/// Draws what is asked for, in the size of the screen's pixels, and not before: most icons are in menus that
/// nobody has opened yet.
class DrawnIcon : public QIconEngine {
public:
    DrawnIcon(QByteArray svg, const IconColours& colours)
        : m_svg(std::move(svg))
        , m_colours(colours)
    {
    }

    QIconEngine* clone() const override { return new DrawnIcon(*this); }

    QSize actualSize(const QSize& size, QIcon::Mode, QIcon::State) override
    {
        const int side = std::min(size.width(), size.height());
        return {side, side};
    }

    QPixmap pixmap(const QSize& size, QIcon::Mode mode, QIcon::State state) override
    {
        const QSize square = actualSize(size, mode, state);
        QPixmap& kept = m_drawn[{square.width(), mode}];
        if (kept.isNull() && !square.isEmpty())
            kept = drawing(square, mode);
        return kept;
    }

    void paint(QPainter* painter, const QRect& rect, QIcon::Mode mode, QIcon::State state) override
    {
        const qreal scale = painter->device()->devicePixelRatio();
        QPixmap picture = pixmap((QSizeF(rect.size()) * scale).toSize(), mode, state);
        picture.setDevicePixelRatio(scale);
        QRectF place({}, picture.deviceIndependentSize());
        place.moveCenter(QRectF(rect).center());
        painter->drawPixmap(place.topLeft(), picture);
    }

private:
    QPixmap drawing(const QSize& size, QIcon::Mode mode) const
    {
        const QColor& colour = mode == QIcon::Disabled ? m_colours.disabled
            : mode == QIcon::Selected                  ? m_colours.highlighted
                                                       : m_colours.text;
        QByteArray coloured = m_svg;
        coloured.replace("currentColor", colour.name().toLatin1());
        QSvgRenderer renderer(coloured);
        QPixmap pixmap(size);
        pixmap.fill(Qt::transparent);
        QPainter painter(&pixmap);
        renderer.render(&painter);
        return pixmap;
    }

    QByteArray m_svg;
    IconColours m_colours;
    QHash<std::pair<int, QIcon::Mode>, QPixmap> m_drawn; ///< by side and mode
};

QIcon ownIcon(const QString& name)
{
    initialiseResources();
    QFile file(QStringLiteral(":/icons/%1.svg").arg(name));
    if (!file.open(QIODevice::ReadOnly))
        return {};
    const QPalette palette = QApplication::palette();
    return QIcon(new DrawnIcon(file.readAll(),
                               {palette.color(QPalette::Active, QPalette::Text),
                                palette.color(QPalette::Disabled, QPalette::Text),
                                palette.color(QPalette::HighlightedText)})); // QIcon owns it
}

using Cache = QHash<std::pair<QString, QRgb>, QIcon>;

/// What `draw` makes of the name, drawn once for each palette. Pictures must not outlive the application.
template <QIcon (*draw)(const QString&)>
QIcon kept(const QString& name)
{
    static Cache icons;
    static const bool cleared = [] {
        qAddPostRoutine([] { icons.clear(); });
        return true;
    }();
    Q_UNUSED(cleared)
    const auto key = std::pair{name, QApplication::palette().color(QPalette::Text).rgb()};
    auto found = icons.find(key);
    if (found == icons.end())
        found = icons.insert(key, draw(name));
    return *found;
}

QIcon keptOwnIcon(const QString& name)
{
    return kept<ownIcon>(name);
}

} // namespace

QIcon icon(const QString& name)
{
    if (!name.startsWith(QLatin1StringView("mark-")) && QIcon::hasThemeIcon(name))
        return QIcon::fromTheme(name);
    return keptOwnIcon(name);
}

namespace {

QIcon editedIcon(const QString& name)
{
    constexpr int sizes[] = {16, 22, 32, 48, 64};
    QIcon result;
    for (const auto mode : {QIcon::Normal, QIcon::Selected})
        for (const int size : sizes) {
            QPixmap base = icon(name).pixmap(QSize(size, size), 1.0, mode);
            QPainter painter(&base);
            const int part = size * 5 / 8;
            const QPixmap mark =
                keptOwnIcon(QStringLiteral("mark-edited")).pixmap(QSize(part, part), 1.0, mode);
            painter.drawPixmap(size - part, size - part, part, part, mark);
            painter.end();
            result.addPixmap(base, mode);
        }
    return result;
}

} // namespace

QIcon keptEditedIcon(const QString& name)
{
    return kept<editedIcon>(name);
}

} // namespace ui
