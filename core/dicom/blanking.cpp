#include "core/dicom/blanking.h"

#include "core/dicom/encoder.h"
#include "core/dicom/pixel_layout.h"
#include "core/dicom/value.h"

#include <QtEndian>
#include <algorithm>
#include <bit>
#include <cmath>

namespace dicom {

namespace {

Error outOfRange(double least, double most)
{
    return pixelRefusal(
        QStringLiteral("the fill value is not a whole number from %1 to %2, as the pixels of this image are")
            .arg(least, 0, 'f', 0)
            .arg(most, 0, 'f', 0));
}

/// The values of the samples of a pixel.
Result<std::vector<double>> sampleValues(const PixelLayout& layout, const BoxFill& fill)
{
    const std::array<double, 3> colour = fill.colour.value_or(std::array<double, 3>{});
    const double value = fill.value.value_or(0);
    if (layout.samples == 1) {
        if (!fill.value && colour != std::array<double, 3>{})
            return pixelRefusal(layout.isPalette ? QStringLiteral(
                                    "the pixels of this image are places in a palette, not colours")
                                                 : QStringLiteral("the pixels of this image have no colours"),
                                QStringLiteral("Give a value as well, as in \"v=0, r=0, g=0, b=255\""));
        return std::vector<double>{value};
    }
    std::vector<double> values;
    if (!layout.conversion) {
        for (size_t sample = 0; sample < static_cast<size_t>(layout.samples); ++sample)
            values.push_back(!fill.colour ? value : sample < colour.size() ? colour.at(sample) : 0);
        return values;
    }
    const std::array<double, 3> rgb = fill.colour ? colour : std::array<double, 3>{value, value, value};
    for (const double part : rgb)
        if (part < 0 || part > layout.greatest())
            return outOfRange(0, layout.greatest());
    for (const ColourRow& row : layout.conversion->rows)
        values.push_back(std::min(std::round(row[0] * rgb[0] + row[1] * rgb[1] + row[2] * rgb[2]
                                             + row[3] * (layout.greatest() + 1)),
                                  layout.greatest()));
    return values;
}

Result<QByteArray> sampleBytes(const PixelLayout& layout, double value)
{
    quint64 bits = 0;
    if (layout.isFloat) {
        bits = layout.sampleBytes == 4 ? std::bit_cast<quint32>(static_cast<float>(value))
                                       : std::bit_cast<quint64>(value);
    } else {
        const double range = std::exp2(static_cast<double>(layout.storedBits - (layout.isSigned ? 1 : 0)));
        const double least = layout.isSigned ? -range : 0;
        if (value < least || value > range - 1 || value != std::floor(value))
            return outOfRange(least, range - 1);
        bits = static_cast<quint64>(static_cast<qint64>(value)) << layout.shift;
    }
    QByteArray bytes(8, Qt::Uninitialized);
    qToLittleEndian(bits, bytes.data());
    return bytes.first(layout.sampleBytes);
}

/// What a box is filled with, for each plane: a pixel, or two of them where they share colours.
Result<std::vector<QByteArray>> patterns(const PixelLayout& layout, const BoxFill& fill)
{
    const auto values = sampleValues(layout, fill);
    if (!values)
        return values.error();
    std::vector<QByteArray> samples;
    for (const double value : *values) {
        auto bytes = sampleBytes(layout, value);
        if (!bytes)
            return bytes.error();
        samples.push_back(std::move(bytes).value());
    }
    if (layout.pairs)
        return std::vector<QByteArray>{samples[0] + samples[0] + samples[1] + samples[2]};
    if (layout.planes)
        return samples;
    QByteArray pixel;
    for (const QByteArray& sample : samples)
        pixel += sample;
    return std::vector<QByteArray>{pixel};
}

/// Bytes that are reversed together in a file in big endian.
int unitOf(Vr vr)
{
    return info(vr).content == VrInfo::Content::Bytes || info(vr).content == VrInfo::Content::Numbers
        ? info(vr).unitSize
        : 1;
}

std::vector<BlankedArea> areasOf(const PixelLayout& layout, const Box& box,
                                 const std::vector<QByteArray>& fills)
{
    std::vector<BlankedArea> areas;
    for (size_t plane = 0; plane < fills.size(); ++plane) {
        BlankedArea area;
        area.rowStride = layout.columns * layout.pixelBytes();
        area.first = (static_cast<qint64>(plane) * layout.rows + box.top) * area.rowStride
            + box.left * layout.pixelBytes();
        area.runLength = (box.right - box.left) * layout.pixelBytes();
        area.rows = box.bottom - box.top;
        area.frameStride = layout.frameBytes();
        area.frames = layout.frames;
        area.unit = unitOf(layout.element->vr());
        const bool isZero =
            std::all_of(fills[plane].begin(), fills[plane].end(), [](char byte) { return byte == 0; });
        area.fill = isZero ? QByteArray() : fills[plane];
        areas.push_back(area);
    }
    return areas;
}

ElementPtr altered(const Element& pixels, const std::vector<BlankedArea>& areas)
{
    if (const SourceValue* source = pixels.source()) {
        SourceValue value = *source;
        value.blanked.insert(value.blanked.end(), areas.begin(), areas.end());
        return Element::make(pixels.tag(), pixels.vr(), std::move(value));
    }
    QByteArray bytes = pixels.bytes();
    blank(bytes, 0, areas, false);
    return Element::make(pixels.tag(), pixels.vr(), std::move(bytes));
}

} // namespace

bool hasPixels(const DataSet& image)
{
    return !pixelsOf(image).isEmpty();
}

Result<Blanked> blanked(const DataSet& image, const Box& box, const BoxFill& fill)
{
    const auto layout = pixelLayoutOf(image);
    if (!layout)
        return layout.error();
    Blanked result;
    result.columns = layout->columns;
    result.rows = layout->rows;
    result.box = {box.left, box.top, std::min(box.right, layout->columns),
                  std::min(box.bottom, layout->rows)};
    if (result.box.left >= result.box.right || result.box.top >= result.box.bottom)
        return result;
    if (layout->pairs) {
        result.box.left -= result.box.left % 2;
        result.box.right += result.box.right % 2;
    }
    const auto fills = patterns(*layout, fill);
    if (!fills)
        return fills.error();
    result.pixels = altered(*layout->element, areasOf(*layout, result.box, *fills));
    return result;
}

} // namespace dicom
