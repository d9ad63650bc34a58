#include "core/sample/phantom.h"

#include <cmath>
#include <numbers>

namespace sample {

namespace {

constexpr float air = -1000;
constexpr float lung = -860;
constexpr float fat = -95;
constexpr float muscle = 55;
constexpr float blood = 190;
constexpr float spongyBone = 210;
constexpr float hardBone = 700;

double smoothStep(double from, double to, double x)
{
    const double t = std::clamp((x - from) / (to - from), 0.0, 1.0);
    return t * t * (3 - 2 * t);
}

void bone(Canvas& canvas, const Ellipse& e, double shell)
{
    canvas.fill(e, hardBone);
    canvas.fill({e.x, e.y, e.a - shell, e.b - shell, e.degrees}, spongyBone);
}

void bodyWall(Canvas& canvas, double level)
{
    const double width = 0.86 - 0.08 * smoothStep(0.35, 0.0, level);
    canvas.arc({0, -1.3, 2.2, 2.05}, 65, 115, 0.03, -600);
    canvas.fill({0, 0.0, width, 0.60}, -20);
    canvas.fill({0, 0.0, width - 0.012, 0.588}, fat);
    canvas.fill({0, 0.01, width - 0.06, 0.535}, muscle);
    for (const int side : {-1, 1}) {
        canvas.fill({side * 0.42, -0.475, 0.20, 0.05, side * 14.0}, muscle);
        canvas.fill({side * 0.17, 0.50, 0.15, 0.075, side * -8.0}, muscle);
    }
    canvas.fill({0, 0.0, width - 0.13, 0.455}, level < 0.35 ? muscle : fat);
}

void ribs(Canvas& canvas, double level)
{
    const Ellipse cage{0, 0.0, 0.735, 0.475};
    for (int i = 0; i < 6; ++i) {
        // A rib runs obliquely through the slices: its cut wanders to the front from level to level.
        const double phase = std::fmod(i * 30.0 + level * 75, 180.0);
        for (const double angle : {270 + phase, 270 - phase}) {
            const double middle = std::fmod(angle + 360, 360.0);
            canvas.arc(cage, middle - 7, middle + 7, 0.040, hardBone);
            canvas.arc(cage, middle - 6, middle + 6, 0.016, spongyBone);
        }
    }
}

void spine(Canvas& canvas)
{
    canvas.fill({0, 0.50, 0.028, 0.085}, 480);
    for (const int side : {-1, 1}) {
        canvas.fill({side * 0.135, 0.385, 0.095, 0.026, side * 22.0}, 480);
        canvas.fill({side * 0.062, 0.40, 0.022, 0.055, side * -25.0}, 560);
    }
    bone(canvas, {0, 0.29, 0.115, 0.088}, 0.014);
    canvas.fill({0, 0.395, 0.052, 0.042}, 30);
    canvas.fill({0, 0.395, 0.026, 0.024}, 48);
}

/// Half width and height of a lung at the level; they grow from the tip downwards.
double lungSize(double level)
{
    return 0.35 + 0.65 * smoothStep(-0.1, 0.5, level);
}

void lungs(Canvas& canvas, double level)
{
    const double size = lungSize(level);
    for (const int side : {-1, 1}) {
        const auto outline = [side](double angle) {
            // Flattened towards the mediastinum.
            return 1 - 0.14 * std::exp(-4 * std::pow(std::cos(angle) * side + 1, 2));
        };
        canvas.fill({side * (0.37 + 0.03 * (1 - size)), 0.01, 0.345 * size, 0.440 * size, side * -7.0}, lung,
                    Canvas::Blend::Over, outline);
    }
}

/// Vessels are straight tubes from the hila through all levels: discs where a slice cuts them.
void vessels(Canvas& canvas, double level, quint64 seed)
{
    Dice dice(seed + 11);
    for (int i = 0; i < 130; ++i) {
        const int side = i % 2 == 0 ? -1 : 1;
        const double direction = dice.between(-1.4, 1.4);
        const double steepness = dice.between(0.02, 1.1) * (dice.next() < 0.45f ? -1 : 1);
        const double reach = (level - 0.45) / steepness;
        const double length = dice.between(0.3, 1.0);
        if (reach < 0.04 || reach > length)
            continue;
        const double x = side * (0.19 + 0.45 * reach * std::cos(direction));
        const double y = 0.02 + 0.40 * reach * std::sin(direction);
        const double size = lungSize(level);
        const double u = (std::abs(x) - 0.37) / (0.30 * size);
        const double v = (y - 0.01) / (0.40 * size);
        if (u * u + v * v > 1)
            continue;
        const double radius = 0.020 * (1.05 - reach / length) + 0.004;
        canvas.fill({x, y, radius * 1.6, radius, direction * side * 57}, 40);
    }
}

void nodules(Canvas& canvas, double level, quint64 seed)
{
    Dice dice(seed + 23);
    for (int i = 0; i < 160; ++i) {
        const double x = dice.between(0.16, 0.56);
        const double y = dice.between(-0.26, 0.28);
        const double z = dice.between(0.15, 0.75);
        const double depth = std::abs(z - level);
        if (depth < 0.03)
            canvas.fill({i % 2 == 0 ? x : -x, y, 0.008, 0.008}, static_cast<float>(30 - depth * 9000));
    }
}

void trachea(Canvas& canvas, double level)
{
    if (level < 0.38) {
        canvas.fill({0, 0.03, 0.052, 0.056}, 20);
        canvas.fill({0, 0.03, 0.043, 0.047}, air);
        return;
    }
    const double spread = 0.05 + 0.45 * (level - 0.38);
    for (const int side : {-1, 1}) {
        if (spread < 0.17)
            canvas.fill({side * spread, 0.05, 0.040, 0.028, side * 25.0}, air);
    }
}

void heartAndVessels(Canvas& canvas, double level)
{
    canvas.fill({0.0, 0.0, 0.17, 0.30}, fat);
    if (level < 0.32) {
        for (const double x : {-0.09, -0.03, 0.07, 0.11})
            canvas.fill({x, -0.10 + std::abs(x) * 0.6, 0.034, 0.034}, blood);
    } else if (level < 0.42) {
        canvas.fill({0.04, -0.01, 0.055, 0.20, -28}, blood);
        canvas.fill({-0.09, -0.09, 0.035, 0.04}, blood);
    } else if (level < 0.55) {
        canvas.fill({-0.03, -0.10, 0.072, 0.072}, blood);
        canvas.fill({0.07, -0.09, 0.06, 0.055}, 230);
        canvas.fill({0.09, -0.03, 0.17, 0.042, 12}, 230);
        canvas.fill({-0.12, -0.05, 0.034, 0.042}, blood);
    } else {
        const double size = 0.75 + 0.25 * smoothStep(0.55, 0.7, level);
        canvas.fill({0.10, -0.09, 0.285 * size, 0.225 * size, 24}, fat);
        canvas.fill({0.10, -0.09, 0.270 * size, 0.210 * size, 24}, 95);
        canvas.fill({0.18 * size, -0.02, 0.125 * size, 0.078 * size, 38}, blood);
        canvas.fill({0.02, -0.15, 0.120 * size, 0.075 * size, 28}, 170);
        canvas.fill({-0.10, -0.05, 0.072 * size, 0.095 * size}, 165);
        canvas.fill({0.04, 0.06, 0.105 * size, 0.058 * size, 5}, 185);
    }
    canvas.fill({0.01, 0.14, 0.035, 0.022}, 40);
    canvas.fill({0.10, 0.20, 0.058, 0.058}, level < 0.3 ? fat : blood);
}

void lymphNodes(Canvas& canvas, double level)
{
    const double size = std::exp(-std::pow((level - 0.46) / 0.09, 2));
    if (size < 0.2)
        return;
    for (const int side : {-1, 1}) {
        canvas.fill({side * 0.185, 0.0, 0.070 * size, 0.085 * size, side * 15.0}, 62);
        canvas.fill({side * 0.205, 0.085, 0.055 * size, 0.050 * size}, 58);
    }
    canvas.fill({0.0, 0.10, 0.075 * size, 0.042 * size}, 60);
}

void upperAbdomen(Canvas& canvas, double level)
{
    const double size = smoothStep(0.72, 1.0, level);
    if (size <= 0)
        return;
    canvas.fill({-0.35, -0.02, 0.29 * size, 0.37 * size, 7}, 105);
    for (int i = 0; i < 5; ++i)
        canvas.fill({-0.44 + 0.06 * i, -0.12 + 0.05 * (i % 3), 0.045 * size, 0.012, 35.0 * i}, 165);
    canvas.fill({0.40, 0.10, 0.19 * size, 0.22 * size, -12}, 120);
    canvas.fill({0.38, -0.14, 0.17 * size, 0.12 * size}, 35);
    canvas.fill({0.38, -0.19, 0.11 * size, 0.05 * size}, air);
}

} // namespace

Picture chestCt(int size, double level, quint64 seed)
{
    Canvas canvas(size, size, air);
    bodyWall(canvas, level);
    lungs(canvas, level);
    vessels(canvas, level, seed);
    nodules(canvas, level, seed);
    upperAbdomen(canvas, level);
    heartAndVessels(canvas, level);
    trachea(canvas, level);
    lymphNodes(canvas, level);
    ribs(canvas, level);
    spine(canvas);
    bone(canvas, {0, -0.478, 0.085, 0.032}, 0.011);
    if (level < 0.35) {
        for (const int side : {-1, 1})
            canvas.fill({side * 0.52, 0.36, 0.15, 0.016, side * -38.0}, 620);
    }
    canvas.blur(size >= 512 ? 2 : 1);
    canvas.addNoise(size >= 512 ? 22.0f : 12.0f, seed * 1000 + static_cast<quint64>(level * 977));
    return {size, size, 16, 12, false, 1, canvas.toWords(1, 1024, 0, 4095)};
}

} // namespace sample
