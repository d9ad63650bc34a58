#include "core/residue/remainder_kind.h"

#include "core/dicom/dictionary.h"
#include "core/dicom/identifying.h"
#include "core/dicom/uid.h"
#include "core/dicom/value.h"

#include <algorithm>

namespace residue {

namespace {

using Kind = Remainder::Kind;
using dicom::Element;
using dicom::IdentifyingKind;
using dicom::Vr;

std::optional<Kind> namedKind(const Element& element)
{
    switch (dicom::identifyingKind(element.tag(), element.vr())) {
    case IdentifyingKind::PersonName:
        return Kind::PersonName;
    case IdentifyingKind::Identifier:
    case IdentifyingKind::Place:
        return Kind::Identifier;
    case IdentifyingKind::Date:
        return Kind::Date;
    case IdentifyingKind::FreeText:
        return Kind::FreeText;
    case IdentifyingKind::Uid:
    case IdentifyingKind::None:
        break;
    }
    return std::nullopt;
}

/// Quick: what is usual fits, and what is not is looked at by the rules themselves.
bool fits(const Element& element)
{
    const QByteArray& bytes = element.bytes();
    const auto isUsual = [vr = element.vr()](char c) {
        const bool isDigit = c >= '0' && c <= '9';
        const bool isCapital = c >= 'A' && c <= 'Z';
        const bool isNumeric = isDigit || c == ' ' || c == '.' || c == '-' || c == '+' || c == '\\';
        return vr == Vr::CS ? isDigit || isCapital || c == ' ' || c == '_' || c == '\\' : isNumeric;
    };
    constexpr qsizetype shortest = 12; // of the longest values that these representations allow
    if (bytes.size() <= shortest && std::all_of(bytes.begin(), bytes.end(), isUsual))
        return true;
    return dicom::checkValue(element.vr(), {}, dicom::valueText(element, {})).isEmpty();
}

bool isForeignUid(const Element& element)
{
    const QList<QByteArray> uids = element.bytes().split('\\');
    return std::any_of(uids.begin(), uids.end(), [](QByteArray uid) {
        while (uid.endsWith('\0') || uid.endsWith(' '))
            uid.chop(1);
        return !uid.isEmpty() && !dicom::isRegisteredUid(uid);
    });
}

} // namespace

std::optional<Kind> remainderKind(const Element& element)
{
    if (element.isSequence() || element.length() == 0)
        return std::nullopt;
    const dicom::Tag tag = element.tag();
    if (const auto named = namedKind(element))
        return named;
    if (tag.isPrivate())
        return std::nullopt;
    if (element.vr() == Vr::UN || (!dicom::findStandard(tag) && !tag.isGroupLength()))
        return Kind::Unknown;
    // Bytes under a tag that is text by the dictionary may be text as well.
    const auto* entry = dicom::findStandard(tag);
    if (entry && dicom::isString(entry->vr) && !dicom::isString(element.vr()))
        return Kind::Misfit;
    switch (element.vr()) {
    case Vr::AE:
        return Kind::Identifier;
    case Vr::LO:
    case Vr::LT:
    case Vr::SH:
    case Vr::ST:
    case Vr::UC:
    case Vr::UR:
    case Vr::UT:
        return Kind::OtherText;
    case Vr::AS:
    case Vr::CS:
    case Vr::DS:
    case Vr::IS:
        return fits(element) ? std::nullopt : std::optional(Kind::Misfit);
    case Vr::OB: // bytes of somebody's own making, such as profiles and documents
        return tag == dicom::tags::PixelData || tag.isFileMeta() || tag == dicom::tags::DataSetTrailingPadding
            ? std::nullopt
            : std::optional(Kind::OtherText);
    case Vr::UI:
        return isForeignUid(element) ? std::optional(Kind::Uid) : std::nullopt;
    default:
        return std::nullopt;
    }
}

} // namespace residue
