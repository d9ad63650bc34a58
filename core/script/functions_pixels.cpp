// alterPixels[]: rectangles of uncompressed images are set to zero.

#include "core/script/function_calls.h"
#include "core/script/working_object.h"

#include <QRegularExpression>

namespace script {

namespace {

using dicom::DataSet;
using dicom::Element;
using dicom::Tag;
using dicom::Vr;

constexpr Tag samplesPerPixel{0x0028, 0x0002};
constexpr Tag photometricInterpretation{0x0028, 0x0004};
constexpr Tag planarConfiguration{0x0028, 0x0006};
constexpr Tag numberOfFrames{0x0028, 0x0008};
constexpr Tag rowsTag{0x0028, 0x0010};
constexpr Tag columnsTag{0x0028, 0x0011};
constexpr Tag bitsAllocated{0x0028, 0x0100};
constexpr Tag floatPixelData{0x7FE0, 0x0008};
constexpr Tag doubleFloatPixelData{0x7FE0, 0x0009};
constexpr Tag deidentificationMethod{0x0012, 0x0063};
constexpr Tag deidentificationMethodCodes{0x0012, 0x0064};

/// Pixels, borders included, counted from 0 at the left and the top.
struct Rectangle {
    qint64 left = 0, top = 0, right = 0, bottom = 0;
};

/// How the pixels lie in Pixel Data (PS3.3 section C.7.6.3).
struct Layout {
    qint64 rows = 0, columns = 0, samples = 1, frames = 1, sampleBytes = 1;
    bool planes = false; ///< one behind the other instead of pixel by pixel

    qint64 frameBytes() const { return rows * columns * samples * sampleBytes; }
};

Result<Rectangle> rectangleIn(const QString& text)
{
    Rectangle result;
    const std::pair<QChar, qint64*> sides[] = {
        {u'l', &result.left}, {u't', &result.top}, {u'r', &result.right}, {u'b', &result.bottom}};
    for (const auto& [letter, side] : sides) {
        const QRegularExpression pattern(
            QStringLiteral(R"((?:^|[,\s])%1\s*=\s*(\d{1,9})\s*(?:,|$))").arg(letter));
        const auto match = pattern.match(text);
        if (!match.hasMatch())
            return functionError(QStringLiteral("the rectangle has no number for %1").arg(letter),
                                 QStringLiteral("Write \"l=0, t=0, r=99, b=20\""));
        *side = match.captured(1).toLongLong();
    }
    if (result.right < result.left || result.bottom < result.top)
        return functionError(QStringLiteral("the rectangle ends before it begins"));
    return result;
}

Result<qint64> numberAt(const DataSet& dataSet, Tag tag, qint64 missing)
{
    const auto text = readValue(dataSet, tag, {});
    if (!text)
        return text.error();
    if (!*text || (*text)->isEmpty())
        return missing;
    bool ok = false;
    const qint64 number = (*text)->toLongLong(&ok);
    return ok && number >= 0 && number <= 0x7FFFFFFF
        ? Result<qint64>(number)
        : functionError(QStringLiteral("%1 of the image is no sensible number").arg(dicom::toString(tag)));
}

Result<Layout> layoutOf(const DataSet& dataSet, qint64 length)
{
    Layout layout;
    qint64 bits = 0;
    qint64 planar = 0;
    struct Field {
        Tag tag;
        qint64* number;
        qint64 missing;
    };
    for (const Field& field :
         {Field{rowsTag, &layout.rows, 0}, Field{columnsTag, &layout.columns, 0},
          Field{samplesPerPixel, &layout.samples, 1}, Field{numberOfFrames, &layout.frames, 1},
          Field{bitsAllocated, &bits, 0}, Field{planarConfiguration, &planar, 0}}) {
        const auto number = numberAt(dataSet, field.tag, field.missing);
        if (!number)
            return number.error();
        *field.number = *number;
    }
    layout.sampleBytes = bits / 8;
    layout.planes = planar == 1 && layout.samples > 1;
    const bool subsampled = dataSet.bytes(photometricInterpretation).endsWith("422")
        || dataSet.bytes(photometricInterpretation).endsWith("420");
    if (bits == 0 || bits % 8 != 0 || bits > 64 || layout.samples > 4 || subsampled)
        return functionError(QStringLiteral("the pixels of this image lie in a way that cannot be altered"));
    // Each factor is checked on its own: their product must not run over.
    const bool fits = layout.rows > 0 && layout.columns > 0 && layout.rows <= length
        && layout.columns <= length && layout.frames > 0 && layout.frames <= length
        && layout.rows * layout.columns <= length && layout.frameBytes() <= length / layout.frames;
    if (!fits)
        return functionError(QStringLiteral("the image is larger or smaller than its Pixel Data"));
    return layout;
}

std::vector<dicom::BlankedArea> areasOf(const Layout& layout, const Rectangle& rectangle)
{
    const qint64 right = std::min(rectangle.right, layout.columns - 1);
    const qint64 bottom = std::min(rectangle.bottom, layout.rows - 1);
    if (rectangle.left > right || rectangle.top > bottom)
        return {}; // beside the image
    const qint64 planes = layout.planes ? layout.samples : 1;
    const qint64 pixelBytes = layout.sampleBytes * (layout.planes ? 1 : layout.samples);
    std::vector<dicom::BlankedArea> areas;
    for (qint64 plane = 0; plane < planes; ++plane) {
        dicom::BlankedArea area;
        area.rowStride = layout.columns * pixelBytes;
        area.first = plane * layout.rows * area.rowStride + rectangle.top * area.rowStride
            + rectangle.left * pixelBytes;
        area.runLength = (right - rectangle.left + 1) * pixelBytes;
        area.rows = bottom - rectangle.top + 1;
        area.frameStride = layout.frameBytes();
        area.frames = layout.frames;
        areas.push_back(area);
    }
    return areas;
}

DataSet cleanPixelDataCode()
{
    DataSet item; // PS3.16 CID 7050
    item.set({0x0008, 0x0100}, Vr::SH, "113101");
    item.set({0x0008, 0x0102}, Vr::SH, "DCM ");
    item.set({0x0008, 0x0104}, Vr::LO, "Clean Pixel Data Option ");
    return item;
}

/// Says in the object what was done (PS3.15 section E.1.1).
Outcome record(WorkingObject& object)
{
    object.set(Element::make(dicom::tags::BurnedInAnnotation, Vr::CS, "NO"));
    const Element* codes = object.dataSet().find(deidentificationMethodCodes);
    Element::Items items = codes ? codes->items() : Element::Items();
    const DataSet code = cleanPixelDataCode();
    if (std::find(items.begin(), items.end(), code) != items.end())
        return Done{};
    items.push_back(code);
    object.set(Element::make(deidentificationMethodCodes, std::move(items)));
    const auto method = readValue(object.dataSet(), deidentificationMethod, object.characterSet());
    if (!method)
        return method.error();
    const QString said = QStringLiteral("Rectangles of the image were blanked");
    return object.assign(deidentificationMethod,
                         *method && !(*method)->isEmpty() ? **method + u'\\' + said : said);
}

} // namespace

// The original takes a value to fill with and ignores it; here too the rectangle becomes zero.
Result<Datum> alterPixelsFunction(Action& action)
{
    const auto shape = neededText(action, action.arguments[0]);
    const auto where = neededText(action, action.arguments[1]);
    const auto fill = neededText(action, action.arguments[2]);
    for (const auto* text : {&shape, &where, &fill})
        if (!*text)
            return text->error();
    if (*shape != u"rectangle" || *fill != u"solid")
        return functionError(QStringLiteral("only \"rectangle\" and \"solid\" are known"));
    const auto rectangle = rectangleIn(*where);
    if (!rectangle)
        return rectangle.error();
    const DataSet& image = action.object.dataSet();
    if (image.contains(floatPixelData) || image.contains(doubleFloatPixelData))
        return functionError(
            QStringLiteral("the pixels of this image are floating-point numbers, which cannot be "
                           "altered"));
    const Element* pixels = image.find(dicom::tags::PixelData);
    if (!pixels)
        return Datum(); // no image
    if (!pixels->isInSource() || pixels->source()->encapsulated)
        return functionError(QStringLiteral("the image is compressed, and its pixels cannot be altered"),
                             QStringLiteral("Decompress it before, with another program"));
    const auto layout = layoutOf(image, pixels->length());
    if (!layout)
        return layout.error();
    const auto areas = areasOf(*layout, *rectangle);
    if (areas.empty())
        return functionError(
            QStringLiteral("the rectangle lies beside the image, which has %1 columns and %2 rows")
                .arg(layout->columns)
                .arg(layout->rows),
            QStringLiteral("Ask for the size of the image in a condition, or correct l and t"));
    dicom::SourceValue altered = *pixels->source();
    altered.blanked.insert(altered.blanked.end(), areas.begin(), areas.end());
    const Vr vr = pixels->vr();
    action.object.set(Element::make(dicom::tags::PixelData, vr, std::move(altered)));
    const Outcome recorded = record(action.object);
    return recorded ? Result<Datum>(Datum()) : recorded.error();
}

} // namespace script
