#include "tests/support/other_form.h"

#include "core/dicom/file_outline.h"
#include "tests/support/dicom_bytes.h"

namespace testing_support {

namespace {

using namespace dicom;

constexpr Form forms[] = {
    {"1.2.840.10008.1.2.1", {true, false, false}},       {"1.2.840.10008.1.2", {false, false, false}},
    {"1.2.840.10008.1.2.2", {true, true, false}},        {"1.2.840.10008.1.2.1.99", {true, false, true}},
    {"1.2.840.10008.1.2.1", {true, false, false}, true}, {"1.2.840.10008.1.2.2", {true, true, false}, true},
};

DataSet withoutLongValues(const DataSet& dataSet)
{
    DataSet result;
    for (const ElementPtr& element : dataSet) {
        if (element->isInSource())
            continue;
        if (!element->isSequence()) {
            result.set(element);
            continue;
        }
        Element::Items items;
        for (const DataSet& item : element->items())
            items.push_back(withoutLongValues(item));
        result.set(Element::make(element->tag(), std::move(items)));
    }
    return result;
}

QByteArray encoded(const DataSet& dataSet, const Form& form, const SourceFile& source)
{
    QByteArray bytes;
    const auto append = [&](const DataSet& part, Encoding encoding) {
        const auto chunks = encodeDataSet(part, encoding, source);
        if (!chunks)
            qFatal("a data set could not be encoded");
        QByteArray own;
        for (const Chunk& chunk : chunks ? *chunks : Chunks())
            own += chunk.own;
        return own;
    };
    if (!form.sequencesAreUnknown)
        return append(dataSet, form.encoding);
    DataSet unknown;
    for (const ElementPtr& element : dataSet) {
        if (!element->isSequence()) {
            unknown.set(element);
            continue;
        }
        DataSet alone;
        alone.set(element);
        constexpr qsizetype header = 8;
        // Behind the header of the sequence, without its delimiter: the items.
        unknown.set(element->tag(), Vr::UN, append(alone, {false, false, false}).mid(header).chopped(header));
    }
    return append(unknown, form.encoding);
}

} // namespace

std::span<const Form> otherForms()
{
    return forms;
}

QByteArray fileInForm(const DataSet& dataSet, const Form& form, const SourceFile& source)
{
    const QByteArray bytes = encoded(withoutLongValues(dataSet), form, source);
    return dicomBytes({}, QString::fromLatin1(form.transferSyntax))
        + (form.encoding.deflated ? deflated(bytes) : bytes);
}

} // namespace testing_support
