#include "core/sample/canvas.h"

#include "core/sample/lettering.h"

#include <QtEndian>

#include <algorithm>
#include <cmath>
#include <numbers>

namespace sample {

Canvas::Canvas(int width, int height, float background)
    : m_width(width)
    , m_height(height)
    , m_values(static_cast<size_t>(width) * static_cast<size_t>(height), background)
{
}

/// coverage(u, v) in [0, 1] for a point relative to the ellipse's centre and axes.
template <typename Coverage>
void Canvas::paint(const Ellipse& e, double margin, float value, Blend blend, const Coverage& coverage)
{
    const double unit = m_width / 2.0;
    const double angle = e.degrees * std::numbers::pi / 180;
    const double cosine = std::cos(angle);
    const double sine = std::sin(angle);
    const double reachX = std::hypot(e.a * cosine, e.b * sine) * margin + 0.02;
    const double reachY = std::hypot(e.a * sine, e.b * cosine) * margin + 0.02;
    const auto column = [&](double x) { return std::clamp(static_cast<int>((x + 1) * unit), 0, m_width); };
    const auto row = [&](double y) {
        return std::clamp(static_cast<int>(y * unit + m_height / 2.0), 0, m_height);
    };
    for (int py = row(e.y - reachY); py < row(e.y + reachY); ++py) {
        const double dy = (py + 0.5 - m_height / 2.0) / unit - e.y;
        for (int px = column(e.x - reachX); px < column(e.x + reachX); ++px) {
            const double dx = (px + 0.5) / unit - 1 - e.x;
            const auto part = static_cast<float>(coverage(dx * cosine + dy * sine, dy * cosine - dx * sine));
            if (part <= 0)
                continue;
            float& pixel = at(px, py);
            pixel += part * (blend == Blend::Over ? value - pixel : value);
        }
    }
}

void Canvas::fill(const Ellipse& e, float value, Blend blend, const Outline& outline)
{
    const double sharpness = std::min(e.a, e.b) * m_width / 2.0;
    paint(e, outline ? 1.3 : 1.0, value, blend, [&](double u, double v) {
        const double radius = outline ? outline(std::atan2(v / e.b, u / e.a)) : 1.0;
        const double distance = std::sqrt(u * u / (e.a * e.a) + v * v / (e.b * e.b));
        return std::clamp((radius - distance) * sharpness + 0.5, 0.0, 1.0);
    });
}

void Canvas::arc(const Ellipse& e, double from, double to, double thickness, float value, Blend blend)
{
    const double size = std::min(e.a, e.b);
    const double reach = (thickness / 2 + 2.0 / m_width) / size;
    const double nearest = std::pow(std::max(0.0, 1 - reach), 2);
    const double farthest = std::pow(1 + reach, 2);
    const double perA = 1 / (e.a * e.a);
    const double perB = 1 / (e.b * e.b);
    paint(e, 1 + thickness / size, value, blend, [&](double u, double v) {
        // Most of the rectangle is far from the line: no roots and angles there.
        const double square = u * u * perA + v * v * perB;
        if (square < nearest || square > farthest)
            return 0.0;
        const double inside = thickness / 2 - std::abs(std::sqrt(square) - 1) * size;
        double degrees = std::atan2(v / e.b, u / e.a) * 180 / std::numbers::pi;
        if (degrees < 0)
            degrees += 360;
        const double ends = std::min(degrees - from, to - degrees) * size * m_width / 115;
        return std::clamp(std::min(inside * m_width / 2, ends) + 0.5, 0.0, 1.0);
    });
}

void Canvas::write(int x, int y, int dot, QStringView text, float value)
{
    for (const QChar c : text) {
        const Glyph rows = glyph(c);
        for (int py = 0; py < 7 * dot; ++py) {
            for (int px = 0; px < 5 * dot; ++px) {
                const bool isSet = (rows[static_cast<size_t>(py / dot)] >> (4 - px / dot) & 1) != 0;
                if (isSet && x + px < m_width && y + py < m_height)
                    at(x + px, y + py) = value;
            }
        }
        x += 6 * dot;
    }
}

void Canvas::blur(int times)
{
    for (int i = 0; i < times; ++i) {
        const Canvas old = *this;
        for (int y = 1; y + 1 < m_height; ++y) {
            for (int x = 1; x + 1 < m_width; ++x)
                at(x, y) = 0.5f * old.at(x, y)
                    + 0.125f * (old.at(x - 1, y) + old.at(x + 1, y) + old.at(x, y - 1) + old.at(x, y + 1));
        }
    }
}

void Canvas::addNoise(float deviation, quint64 seed)
{
    Dice dice(seed);
    // The sum of two even distributions in [-0.5, 0.5) has a standard deviation of 0.41.
    for (float& value : m_values)
        value += (dice.next() + dice.next() - 1.0f) * deviation * 2.45f;
}

QByteArray Canvas::toWords(float slope, float intercept, int low, int high) const
{
    QByteArray bytes(static_cast<qsizetype>(m_values.size()) * 2, Qt::Uninitialized);
    char* target = bytes.data();
    for (const float value : m_values) {
        const int number = std::clamp(static_cast<int>(std::lround(value * slope + intercept)), low, high);
        qToLittleEndian(static_cast<quint16>(number), target);
        target += 2;
    }
    return bytes;
}

} // namespace sample
