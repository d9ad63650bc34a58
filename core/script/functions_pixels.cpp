// alterPixels[]: rectangles of uncompressed images are filled.

#include "core/dicom/blanking.h"
#include "core/script/function_calls.h"
#include "core/script/working_object.h"

#include <QRegularExpression>
#include <algorithm>
#include <array>
#include <cmath>

namespace script {

namespace {

using dicom::Box;
using dicom::DataSet;
using dicom::Element;
using dicom::Tag;
using dicom::Vr;

constexpr Tag deidentificationMethod{0x0012, 0x0063};
constexpr Tag deidentificationMethodCodes{0x0012, 0x0064};

/// The number behind "NAME=" in "l=0, t=0"; empty where there is none.
std::optional<double> numberOf(QChar name, const QString& text)
{
    const QRegularExpression pattern(
        QStringLiteral(R"((?:^|[,\s])%1\s*=\s*([+-]?\d{1,15}(?:\.\d{1,15})?)\s*(?=,|\s|$))").arg(name));
    const auto match = pattern.match(text);
    return match.hasMatch() ? std::optional(match.captured(1).toDouble()) : std::nullopt;
}

Result<Box> boxIn(const QString& text)
{
    Box box;
    const std::pair<QChar, qint64*> sides[] = {
        {u'l', &box.left}, {u't', &box.top}, {u'r', &box.right}, {u'b', &box.bottom}};
    for (const auto& [letter, side] : sides) {
        const auto number = numberOf(letter, text);
        if (!number)
            return functionError(QStringLiteral("the rectangle has no number for %1").arg(letter),
                                 QStringLiteral("Write \"l=0, t=0, r=100, b=20\""));
        if (*number < 0 || *number > 0x7FFFFFFF || *number != std::floor(*number))
            return functionError(
                QStringLiteral("%1 of the rectangle is not a whole number from 0 on").arg(letter));
        *side = static_cast<qint64>(*number);
    }
    if (box.right <= box.left || box.bottom <= box.top)
        return functionError(QStringLiteral("the rectangle ends before it begins"),
                             QStringLiteral("r and b are the first column and row after it"));
    return box;
}

Result<dicom::BoxFill> fillIn(const QString& text)
{
    dicom::BoxFill fill{numberOf(u'v', text), {}};
    const auto red = numberOf(u'r', text);
    const auto green = numberOf(u'g', text);
    const auto blue = numberOf(u'b', text);
    if (red && green && blue)
        fill.colour = {*red, *green, *blue};
    if (fill.value || fill.colour || text.trimmed().isEmpty())
        return fill;
    return functionError(QStringLiteral("the rectangle has nothing to be filled with"),
                         QStringLiteral("Write \"v=0\" or \"r=0, g=0, b=0\""));
}

DataSet cleanPixelDataCode()
{
    DataSet item; // PS3.16 CID 7050
    item.set({0x0008, 0x0100}, Vr::SH, "113101");
    item.set({0x0008, 0x0102}, Vr::SH, "DCM ");
    item.set({0x0008, 0x0104}, Vr::LO, "Clean Pixel Data Option ");
    return item;
}

/// One value of De-identification Method for each rectangle.
Outcome recordBox(WorkingObject& object, const Box& box)
{
    const auto method = readValue(object.dataSet(), deidentificationMethod, object.characterSet());
    if (!method)
        return method.error();
    const QString said = QStringLiteral("Blanked columns %1-%2, rows %3-%4")
                             .arg(box.left)
                             .arg(box.right - 1)
                             .arg(box.top)
                             .arg(box.bottom - 1);
    QStringList values = method->value_or(QString()).isEmpty() ? QStringList() : (*method)->split(u'\\');
    if (values.contains(said))
        return Done{};
    values << said;
    return object.assign(deidentificationMethod, values.join(u'\\'));
}

} // namespace

void recordCleanPixels(WorkingObject& object)
{
    const Element* codes = object.dataSet().find(deidentificationMethodCodes);
    Element::Items items = codes ? codes->items() : Element::Items();
    const DataSet code = cleanPixelDataCode();
    if (std::find(items.begin(), items.end(), code) != items.end())
        return;
    items.push_back(code);
    object.set(Element::make(deidentificationMethodCodes, std::move(items)));
}

Result<Datum> alterPixelsFunction(Action& action)
{
    std::array<QString, 4> texts;
    for (size_t i = 0; i < texts.size(); ++i) {
        auto text = neededText(action, action.arguments[static_cast<qsizetype>(i)]);
        if (!text)
            return text.error();
        texts.at(i) = std::move(text).value();
    }
    const auto& [shape, where, manner, value] = texts;
    if (shape != u"rectangle" || manner != u"solid")
        return functionError(QStringLiteral("only \"rectangle\" and \"solid\" are known"));
    const auto box = boxIn(where);
    if (!box)
        return box.error();
    const auto fill = fillIn(value);
    if (!fill)
        return fill.error();
    if (!dicom::hasPixels(action.object.dataSet()))
        return Datum(); // no image
    auto blanked = dicom::blanked(action.object.dataSet(), *box, *fill);
    if (!blanked)
        return functionError(blanked.error().reason, blanked.error().remedy);
    if (!blanked->pixels) {
        action.remarks << QStringLiteral(
                              "line %1: the rectangle lies outside the image, so nothing of it was "
                              "blanked")
                              .arg(action.line);
        return Datum();
    }
    action.object.setPixels(std::move(blanked->pixels));
    const Outcome recorded = recordBox(action.object, blanked->box);
    return recorded ? Result<Datum>(Datum()) : recorded.error();
}

} // namespace script
