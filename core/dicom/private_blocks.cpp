#include "core/dicom/private_blocks.h"

#include "core/dicom/value.h"

namespace dicom {

quint16 blockOf(const DataSet& holder, quint16 group, const QString& creator, quint16 preferred)
{
    if (preferred >= 0x10 && holder.creatorOf({group, static_cast<quint16>(preferred << 8)}) == creator)
        return preferred;
    for (auto it = holder.lowerBound({group, 0x10}); it != holder.end(); ++it) {
        const Tag tag = (*it)->tag();
        if (tag.group != group || tag.element > 0xFF)
            return 0;
        if (holder.creatorOf({group, static_cast<quint16>(tag.element << 8)}) == creator)
            return tag.element;
    }
    return 0;
}

const Element* firstInBlock(const DataSet& holder, Tag creator)
{
    const auto next = holder.lowerBound({creator.group, static_cast<quint16>(creator.element << 8)});
    return next != holder.end() && (*next)->tag().creatorTag() == creator ? next->data() : nullptr;
}

quint16 freeBlock(const DataSet& holder, quint16 group)
{
    for (quint16 block = 0x10; block <= 0xFF; ++block)
        if (const Tag creator{group, block}; !holder.contains(creator) && !firstInBlock(holder, creator))
            return block;
    return 0;
}

Result<Tag> placeInBlock(DataSet& holder, Tag tag, const QString& creator, const CharacterSet& characterSet)
{
    if (const quint16 own = blockOf(holder, tag.group, creator, tag.creatorTag().element); own != 0)
        return inBlock(tag, own);
    const quint16 free = freeBlock(holder, tag.group);
    if (free == 0)
        return Error{Error::Kind::InvalidValue,
                     QStringLiteral("no block is free for the private creator"),
                     {},
                     {},
                     toString(tag)};
    auto bytes = encodeValue(Vr::LO, creator, characterSet);
    if (!bytes)
        return bytes.error();
    holder.set({tag.group, free}, Vr::LO, std::move(bytes).value());
    return inBlock(tag, free);
}

} // namespace dicom
