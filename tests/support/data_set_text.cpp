#include "tests/support/data_set_text.h"

#include "core/dicom/attribute_path.h"
#include "core/dicom/value.h"

#include <QRegularExpression>
#include <QStringList>

namespace testing_support {

namespace {

using dicom::AttributePath;
using dicom::DataSet;
using dicom::Element;

struct Line {
    std::vector<AttributePath::Step> steps;
    dicom::Vr vr;
    QString value;
};

Line parsed(const QString& line)
{
    static const QRegularExpression pattern(QStringLiteral(R"(^\s*(\S+|.*\)) ([A-Z]{2})(?: (.*))?$)"));
    const auto match = pattern.match(line);
    const auto path = AttributePath::parse(match.captured(1));
    const auto vr = dicom::parseVr(match.captured(2));
    if (!path || !vr)
        qFatal("not a line of a data set: %s", qPrintable(line));
    return {path->steps(), *vr, match.captured(3)};
}

void put(DataSet& holder, const Line& line, size_t at, const dicom::CharacterSet& characterSet)
{
    const auto& step = line.steps[at];
    if (at + 1 < line.steps.size()) {
        const Element* sequence = holder.find(step.tag);
        Element::Items items = sequence ? sequence->items() : Element::Items();
        if (static_cast<int>(items.size()) <= step.item)
            items.resize(static_cast<size_t>(step.item) + 1);
        put(items[static_cast<size_t>(step.item)], line, at + 1, characterSet);
        holder.set(Element::make(step.tag, std::move(items)));
    } else if (line.vr == dicom::Vr::SQ) {
        holder.set(Element::make(step.tag, Element::Items(line.value.section(u' ', 0, 0).toUInt())));
    } else {
        const auto bytes = dicom::encodeValue(line.vr, line.value, characterSet);
        if (!bytes)
            qFatal("%s: %s", qPrintable(line.value), qPrintable(bytes.error().message()));
        holder.set(step.tag, line.vr, *bytes);
    }
}

void print(const DataSet& holder, const QString& prefix, const dicom::CharacterSet& inherited,
           QStringList& lines)
{
    const auto characterSet = dicom::characterSetOf(holder, inherited);
    for (const auto& element : holder) {
        const QString path = prefix + dicom::toString(element->tag());
        lines << QStringLiteral("%1 %2 %3")
                     .arg(path, QString(dicom::name(element->vr())), dicom::valueText(*element, characterSet))
                     .trimmed();
        for (size_t i = 0; i < element->items().size(); ++i)
            print(element->items()[i], path + QStringLiteral("[%1]/").arg(i), characterSet, lines);
    }
}

} // namespace

DataSet dataSet(const QString& text)
{
    DataSet result;
    for (const QString& line : text.split(u'\n', Qt::SkipEmptyParts))
        if (!line.trimmed().isEmpty())
            put(result, parsed(line), 0, dicom::characterSetOf(result));
    return result;
}

QString text(const DataSet& dataSet)
{
    QStringList lines;
    print(dataSet, {}, {}, lines);
    return lines.join(u'\n');
}

} // namespace testing_support
