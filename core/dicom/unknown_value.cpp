#include "core/dicom/unknown_value.h"

#include "core/dicom/read_limits.h"
#include "core/dicom/scope.h"
#include "core/dicom/structure.h"

#include <QtEndian>
#include <algorithm>
#include <optional>

namespace dicom {

namespace {

/// Reads items in implicit VR little endian from bytes in memory. Every function is false where they are
/// none.
class ItemReader {
public:
    ItemReader(const QByteArray& bytes, int depth)
        : m_bytes(bytes)
        , m_depth(depth)
    {
    }

    bool readAll(Element::Items& items)
    {
        while (m_at < m_bytes.size())
            if (!item(items))
                return false;
        return true;
    }

private:
    struct Header {
        Tag tag;
        quint32 length = 0;
    };

    bool header(Header& found)
    {
        if (m_bytes.size() - m_at < 8 || ++m_count > ReadLimits().elements)
            return false;
        const char* at = m_bytes.constData() + m_at;
        found = {{qFromLittleEndian<quint16>(at), qFromLittleEndian<quint16>(at + 2)},
                 qFromLittleEndian<quint32>(at + 4)};
        m_at += 8;
        return true;
    }

    bool item(Element::Items& items)
    {
        Header found;
        if (!header(found) || found.tag != tags::Item)
            return false;
        const bool isOpen = found.length == undefinedLength;
        if (!isOpen && found.length > m_bytes.size() - m_at)
            return false;
        DataSet content;
        if (!elements(content, isOpen ? -1 : m_at + static_cast<qsizetype>(found.length)))
            return false;
        items.push_back(std::move(content)); // what is in it is looked at once, when all is read
        return true;
    }

    /// Up to `end`, or (-1) to the delimiter.
    bool elements(DataSet& content, qsizetype end)
    {
        std::optional<Tag> last;
        while (end < 0 || m_at < end) {
            Header found;
            if (!header(found))
                return false;
            if (found.tag == tags::ItemDelimitationItem && end < 0)
                return found.length == 0;
            const bool isInOrder = !last || *last < found.tag;
            if (found.tag.group == 0xFFFE || !isInOrder || !value(content, found))
                return false;
            last = found.tag;
        }
        return m_at == end;
    }

    bool value(DataSet& content, const Header& found)
    {
        if (found.length == undefinedLength)
            return openSequence(content, found.tag);
        if (found.length > m_bytes.size() - m_at)
            return false;
        // As if its file said UN: what it is, is found out when all creators are known.
        content.set(found.tag, Vr::UN, m_bytes.mid(m_at, static_cast<qsizetype>(found.length)));
        m_at += static_cast<qsizetype>(found.length);
        return true;
    }

    bool openSequence(DataSet& content, Tag tag)
    {
        if (++m_depth > ReadLimits().nesting)
            return false;
        Element::Items items;
        Header next;
        while (true) {
            const qsizetype begin = m_at;
            if (!header(next))
                return false;
            if (next.tag == tags::SequenceDelimitationItem)
                break;
            m_at = begin;
            if (!item(items))
                return false;
        }
        --m_depth;
        content.set(Element::make(tag, std::move(items)));
        return next.length == 0;
    }

    const QByteArray& m_bytes;
    int m_depth;
    qsizetype m_at = 0;
    qint64 m_count = 0;
};

/// Text has no control characters but those of PS3.5 section 6.1.3 and padding at its end.
bool isText(const QByteArray& bytes, bool isAscii)
{
    qsizetype end = bytes.size();
    while (end > 0 && bytes[end - 1] == '\0')
        --end;
    return std::all_of(bytes.begin(), bytes.begin() + end, [&](char c) {
        const auto code = static_cast<unsigned char>(c);
        const bool isControl = code == 0x1B || code == '\t' || code == '\n' || code == '\f' || code == '\r';
        return isAscii ? code >= 0x20 && code < 0x7F : code >= 0x20 || isControl;
    });
}

bool fits(Vr vr, const QByteArray& bytes)
{
    using Content = VrInfo::Content;
    switch (info(vr).content) {
    case Content::Text:
        return isText(bytes, false);
    case Content::Ascii:
        return isText(bytes, true);
    case Content::Tags:
        return bytes.size() % 4 == 0;
    case Content::Numbers:
    case Content::Bytes:
        return bytes.size() % info(vr).unitSize == 0;
    case Content::Items:
        return false;
    }
    return false;
}

ElementPtr asSequence(const Element& element, int depth, bool hasSignedPixels)
{
    Element::Items items;
    if (depth >= ReadLimits().nesting || !ItemReader(element.bytes(), depth).readAll(items))
        return {};
    for (DataSet& item : items)
        item = withUnknownValuesRead(item, depth + 1, hasSignedPixels);
    return Element::makeStoredAsUnknown(element.tag(), std::move(items), element.bytes());
}

/// What an element of VR UN is; null where it stays what it is.
ElementPtr known(const ElementPtr& element, const DataSet& holder, int depth, bool hasSignedPixels)
{
    const Tag tag = element->tag();
    if (element->isInSource() || tag.isGroupLength())
        return {};
    const auto* entry = find(tag, holder.creatorOf(tag));
    if (!entry || entry->vr == Vr::UN || (tag.isPrivateCreator() && element->length() == 0))
        return {};
    if (entry->vr == Vr::SQ)
        return asSequence(*element, depth, hasSignedPixels);
    const Vr vr = vrIn(hasSignedPixels, *entry);
    return fits(vr, element->bytes()) ? Element::makeStoredAsUnknown(tag, vr, element->bytes())
                                      : ElementPtr();
}

ElementPtr withItemsRead(const ElementPtr& element, int depth, bool hasSignedPixels)
{
    Element::Items items;
    bool changed = false;
    for (const DataSet& item : element->items()) {
        items.push_back(withUnknownValuesRead(item, depth + 1, hasSignedPixels));
        changed = changed || !(items.back().begin() == item.begin());
    }
    return changed ? Element::make(element->tag(), std::move(items)) : ElementPtr();
}

} // namespace

bool isKeptWhole(Vr vr, Tag tag)
{
    if (vr != Vr::UN)
        return isString(vr);
    const auto* entry = findStandard(tag);
    return entry && (entry->vr == Vr::SQ || isString(entry->vr));
}

DataSet withUnknownValuesRead(const DataSet& dataSet, int depth, bool enclosingHasSignedPixels)
{
    DataSet result = dataSet;
    const bool hasSigned = hasSignedPixels(dataSet, enclosingHasSignedPixels);
    // Creators first: they say what the others are.
    for (const bool areCreators : {true, false})
        for (const ElementPtr& element : dataSet) {
            if (element->tag().isPrivateCreator() != areCreators)
                continue;
            ElementPtr read;
            if (element->vr() == Vr::UN && !element->isSequence())
                read = known(element, result, depth, hasSigned);
            else if (element->isSequence() && !element->isStoredAsUnknown())
                read = withItemsRead(element, depth, hasSigned);
            if (read)
                result.set(std::move(read));
        }
    return result;
}

} // namespace dicom
