#include "core/dicom/unknown_value.h"

#include "core/dicom/element_header.h"
#include "core/dicom/read_limits.h"
#include "core/dicom/scope.h"
#include "core/dicom/structure.h"

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
    /// Bytes in memory, as readElementHeader() wants them.
    struct Bytes {
        const QByteArray& bytes;
        const char* at(qint64 position, qint64 count) const
        {
            return bytes.size() - position < count ? nullptr : bytes.constData() + position;
        }
    };

    bool header(ElementHeader& found)
    {
        const Bytes bytes{m_bytes};
        if (!readElementHeader(bytes, m_at, Encoding{false, false, false}, found)
            || ++m_count > ReadLimits().elements)
            return false;
        m_at += found.size;
        return true;
    }

    bool item(Element::Items& items)
    {
        ElementHeader found;
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
            ElementHeader found;
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

    bool value(DataSet& content, const ElementHeader& found)
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
        ElementHeader next;
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

/// Walks along another data set and what it was read as, in step with one that is alike.
class Neighbour {
public:
    Neighbour() = default; ///< nobody
    Neighbour(const DataSet& stored, const DataSet& read)
        : m_next(stored.begin())
        , m_end(stored.end())
        , m_read(read.begin())
    {
    }

    /// What the very same element was read as there; null when it is not there, or when the private creators
    /// up to here, which say what it is, are others. Asked in tag order.
    const ElementPtr* readOf(const ElementPtr& element)
    {
        for (; m_next != m_end && (*m_next)->tag() < element->tag(); ++m_next, ++m_read)
            m_hasSameCreators = m_hasSameCreators && !(*m_next)->tag().isPrivateCreator();
        if (m_next == m_end || *m_next != element) {
            m_hasSameCreators = m_hasSameCreators && !element->tag().isPrivateCreator();
            return nullptr;
        }
        ++m_next;
        const ElementPtr* read = &*m_read++;
        return m_hasSameCreators ? read : nullptr;
    }

private:
    DataSet::const_iterator m_next;
    DataSet::const_iterator m_end;
    DataSet::const_iterator m_read; ///< of the same element as m_next
    bool m_hasSameCreators = true;
};

/// `result`: what stands before the element, as it was read.
ElementPtr readElement(const ElementPtr& element, const DataSet& result, int depth, bool hasSignedPixels)
{
    ElementPtr read;
    if (element->vr() == Vr::UN && !element->isSequence())
        read = known(element, result, depth, hasSignedPixels);
    else if (element->isSequence() && !element->isStoredAsUnknown())
        read = withItemsRead(element, depth, hasSignedPixels);
    return read ? read : element;
}

DataSet readDataSet(const DataSet& stored, int depth, bool hasSignedPixels, Neighbour neighbour)
{
    DataSet result;
    result.reserve(stored.size());
    bool changed = false;
    // In tag order, so that private creators come before the attributes that they explain.
    for (const ElementPtr& element : stored) {
        const ElementPtr* known = neighbour.readOf(element);
        result.set(known ? *known : readElement(element, result, depth, hasSignedPixels));
        changed = changed || *(result.end() - 1) != element;
    }
    return changed ? result : stored;
}

} // namespace

bool isKeptWhole(Vr vr, Tag tag)
{
    if (vr != Vr::UN)
        return isString(vr);
    const auto* entry = tag.isPrivate() ? nullptr : findStandard(tag);
    return entry && (entry->vr == Vr::SQ || isString(entry->vr));
}

DataSet withUnknownValuesRead(const DataSet& dataSet, int depth, bool enclosingHasSignedPixels)
{
    return readDataSet(dataSet, depth, hasSignedPixels(dataSet, enclosingHasSignedPixels), Neighbour());
}

DataSet UnknownValues::read(const DataSet& stored)
{
    const bool hasSigned = hasSignedPixels(stored);
    const bool isAlike = hasSigned == m_hadSignedPixels;
    DataSet read = readDataSet(stored, 0, hasSigned, isAlike ? Neighbour(m_stored, m_read) : Neighbour());
    m_stored = stored;
    m_read = read;
    m_hadSignedPixels = hasSigned;
    return read;
}

} // namespace dicom
