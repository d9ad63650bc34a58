#include "core/sample/phantom.h"

#include <cmath>

namespace sample {

namespace {

/// How bright a tissue is, 0 to 1, in one contrast.
struct Tissues {
    float scalp;
    float bone;
    float fluid;
    float grey;
    float white;
    float lesion;
    float muscle;
};

Tissues tissues(MrContrast contrast)
{
    switch (contrast) {
    case MrContrast::T1:
        return {0.95f, 0.10f, 0.10f, 0.42f, 0.66f, 0.40f, 0.35f};
    case MrContrast::T2:
        return {0.60f, 0.07f, 0.98f, 0.52f, 0.36f, 0.80f, 0.22f};
    case MrContrast::Flair:
        break;
    }
    return {0.62f, 0.06f, 0.07f, 0.50f, 0.38f, 0.92f, 0.25f};
}

/// The head at one level: everything is scaled by it.
struct Head {
    double level;
    double width;
    double length;
};

Head headAt(double level)
{
    const double rise = std::max(0.0, level - 0.25) / 0.85;
    const double size = std::sqrt(1 - rise * rise * 0.75);
    return {level, 0.66 * size, 0.84 * size};
}

void skull(Canvas& canvas, const Head& head, const Tissues& t)
{
    canvas.fill({0, 0, head.width, head.length}, t.scalp * 0.75f);
    canvas.fill({0, 0, head.width - 0.018, head.length - 0.018}, t.scalp);
    canvas.fill({0, 0, head.width - 0.06, head.length - 0.06}, t.bone);
    canvas.arc({0, 0, head.width - 0.078, head.length - 0.078}, 0, 360, 0.012, t.scalp * 0.5f);
    canvas.fill({0, 0, head.width - 0.098, head.length - 0.098}, t.fluid);
}

Canvas::Outline folds(double depth, double phase)
{
    return [depth, phase](double angle) {
        return 1
            + depth
            * (std::sin(17 * angle + phase) + 0.7 * std::sin(29 * angle - 2.1 * phase)
               + 0.4 * std::sin(41 * angle + 3.3 * phase));
    };
}

void hemispheres(Canvas& canvas, const Head& head, const Tissues& t)
{
    const double a = head.width - 0.115;
    const double b = head.length - 0.115;
    const double phase = head.level * 9;
    canvas.fill({0, 0, a, b}, t.grey, Canvas::Blend::Over, folds(0.011, phase));
    for (const int side : {-1, 1}) {
        const auto outline = [fold = folds(0.045, phase * side + 1.0)](double angle) { return fold(angle); };
        canvas.fill({side * a * 0.47, 0, a * 0.40, b * 0.84, side * 3.0}, t.white, Canvas::Blend::Over,
                    outline);
    }
    // Furrows: dark or bright lines of fluid from the surface inwards.
    Dice dice(static_cast<quint64>(head.level * 40) + 5);
    for (int i = 0; i < 26; ++i) {
        const double angle = i * 0.2417 + dice.between(-0.05, 0.05);
        const double depth = dice.between(0.86, 0.95);
        canvas.fill({a * depth * std::cos(angle), b * depth * std::sin(angle), 0.058, 0.0075,
                     std::atan2(b * std::sin(angle), a * std::cos(angle)) * 57.3},
                    t.fluid);
    }
    canvas.fill({0, 0, 0.009, b * 0.98}, t.fluid);
}

void deepNuclei(Canvas& canvas, const Tissues& t)
{
    canvas.fill({0, -0.02, 0.16, 0.30}, t.white);
    for (const int side : {-1, 1}) {
        canvas.fill({side * 0.085, 0.07, 0.068, 0.105, side * 18.0}, t.grey);
        canvas.fill({side * 0.205, -0.05, 0.045, 0.145, side * -12.0}, t.grey);
        canvas.fill({side * 0.105, -0.19, 0.038, 0.075, side * -14.0}, t.grey);
        canvas.fill({side * 0.36, 0.0, 0.030, 0.17, side * -6.0}, t.grey);
    }
}

void ventricles(Canvas& canvas, double level, const Tissues& t)
{
    const double size = 1 - std::pow((level - 0.58) / 0.22, 2);
    if (size <= 0)
        return;
    for (const int side : {-1, 1}) {
        canvas.fill({side * 0.068, -0.21, 0.034 * size, 0.115 * size, side * 20.0}, t.fluid);
        canvas.fill({side * 0.150, 0.26, 0.040 * size, 0.145 * size, side * -24.0}, t.fluid);
        if (level > 0.58)
            canvas.fill({side * 0.085, 0.02, 0.034 * size, 0.24 * size, side * -4.0}, t.fluid);
    }
    canvas.fill({0, 0.02, 0.011, 0.10 * size}, t.fluid);
}

void eyes(Canvas& canvas, double level, const Tissues& t)
{
    const double size = std::sqrt(std::max(0.0, 1 - std::pow((level - 0.14) / 0.15, 2)));
    for (const int side : {-1, 1}) {
        canvas.fill({side * 0.25, -0.60, 0.145 * size, 0.16 * size}, t.scalp * 0.8f);
        canvas.fill({side * 0.25, -0.64, 0.105 * size, 0.105 * size}, t.fluid > 0.5f ? 0.95f : 0.22f);
        canvas.fill({side * 0.25, -0.64 - 0.075 * size, 0.045 * size, 0.020}, t.bone);
        canvas.fill({side * 0.17, -0.47, 0.016, 0.09 * size, side * -20.0}, t.muscle);
    }
    canvas.fill({0, -0.60, 0.085 * size, 0.17 * size}, t.bone);
    canvas.fill({0, -0.62, 0.010, 0.15 * size}, t.muscle);
}

void baseOfSkull(Canvas& canvas, double level, const Tissues& t)
{
    const double size = 1.06 - level * 0.9;
    canvas.fill({0, 0.36, 0.44 * size, 0.27}, t.fluid);
    for (const int side : {-1, 1}) {
        canvas.fill({side * 0.20 * size, 0.37, 0.215 * size, 0.235}, t.grey);
        canvas.fill({side * 0.19 * size, 0.36, 0.13 * size, 0.14}, t.white, Canvas::Blend::Over,
                    folds(0.09, 1.5));
        canvas.fill({side * 0.36, 0.08, 0.14 * size, 0.045, side * 28.0}, t.bone);
    }
    eyes(canvas, level, t);
    canvas.fill({0, 0.12, 0.125, 0.115}, t.white);
    canvas.fill({0, 0.26, 0.055, 0.034}, t.fluid);
    canvas.fill({0, 0.44, 0.030, 0.16}, t.grey);
}

void lesions(Canvas& canvas, double level, const Tissues& t)
{
    Dice dice(77);
    for (int i = 0; i < 22; ++i) {
        const double x = dice.between(0.14, 0.34) * (i % 2 == 0 ? 1 : -1);
        const double y = dice.between(-0.36, 0.36);
        const double z = dice.between(0.45, 0.95);
        const double radius = dice.between(0.010, 0.024);
        if (std::abs(z - level) < 0.07)
            canvas.fill({x, y, radius, radius * 1.3}, t.lesion);
    }
}

} // namespace

Picture headMr(int size, double level, MrContrast contrast, quint64 seed)
{
    const Tissues t = tissues(contrast);
    const Head head = headAt(level);
    Canvas canvas(size, size, 0.01f);
    skull(canvas, head, t);
    hemispheres(canvas, head, t);
    if (level < 0.3)
        baseOfSkull(canvas, level, t);
    else if (level < 0.68)
        deepNuclei(canvas, t);
    ventricles(canvas, level, t);
    lesions(canvas, level, t);
    canvas.blur(size >= 256 ? 2 : 1);
    canvas.addNoise(0.018f, seed * 1000 + static_cast<quint64>(level * 977));
    return {size, size, 16, 12, false, 1, canvas.toWords(1500, 20, 0, 4095)};
}

} // namespace sample
