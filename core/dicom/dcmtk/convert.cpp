#include "core/dicom/dcmtk/convert.h"

#include "core/dicom/dictionary.h"
#include "core/dicom/element_cache.h"
#include "core/dicom/unknown_value.h"

#include <dcmtk/dcmdata/dcpxitem.h>
#include <dcmtk/dcmdata/dctk.h>

namespace dicom::dcmtk_side {

namespace {

bool followsSign(Tag tag)
{
    const auto* entry = tag.isPrivate() ? nullptr : findStandard(tag);
    return entry && entry->followsSign;
}

/// Of a value. Of private ones without VR DCMTK knows some, by creators whose padding it does not take away.
Vr vrOf(DcmElement& element, Tag tag, Converter::Numbers numbers)
{
    if (numbers.areImplicit && tag.isPrivate() && !tag.isPrivateCreator() && !tag.isGroupLength())
        return Vr::UN;
    if (numbers.areImplicit && numbers.areSigned && followsSign(tag))
        return Vr::SS;
    return parseVr(QString::fromLatin1(DcmVR(element.getVR()).getValidVRName())).value_or(Vr::UN);
}

Tag tagOfElement(const DcmElement& element)
{
    return {element.getGTag(), element.getETag()};
}

/// Bytes of all fragments when the pixel data is encapsulated, else -1.
qint64 encapsulatedLength(DcmElement& element)
{
    auto* pixels = dynamic_cast<DcmPixelData*>(&element);
    if (!pixels)
        return -1;
    E_TransferSyntax syntax = EXS_Unknown;
    const DcmRepresentationParameter* parameter = nullptr;
    pixels->getOriginalRepresentationKey(syntax, parameter);
    DcmPixelSequence* sequence = nullptr;
    if (!DcmXfer(syntax).isEncapsulated()
        || pixels->getEncapsulatedRepresentation(syntax, parameter, sequence).bad() || !sequence)
        return -1;
    qint64 length = 0;
    // Not by number: DCMTK counts from the first one for each.
    for (DcmObject* item = sequence->nextInContainer(nullptr); item; item = sequence->nextInContainer(item))
        length += static_cast<DcmPixelItem*>(item)->getLength();
    return length;
}

} // namespace

DataSet Converter::convert(DcmItem& item, Numbers numbers)
{
    Uint16 representation = 0;
    if (item.findAndGetUint16(DCM_PixelRepresentation, representation).good())
        numbers.areSigned = representation == 1;
    DataSet result;
    for (DcmObject* object = item.nextInContainer(nullptr); object; object = item.nextInContainer(object))
        if (auto* element = dynamic_cast<DcmElement*>(object))
            if (ElementPtr converted = convertElement(*element, numbers))
                result.set(m_cache.intern(std::move(converted)));
    return result;
}

ElementPtr Converter::convertElement(DcmElement& element, Numbers numbers)
{
    const Tag tag = tagOfElement(element);
    if (dynamic_cast<DcmSequenceOfItems*>(&element) && element.ident() != EVR_PixelData)
        return sequence(element, tag, numbers);
    const Vr vr = vrOf(element, tag, numbers);
    const qint64 encapsulated = encapsulatedLength(element);
    if (encapsulated >= 0)
        return inSource(tag, vr, encapsulated, true);
    const auto length = static_cast<qint64>(element.getLengthField());
    if (tag == tags::PixelData
        || length > (isKeptWhole(vr, tag) ? m_limits.keptTextLength : m_limits.keptValueLength))
        return inSource(tag, vr, length, false);
    return plain(element, tag, vr);
}

ElementPtr Converter::sequence(DcmElement& element, Tag tag, Numbers numbers)
{
    // UN of undefined length: its items are implicit VR (PS3.5 section 6.2.2 note 2).
    numbers.areImplicit = numbers.areImplicit || element.getVR() != EVR_SQ;
    auto& items = static_cast<DcmSequenceOfItems&>(element);
    Element::Items converted;
    converted.reserve(items.card());
    m_place.push_back({tag, 0});
    for (DcmObject* item = items.nextInContainer(nullptr); item; item = items.nextInContainer(item)) {
        m_place.back().item = static_cast<int>(converted.size());
        converted.push_back(convert(static_cast<DcmItem&>(*item), numbers));
    }
    m_place.pop_back();
    return Element::make(tag, std::move(converted));
}

ElementPtr Converter::plain(DcmElement& element, Tag tag, Vr vr) const
{
    QByteArray bytes(static_cast<qsizetype>(element.getLengthField()), Qt::Uninitialized);
    if (!bytes.isEmpty()
        && element
               .getPartialValue(bytes.data(), 0, static_cast<Uint32>(bytes.size()), nullptr, EBO_LittleEndian)
               .bad())
        return inSource(tag, vr, bytes.size(), false);
    return Element::make(tag, vr, std::move(bytes));
}

ElementPtr Converter::inSource(Tag tag, Vr vr, qint64 length, bool encapsulated) const
{
    return Element::make(tag, vr, SourceValue{{m_place, tag}, length, encapsulated});
}

} // namespace dicom::dcmtk_side
