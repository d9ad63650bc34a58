#include "core/dicom/overlay_bits.h"

#include <QSet>
#include <QtEndian>
#include <algorithm>
#include <optional>

namespace dicom {

namespace {

std::optional<int> numberIn(const DataSet& dataSet, Tag tag)
{
    const Element* element = dataSet.find(tag);
    if (!element || element->bytes().size() < 2)
        return std::nullopt;
    return qFromLittleEndian<quint16>(element->bytes().constData());
}

struct Layout {
    int allocated = 0;
    int stored = 0;
    int high = 0;
    bool isPlain = false; ///< not compressed, whole bytes

    bool isStored(int bit) const { return bit <= high && bit > high - stored; }
};

std::optional<Layout> layoutOf(const DataSet& dataSet)
{
    const auto allocated = numberIn(dataSet, {0x0028, 0x0100});
    const auto stored = numberIn(dataSet, {0x0028, 0x0101});
    const auto high = numberIn(dataSet, {0x0028, 0x0102});
    const Element* pixels = dataSet.find(tags::PixelData);
    if (!allocated || !stored || !high || !pixels)
        return std::nullopt;
    const SourceValue* source = pixels->source();
    const bool isWhole = *allocated == 8 || *allocated == 16 || *allocated == 32;
    return Layout{*allocated, *stored, *high, source && !source->encapsulated && isWhole};
}

} // namespace

OverlayBits overlayBitsOf(const DataSet& dataSet)
{
    OverlayBits bits;
    const auto layout = layoutOf(dataSet);
    QSet<quint16> seen;
    for (auto it = dataSet.lowerBound({0x6000, 0}); it != dataSet.end() && isOverlay((*it)->tag()); ++it) {
        const quint16 group = (*it)->tag().group;
        if (seen.contains(group) || dataSet.contains({group, 0x3000}))
            continue;
        seen.insert(group);
        const auto allocated = numberIn(dataSet, {group, 0x0100});
        const auto position = numberIn(dataSet, {group, 0x0102});
        if (!position || !layout)
            continue; // there is nothing that it could lie in
        bits.groups << group;
        const bool isClear = layout->isPlain && allocated == layout->allocated
            && *position < layout->allocated && !layout->isStored(*position);
        if (!isClear) {
            bits.fixed << group;
            continue;
        }
        bits.clearable.mask |= 1U << *position;
        bits.clearable.bytes = layout->allocated / 8;
    }
    return bits;
}

ClearedBits unusedBitsOf(const DataSet& dataSet)
{
    const auto layout = layoutOf(dataSet);
    ClearedBits bits;
    if (!layout || !layout->isPlain)
        return bits;
    bits.bytes = layout->allocated / 8;
    for (int bit = 0; bit < layout->allocated; ++bit)
        if (!layout->isStored(bit))
            bits.mask |= 1U << bit;
    return bits;
}

} // namespace dicom
