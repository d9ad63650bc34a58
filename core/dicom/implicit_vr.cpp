#include "core/dicom/implicit_vr.h"

#include "core/dicom/dcmtk/detect.h"
#include "core/dicom/dictionary.h"

namespace dicom {

namespace {

ImplicitVrs::Kind kindOf(Tag tag, QByteArrayView creator)
{
    const Vr vr = dcmtk_side::vrOf(tag, creator);
    if (tag.isPrivate())
        return {vr == Vr::SQ ? vr : Vr::UN, false};
    const auto* entry = findStandard(tag);
    return {vr, entry && entry->followsSign};
}

} // namespace

ImplicitVrs::Kind ImplicitVrs::of(Tag tag, const DataSet& holder)
{
    if (!tag.isPrivate()) {
        const auto known = m_public.constFind(tag.value());
        return known != m_public.constEnd() ? *known : *m_public.insert(tag.value(), kindOf(tag, {}));
    }
    if (tag.isPrivateCreator())
        return {Vr::LO, false};
    if (tag.isGroupLength())
        return {Vr::UL, false};
    const Element* creator = holder.find(tag.creatorTag());
    const std::pair key(creator ? creator->bytes() : QByteArray(), tag.value());
    const auto known = m_private.constFind(key);
    return known != m_private.constEnd() ? *known : *m_private.insert(key, kindOf(tag, key.first));
}

} // namespace dicom
