#include "core/sample/phantom.h"

#include <QStringList>

#include <cmath>
#include <numbers>

namespace sample {

namespace {

constexpr auto add = Canvas::Blend::Add;

void trunk(Canvas& canvas)
{
    canvas.fill({0, -0.95, 0.20, 0.45}, 0.55f);
    canvas.fill({0, 0.45, 0.80, 1.15}, 0.55f);
    for (const int side : {-1, 1}) {
        canvas.fill({side * 0.62, -0.52, 0.34, 0.20, side * 24.0}, 0.58f);
        canvas.fill({side * 0.90, 0.0, 0.17, 0.62, side * -6.0}, 0.50f);
    }
    canvas.fill({0, 0.10, 0.68, 0.85}, 0.62f);
}

void lungFields(Canvas& canvas)
{
    for (const int side : {-1, 1}) {
        const auto outline = [side](double angle) {
            return 1 - 0.10 * std::exp(-3 * std::pow(std::cos(angle) * side + 1, 2));
        };
        canvas.fill({side * 0.34, -0.02, 0.285, 0.72, side * -7.0}, 0.24f, Canvas::Blend::Over, outline);
        canvas.fill({side * 0.33, -0.15, 0.20, 0.50, side * -8.0}, -0.05f, add);
    }
}

void lungVessels(Canvas& canvas, quint64 seed)
{
    Dice dice(seed + 3);
    for (int i = 0; i < 150; ++i) {
        const int side = i % 2 == 0 ? -1 : 1;
        const double angle = dice.between(-1.5, 1.5);
        const double from = dice.between(0.02, 0.30);
        const double length = dice.between(0.04, 0.13);
        const double x = side * (0.15 + (from + length) * std::cos(angle) * 0.9);
        const double y = -0.02 + (from + length) * std::sin(angle) * 1.7;
        canvas.fill({x, y, length, 0.011 * (0.42 - from), side * angle * 65}, 0.12f, add);
    }
}

void heartShadow(Canvas& canvas)
{
    canvas.fill({0.01, -0.15, 0.125, 0.62}, 0.72f);
    canvas.fill({0.155, 0.32, 0.30, 0.24, 28}, 0.76f);
    canvas.fill({-0.06, 0.30, 0.165, 0.22}, 0.76f);
    canvas.fill({0.11, -0.27, 0.085, 0.09}, 0.72f);
    canvas.fill({0.0, -0.55, 0.035, 0.36}, -0.10f, add);
    // Both hila enlarged and lobulated.
    for (const int side : {-1, 1}) {
        canvas.fill({side * 0.185, -0.03, 0.095, 0.10}, 0.62f);
        canvas.fill({side * 0.215, 0.08, 0.080, 0.085}, 0.60f);
        canvas.fill({side * 0.17, -0.13, 0.060, 0.065}, 0.60f);
    }
}

void diaphragm(Canvas& canvas)
{
    canvas.fill({-0.35, 1.02, 0.38, 0.56}, 0.80f);
    canvas.fill({0.37, 1.09, 0.37, 0.56}, 0.78f);
    canvas.fill({0, 1.05, 0.80, 0.40}, 0.80f);
    canvas.fill({0.37, 0.68, 0.13, 0.07}, 0.45f);
}

void bones(Canvas& canvas)
{
    for (int i = 0; i < 10; ++i) {
        const double y = -0.72 + i * 0.145;
        const double half = 0.34 + 0.30 * std::sin(std::min(1.0, i / 6.0) * std::numbers::pi / 2);
        for (const int side : {-1, 1}) {
            canvas.arc({side * 0.05, y + 0.20, half, 0.20, side * 18.0}, side < 0 ? 180 : 270,
                       side < 0 ? 275 : 360, 0.042, 0.085f, add);
            canvas.arc({side * 0.08, y + 0.16, half - 0.03, 0.24, side * -20.0}, side < 0 ? 110 : 5,
                       side < 0 ? 175 : 70, 0.034, 0.045f, add);
        }
    }
    for (int i = 0; i < 15; ++i)
        canvas.fill({0, -0.95 + i * 0.135, 0.068, 0.052}, 0.07f, add);
    for (const int side : {-1, 1}) {
        canvas.fill({side * 0.30, -0.60, 0.27, 0.030, side * -14.0}, 0.16f, add);
        canvas.fill({side * 0.74, -0.46, 0.10, 0.10}, 0.14f, add);
        canvas.arc({side * 0.58, -0.18, 0.14, 0.32, side * 12.0}, 0, 360, 0.022, 0.07f, add);
    }
}

/// A place in the fan of an ultrasound picture: 0 to 1 deep, -1 to 1 across; depth < 0 outside of it.
struct FanPlace {
    double depth;
    double across;
};

FanPlace fanPlace(int x, int y, int width, int height)
{
    const double dx = x - width * 0.5;
    const double dy = y - height * 0.02;
    const double depth = std::hypot(dx, dy) / (height * 0.92);
    const double across = std::atan2(dx, dy) / (42 * std::numbers::pi / 180);
    return {std::abs(across) <= 1 && depth <= 1 && depth > 0.04 ? depth : -1, across};
}

/// Heart walls and chambers, without speckle.
Canvas heartCanvas(int width, int height, double phase)
{
    const double beat = 1 - 0.16 * std::pow(std::sin(phase * std::numbers::pi), 2);
    Canvas canvas(width, height, 0.20f);
    const double k = double(height) / width;
    const auto chamber = [&](double x, double y, double a, double b, double degrees) {
        canvas.fill({x * k, y * k, a * k + 0.035, b * k + 0.035, degrees}, 0.62f);
        canvas.fill({x * k, y * k, a * k, b * k, degrees}, 0.03f);
    };
    canvas.fill({0, 0.10 * k, 0.55 * k, 0.68 * k}, 0.42f);
    chamber(0.18, -0.16, 0.17 * beat, 0.30 * beat, 8);
    chamber(-0.21, -0.12, 0.13 * beat, 0.25 * beat, -14);
    chamber(0.17, 0.40, 0.18 / beat, 0.19 / beat, 0);
    chamber(-0.22, 0.38, 0.17 / beat, 0.18 / beat, 0);
    const double valve = 24 + 40 * phase;
    for (const double x : {0.16, -0.21}) {
        canvas.fill({(x - 0.07) * k, 0.14 * k, 0.075 * k, 0.012, valve}, 0.95f);
        canvas.fill({(x + 0.07) * k, 0.14 * k, 0.075 * k, 0.012, -valve}, 0.95f);
    }
    canvas.arc({0, 0.10 * k, 0.57 * k, 0.70 * k}, 0, 360, 0.022, 0.92f);
    return canvas;
}

/// The heart as the transducer sees it: speckle, fading with depth, black outside of the fan.
Canvas fanPicture(int width, int height, double phase, quint64 seed)
{
    const Canvas heart = heartCanvas(width, height, phase);
    Canvas result(width, height, 0);
    Dice dice(seed);
    float speckle = 0;
    for (int y = 0; y < height; ++y) {
        for (int x = 0; x < width; ++x) {
            speckle = 0.45f * speckle + 0.55f * dice.next();
            const auto place = fanPlace(x, y, width, height);
            if (place.depth >= 0)
                result.at(x, y) =
                    heart.at(x, y) * (0.35f + 1.3f * speckle) * static_cast<float>(1.05 - 0.45 * place.depth);
        }
    }
    result.blur(1);
    return result;
}

char grey(float value)
{
    return static_cast<char>(static_cast<quint8>(std::clamp(value, 0.0f, 1.0f) * 255));
}

struct Rgb {
    float red;
    float green;
    float blue;
};

/// Blood towards the transducer is red, away from it blue; without flow the grey stays.
Rgb withFlow(float value, double x, double y, double phase)
{
    const double inflow = 1 - std::hypot((x - 0.17) / 0.10, (y - 0.10) / 0.34);
    const double leak = 1 - std::hypot((x + 0.20) / 0.07, (y - 0.30) / 0.22);
    const auto strength = static_cast<float>(std::max(inflow, leak) * (1.2 - 0.6 * phase));
    if (strength <= 0 || value > 0.35f)
        return {value, value, value};
    const float bright = std::min(1.0f, 0.35f + strength);
    if (inflow > leak)
        return {bright, strength * 0.55f, 0.05f};
    return {0.05f, strength * 0.7f, bright};
}

} // namespace

Picture chestRadiograph(int size, quint64 seed)
{
    Canvas canvas(size, size, 0.04f);
    trunk(canvas);
    lungFields(canvas);
    lungVessels(canvas, seed);
    diaphragm(canvas);
    heartShadow(canvas);
    bones(canvas);
    canvas.blur(size / 128);
    canvas.addNoise(0.008f, seed);
    canvas.write(size - size / 10, size / 16, std::max(2, size / 170), u"L", 1.05f);
    return {size, size, 16, 12, false, 1, canvas.toWords(3600, 80, 0, 4095)};
}

Picture heartUltrasound(int width, int height, double phase, const QString& caption, quint64 seed)
{
    Canvas canvas = fanPicture(width, height, phase, seed);
    canvas.write(6, 6, 1, caption, 0.95f);
    canvas.write(6, height - 14, 1, u"4CH 2.4 MHZ 16 CM", 0.8f);
    for (int i = 0; i <= 16; ++i)
        canvas.fill({0.93, (-0.92 + i * 0.115) * height / width, i % 5 == 0 ? 0.03 : 0.015, 0.004}, 0.8f);
    QByteArray pixels;
    pixels.reserve(qsizetype{3} * width * height);
    for (int y = 0; y < height; ++y) {
        for (int x = 0; x < width; ++x) {
            const float value = canvas.at(x, y);
            const bool inFan = fanPlace(x, y, width, height).depth >= 0;
            const double u = (x - width / 2.0) / (height / 2.0);
            const double v = (y - height / 2.0) / (height / 2.0);
            const Rgb rgb = inFan ? withFlow(value, u, v, phase) : Rgb{value, value, value};
            pixels.append(grey(rgb.red)).append(grey(rgb.green)).append(grey(rgb.blue));
        }
    }
    return {width, height, 8, 8, true, 1, pixels};
}

Picture heartClip(int width, int height, int frames, quint64 seed)
{
    QByteArray pixels;
    pixels.reserve(qsizetype{width} * height * frames);
    for (int frame = 0; frame < frames; ++frame) {
        const Canvas canvas = fanPicture(width, height, double(frame) / frames, seed + quint64(frame));
        for (int y = 0; y < height; ++y) {
            for (int x = 0; x < width; ++x)
                pixels.append(grey(canvas.at(x, y)));
        }
    }
    return {width, height, 8, 8, false, frames, pixels};
}

Picture textPage(int width, int height, const QStringList& lines)
{
    Canvas canvas(width, height, 0.02f);
    for (int i = 0; i < lines.size(); ++i)
        canvas.write(20, 20 + i * 22, i == 0 ? 3 : 2, lines[i], i == 0 ? 1.0f : 0.8f);
    QByteArray pixels;
    pixels.reserve(qsizetype{3} * width * height);
    for (int y = 0; y < height; ++y) {
        for (int x = 0; x < width; ++x)
            pixels.append(3, grey(canvas.at(x, y)));
    }
    return {width, height, 8, 8, true, 1, pixels};
}

} // namespace sample
