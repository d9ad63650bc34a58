#include "ui/icons.h"

#include <QApplication>
#include <QFile>
#include <QHash>
#include <QPainter>
#include <QPalette>
#include <QSvgRenderer>

/// Resources of a static library are linked in when somebody asks for them; outside of namespaces.
static void initialiseResources()
{
    Q_INIT_RESOURCE(ui);
}

namespace ui {

namespace {

constexpr int sizes[] = {16, 22, 32, 48, 64};

QPixmap drawing(const QByteArray& svg, const QColor& colour, int size)
{
    QByteArray coloured = svg;
    coloured.replace("currentColor", colour.name().toLatin1());
    QSvgRenderer renderer(coloured);
    QPixmap pixmap(size, size);
    pixmap.fill(Qt::transparent);
    QPainter painter(&pixmap);
    renderer.render(&painter);
    return pixmap;
}

QIcon ownIcon(const QString& name)
{
    initialiseResources();
    QFile file(QStringLiteral(":/icons/%1.svg").arg(name));
    if (!file.open(QIODevice::ReadOnly))
        return {};
    const QByteArray svg = file.readAll();
    const QPalette palette = QApplication::palette();
    QIcon result;
    for (const int size : sizes) {
        result.addPixmap(drawing(svg, palette.color(QPalette::Active, QPalette::Text), size));
        result.addPixmap(drawing(svg, palette.color(QPalette::Disabled, QPalette::Text), size),
                         QIcon::Disabled);
        result.addPixmap(drawing(svg, palette.color(QPalette::HighlightedText), size), QIcon::Selected);
    }
    return result;
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
