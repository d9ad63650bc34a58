#include "core/dicom/pixel_layout.h"

#include "core/dicom/value.h"

#include <algorithm>

namespace dicom {

namespace {

constexpr Tag floatPixelData{0x7FE0, 0x0008};
constexpr Tag doubleFloatPixelData{0x7FE0, 0x0009};

constexpr std::array<ColourRow, 3> full{
    {{0.2990, 0.5870, 0.1140, 0}, {-0.1687, -0.3313, 0.5000, 0.5}, {0.5000, -0.4187, -0.0813, 0.5}}};
constexpr std::array<ColourRow, 3> partial{
    {{0.2568, 0.5041, 0.0979, 1.0 / 16}, {-0.1482, -0.2910, 0.4392, 0.5}, {0.4392, -0.3678, -0.0714, 0.5}}};
constexpr Conversion conversions[] = {
    {"YBR_FULL", full}, {"YBR_FULL_422", full}, {"YBR_PARTIAL_422", partial}};

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
        : pixelRefusal(QStringLiteral("%1 of the image is not a sensible number").arg(toString(tag)));
}

Outcome readNumbers(const DataSet& image, PixelLayout& layout)
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
        return pixelRefusal(QStringLiteral("the pixels of this image lie in a way that cannot be altered"));
    return Done{};
}

Outcome readInterpretation(const DataSet& image, PixelLayout& layout)
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
        return pixelRefusal(QStringLiteral("the pixels of this image lie in a way that cannot be altered"));
    return Done{};
}

/// Each factor is checked on its own: their product must not run over.
bool isWithin(const PixelLayout& layout, qint64 length)
{
    return layout.rows > 0 && layout.columns > 0 && layout.rows <= length && layout.columns <= length
        && layout.rows * layout.columns <= length && layout.frameBytes() <= length;
}

/// Settles how many frames there are by the length of the pixels, so that none is passed over that the header
/// does not count. False when the length is of no whole number of frames, or of fewer than it says.
bool settleFrames(PixelLayout& layout)
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
bool hasAllColours(PixelLayout layout)
{
    layout.pairs = false;
    const qint64 frames = layout.frames;
    return settleFrames(layout) && layout.frames == frames;
}

} // namespace

Error pixelRefusal(const QString& reason, const QString& remedy)
{
    return {Error::Kind::InvalidValue, reason, remedy};
}

QList<ElementPtr> pixelsOf(const DataSet& image)
{
    QList<ElementPtr> found;
    for (const Tag tag : {tags::PixelData, floatPixelData, doubleFloatPixelData})
        if (ElementPtr element = image.share(tag))
            found << element;
    return found;
}

Result<PixelLayout> pixelLayoutOf(const DataSet& image)
{
    PixelLayout layout;
    const QList<ElementPtr> pixels = pixelsOf(image);
    if (pixels.size() != 1)
        return pixelRefusal(
            QStringLiteral("the image holds pixels of several kinds, which cannot be altered"));
    layout.element = pixels.first();
    const SourceValue* source = layout.element->source();
    if (source && source->encapsulated)
        return pixelRefusal(QStringLiteral("the image is compressed, and its pixels cannot be altered"),
                            QStringLiteral("Decompress it before, with another program"));
    layout.isFloat = layout.element->tag() != tags::PixelData;
    if (const Outcome read = readNumbers(image, layout); !read)
        return read.error();
    if (const Outcome read = readInterpretation(image, layout); !read)
        return read.error();
    const qint64 floatBytes = layout.element->tag() == floatPixelData ? 4 : 8;
    layout.pairs = layout.pairs && !hasAllColours(layout);
    if (!settleFrames(layout) || (layout.isFloat && layout.sampleBytes != floatBytes))
        return pixelRefusal(QStringLiteral("the image is larger or smaller than its Pixel Data"));
    return layout;
}

} // namespace dicom
