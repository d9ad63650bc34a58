#include "core/dicom/blanking.h"

#include "core/dicom/encoder.h"
#include "core/dicom/value.h"

#include <QtEndian>
#include <algorithm>
#include <bit>
#include <cmath>

namespace dicom {

namespace {

constexpr Tag floatPixelData{0x7FE0, 0x0008};
constexpr Tag doubleFloatPixelData{0x7FE0, 0x0009};

Error refusal(const QString& reason, const QString& remedy = {})
{
    return {Error::Kind::InvalidValue, reason, remedy};
}

/// Factors of red, green and blue, and what is added, as a part of the range of values.
using ColourRow = std::array<double, 4>;

/// How the luminance and the colour differences of an image come from red, green and blue.
struct Conversion {
    const char* photometricInterpretation;
    std::array<ColourRow, 3> rows;
};

constexpr std::array<ColourRow, 3> full{
    {{0.2990, 0.5870, 0.1140, 0}, {-0.1687, -0.3313, 0.5000, 0.5}, {0.5000, -0.4187, -0.0813, 0.5}}};
constexpr std::array<ColourRow, 3> partial{
    {{0.2568, 0.5041, 0.0979, 1.0 / 16}, {-0.1482, -0.2910, 0.4392, 0.5}, {0.4392, -0.3678, -0.0714, 0.5}}};
constexpr Conversion conversions[] = {
    {"YBR_FULL", full}, {"YBR_FULL_422", full}, {"YBR_PARTIAL_422", partial}};

/// The pixels of an image (PS3.3 section C.7.6.3, PS3.5 section 8).
struct Layout {
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

Result<qint64> numberAt(const DataSet& dataSet, Tag tag, qint64 missing)
{
    const Element* element = dataSet.find(tag);
    const QString text = element ? valueText(*element, {}) : QString();
    if (text.isEmpty())
        return missing;
    bool ok = false;
    const qint64 number = text.toLongLong(&ok); // not of a value that was left in its file
    return ok && number >= 0 && number <= 0x7FFFFFFF
        ? Result<qint64>(number)
        : refusal(QStringLiteral("%1 of the image is no sensible number").arg(toString(tag)));
}

Outcome readNumbers(const DataSet& image, Layout& layout)
{
    qint64 allocated = 0;
    qint64 high = 0;
    qint64 planar = 0;
    qint64 isSigned = 0;
    struct Field {
        Tag tag;
        qint64* number;
        qint64 missing;
    };
    for (const Field& field :
         {Field{{0x0028, 0x0010}, &layout.rows, 0}, Field{{0x0028, 0x0011}, &layout.columns, 0},
          Field{{0x0028, 0x0002}, &layout.samples, 1}, Field{{0x0028, 0x0008}, &layout.frames, 1},
          Field{{0x0028, 0x0100}, &allocated, 0}, Field{{0x0028, 0x0101}, &layout.storedBits, -1},
          Field{{0x0028, 0x0102}, &high, -1}, Field{{0x0028, 0x0006}, &planar, 0},
          Field{tags::PixelRepresentation, &isSigned, 0}}) {
        const auto number = numberAt(image, field.tag, field.missing);
        if (!number)
            return number.error();
        *field.number = *number;
    }
    layout.sampleBytes = allocated / 8;
    layout.planes = planar == 1 && layout.samples > 1;
    layout.isSigned = isSigned == 1;
    layout.frames = std::max<qint64>(1, layout.frames);
    layout.shift = high + 1 - layout.storedBits;
    const bool areStored = layout.storedBits >= 1 && layout.shift >= 0 && high < allocated;
    if (!areStored || layout.isFloat) { // what is blanked must not hang on such slips
        layout.storedBits = allocated;
        layout.shift = 0;
    }
    const bool fits =
        allocated > 0 && allocated % 8 == 0 && allocated <= 64 && layout.samples >= 1 && layout.samples <= 4;
    if (!fits)
        return refusal(QStringLiteral("the pixels of this image lie in a way that cannot be altered"));
    return Done{};
}

Outcome readInterpretation(const DataSet& image, Layout& layout)
{
    const QByteArray name = image.bytes({0x0028, 0x0004}).trimmed();
    for (const Conversion& conversion : conversions)
        if (name == conversion.photometricInterpretation)
            layout.conversion = &conversion;
    layout.pairs = name.endsWith("_422");
    layout.isPalette = name == "PALETTE COLOR";
    const bool isUnknown = name.startsWith("YBR_") && !layout.conversion;
    const bool isUneven =
        layout.pairs && (layout.samples != 3 || layout.planes || layout.columns % 2 != 0 || layout.isFloat);
    if (isUnknown || isUneven || (layout.conversion && layout.samples != 3))
        return refusal(QStringLiteral("the pixels of this image lie in a way that cannot be altered"));
    return Done{};
}

/// Each factor is checked on its own: their product must not run over.
bool isWithin(const Layout& layout, qint64 length)
{
    return layout.rows > 0 && layout.columns > 0 && layout.rows <= length && layout.columns <= length
        && layout.rows * layout.columns <= length && layout.frameBytes() <= length;
}

/// Settles how many frames there are by the length of the pixels, so that none is passed over that the header
/// does not count. False when the length is of no whole number of frames, or of fewer than it says.
bool settleFrames(Layout& layout)
{
    const qint64 length = layout.element->length();
    if (!isWithin(layout, length))
        return false;
    const qint64 frames = length / layout.frameBytes();
    const bool isWhole = length % layout.frameBytes() <= 1; // padding
    const bool areEnough = frames >= layout.frames;
    layout.frames = frames;
    return isWhole && areEnough;
}

/// Programs that decompress images forget to say that the colours of all pixels are there now.
bool hasAllColours(Layout layout)
{
    layout.pairs = false;
    const qint64 frames = layout.frames;
    return settleFrames(layout) && layout.frames == frames;
}

QList<ElementPtr> pixelsOf(const DataSet& image)
{
    QList<ElementPtr> found;
    for (const Tag tag : {tags::PixelData, floatPixelData, doubleFloatPixelData})
        if (ElementPtr element = image.share(tag))
            found << element;
    return found;
}

Result<Layout> layoutOf(const DataSet& image)
{
    Layout layout;
    const QList<ElementPtr> pixels = pixelsOf(image);
    if (pixels.size() != 1)
        return refusal(QStringLiteral("the image holds pixels of several kinds, which cannot be altered"));
    layout.element = pixels.first();
    const SourceValue* source = layout.element->source();
    if (source && source->encapsulated)
        return refusal(QStringLiteral("the image is compressed, and its pixels cannot be altered"),
                       QStringLiteral("Decompress it before, with another program"));
    layout.isFloat = layout.element->tag() != tags::PixelData;
    if (const Outcome read = readNumbers(image, layout); !read)
        return read.error();
    if (const Outcome read = readInterpretation(image, layout); !read)
        return read.error();
    const qint64 floatBytes = layout.element->tag() == floatPixelData ? 4 : 8;
    layout.pairs = layout.pairs && !hasAllColours(layout);
    if (!settleFrames(layout) || (layout.isFloat && layout.sampleBytes != floatBytes))
        return refusal(QStringLiteral("the image is larger or smaller than its Pixel Data"));
    return layout;
}

Error outOfRange(double least, double most)
{
    return refusal(
        QStringLiteral("the fill value is no whole number from %1 to %2, as the pixels of this image are")
            .arg(least, 0, 'f', 0)
            .arg(most, 0, 'f', 0));
}

/// The values of the samples of a pixel.
Result<std::vector<double>> sampleValues(const Layout& layout, const BoxFill& fill)
{
    const std::array<double, 3> colour = fill.colour.value_or(std::array<double, 3>{});
    const double value = fill.value.value_or(0);
    if (layout.samples == 1) {
        if (!fill.value && colour != std::array<double, 3>{})
            return refusal(layout.isPalette ? QStringLiteral(
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

Result<QByteArray> sampleBytes(const Layout& layout, double value)
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
Result<std::vector<QByteArray>> patterns(const Layout& layout, const BoxFill& fill)
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

std::vector<BlankedArea> areasOf(const Layout& layout, const Box& box, const std::vector<QByteArray>& fills)
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
    const auto layout = layoutOf(image);
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
