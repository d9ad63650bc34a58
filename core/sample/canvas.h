#pragma once

#include <QByteArray>
#include <QStringView>

#include <functional>
#include <vector>

namespace sample {

/// An ellipse on a Canvas, in units of half its width from its centre; y points down, the angle turns
/// clockwise.
struct Ellipse {
    double x = 0;
    double y = 0;
    double a = 1; ///< half axis along x
    double b = 1; ///< half axis along y
    double degrees = 0;
};

/// A grey picture drawn by hand: shapes with soft edges over or on top of what is there.
class Canvas {
public:
    enum class Blend { Over, Add };
    /// Factor on an ellipse's radius for an angle in radians: makes folds and bumps.
    using Outline = std::function<double(double)>;

    Canvas(int width, int height, float background);

    int width() const { return m_width; }
    int height() const { return m_height; }
    float& at(int x, int y) { return m_values[index(x, y)]; }
    float at(int x, int y) const { return m_values[index(x, y)]; }

    void fill(const Ellipse& ellipse, float value, Blend blend = Blend::Over, const Outline& outline = {});
    /// The part of the ellipse's line between two angles in degrees (0 = right, 90 = down, up to 360).
    void arc(const Ellipse& ellipse, double from, double to, double thickness, float value,
             Blend blend = Blend::Over);
    /// Letters of 5 by 7 dots of `dot` pixels; x and y are pixels of the upper left corner.
    void write(int x, int y, int dot, QStringView text, float value);
    void blur(int times);
    /// Adds noise of about that standard deviation; same seed, same noise.
    void addNoise(float deviation, quint64 seed);

    /// value * slope + intercept as 16-bit little endian, cut to [low, high].
    QByteArray toWords(float slope, float intercept, int low, int high) const;

private:
    size_t index(int x, int y) const
    {
        return static_cast<size_t>(y) * static_cast<size_t>(m_width) + static_cast<size_t>(x);
    }
    template <typename Coverage>
    void paint(const Ellipse& ellipse, double margin, float value, Blend blend, const Coverage& coverage);

    int m_width;
    int m_height;
    std::vector<float> m_values;
};

/// Numbers that look random and are the same for the same seed everywhere.
class Dice {
public:
    explicit Dice(quint64 seed)
        : m_state(seed * 0x9e3779b97f4a7c15u + 0x1234567u)
    {
    }
    /// In [0, 1).
    float next()
    {
        m_state ^= m_state << 13;
        m_state ^= m_state >> 7;
        m_state ^= m_state << 17;
        return static_cast<float>(m_state >> 40) * (1.0f / 16777216.0f);
    }
    double between(double low, double high) { return low + (high - low) * static_cast<double>(next()); }

private:
    quint64 m_state;
};

} // namespace sample
