#pragma once

#include "core/base/result.h"
#include "core/dicom/data_set.h"
#include "core/dicom/text/character_set.h"

namespace dicom {

// Private elements stand in blocks that their creators reserve (PS3.5 section 7.8.1). These functions are the
// one rule for all that edits: a block without a creator that holds elements is nobody's to take.

/// The block (0x10 to 0xFF) of a creator in a group: `preferred` when it is the creator's, else the first
/// one; 0 when there is none.
quint16 blockOf(const DataSet& holder, quint16 group, const QString& creator, quint16 preferred = 0);

/// The first block that has neither a creator nor elements; 0 when all are taken.
quint16 freeBlock(const DataSet& holder, quint16 group);

/// The first element of the block that a creator element reserves, or would; null when it is empty.
const Element* firstInBlock(const DataSet& holder, Tag creator);

/// The tag that a creator's element has or can have in this data set: in the creator's block, or in a free
/// one, which is reserved then. Fails with InvalidValue when no block is free or the character set cannot
/// hold the creator.
Result<Tag> placeInBlock(DataSet& holder, Tag tag, const QString& creator, const CharacterSet& characterSet);

constexpr Tag inBlock(Tag tag, quint16 block)
{
    return {tag.group, static_cast<quint16>((block << 8) | (tag.element & 0xFF))};
}

} // namespace dicom
