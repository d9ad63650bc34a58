#pragma once

#include "core/base/result.h"
#include "core/dicom/data_set.h"

#include <QList>
#include <array>
#include <cmath>

namespace dicom {

/// Factors of red, green and blue, and what is added, as a part of the range of values.
using ColourRow = std::array<double, 4>;

/// How the luminance and the colour differences of an image come from red, green and blue.
struct Conversion {
    const char* photometricInterpretation;
    std::array<ColourRow, 3> rows;
};

/// The pixels of an image (PS3.3 section C.7.6.3, PS3.5 section 8).
struct PixelLayout {
    ElementPtr element;
    qint64 rows = 0, columns = 0, samples = 1, frames = 1, sampleBytes = 1;
    qint64 storedBits = 0;
    qint64 shift = 0; ///< of the lowest stored bit
    bool isSigned = false;
    bool isFloat = false;
    bool planes = false; ///< one behind the other instead of pixel by pixel
    bool pairs = false; ///< 4:2:2: two pixels share their colour differences
    bool isPalette = false;
    const Conversion* conversion = nullptr;

    /// Of a pixel; in planes, of one in one plane.
    qint64 pixelBytes() const { return (pairs ? 2 : planes ? 1 : samples) * sampleBytes; }
    qint64 frameBytes() const { return rows * columns * pixelBytes() * (planes ? samples : 1); }
    double greatest() const { return std::exp2(static_cast<double>(storedBits)) - 1; }
};

/// Why the pixels of an image cannot be blanked.
Error pixelRefusal(const QString& reason, const QString& remedy = {});

/// Pixel Data in each of its forms; there should be one.
QList<ElementPtr> pixelsOf(const DataSet& image);

/// Fails where the attributes of the image do not say, or contradict its pixels.
Result<PixelLayout> pixelLayoutOf(const DataSet& image);

} // namespace dicom
