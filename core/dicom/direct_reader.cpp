#include "core/dicom/direct_reader.h"

#include "core/dicom/dcmtk/detect.h"

#include <QtEndian>
#include <cstring>

namespace dicom {

namespace {

constexpr qint64 untilDelimiter = -1; ///< in place of an end

struct Header {
    Tag tag;
    Vr vr = Vr::UN;
    quint32 length = 0;
};

/// What stays in the file.
struct Left {
    Tag tag;
    Vr vr;
    qint64 length;
};

Tag tagAt(const char* at)
{
    return {qFromLittleEndian<quint16>(at), qFromLittleEndian<quint16>(at + 2)};
}

/// Goes along the elements of a data set of the file before, in the order in which the new ones are read.
class Expected {
public:
    explicit Expected(const DataSet* before)
        : m_before(before)
    {
        if (before)
            m_next = before->begin();
    }

    /// The element that had this tag; null when there was none.
    const ElementPtr* element(Tag tag)
    {
        while (m_before && m_next != m_before->end() && (*m_next)->tag() < tag)
            ++m_next;
        return m_before && m_next != m_before->end() && (*m_next)->tag() == tag ? &*m_next : nullptr;
    }

private:
    const DataSet* m_before;
    DataSet::const_iterator m_next;
};

bool holds(const Element& element, Vr vr, const char* bytes, qint64 length)
{
    const QByteArray& known = element.bytes();
    return element.vr() == vr && known.size() == length && !element.isSequence() && !element.isInSource()
        && std::memcmp(known.constData(), bytes, static_cast<size_t>(length)) == 0;
}

/// Every function is false, or gives nothing, where the file is not ordinary.
class DirectReader {
public:
    DirectReader(ByteWindow& bytes, bool encapsulated, const ReadLimits& limits, ElementCache& cache)
        : m_bytes(bytes)
        , m_encapsulated(encapsulated)
        , m_limits(limits)
        , m_cache(cache)
    {
    }

    /// The elements from `begin` to `end` make a data set.
    bool read(qint64 begin, qint64 end, DataSet& dataSet, const DataSet& before)
    {
        m_at = begin;
        return elements(end, dataSet, &before) && m_at == end;
    }

    bool hasUnknown() const { return m_hasUnknown; }
    bool hasOpenLengths() const { return m_hasOpenLengths; }

private:
    bool elements(qint64 end, DataSet& dataSet, const DataSet* before)
    {
        Expected expected(before);
        dataSet.reserve(before ? before->size() : 0);
        Tag last;
        Header header;
        while (end == untilDelimiter ? m_at < m_bytes.size() : m_at < end) {
            if (!readHeader(header))
                return false;
            if (header.tag == tags::ItemDelimitationItem && end == untilDelimiter)
                return header.length == 0;
            if (header.tag <= last || header.tag.group >= 0xFFFE || ++m_count > m_limits.elements)
                return false;
            last = header.tag;
            ElementPtr element = value(header, expected.element(header.tag));
            if (!element)
                return false;
            dataSet.set(std::move(element));
        }
        return end != untilDelimiter;
    }

    bool readHeader(Header& header)
    {
        const char* at = m_bytes.at(m_at, 8);
        if (!at)
            return false;
        header.tag = tagAt(at);
        if (header.tag.group == 0xFFFE) {
            header.length = qFromLittleEndian<quint32>(at + 4);
            m_at += 8;
            return true;
        }
        const auto vr = parseVr(at[4], at[5]);
        if (!vr)
            return false;
        header.vr = *vr;
        m_hasUnknown = m_hasUnknown || *vr == Vr::UN;
        if (!hasLongForm(*vr)) {
            header.length = qFromLittleEndian<quint16>(at + 6);
            m_at += 8;
            return true;
        }
        at = m_bytes.at(m_at, 12);
        if (!at)
            return false;
        header.length = qFromLittleEndian<quint32>(at + 8);
        m_at += 12;
        return true;
    }

    /// `before`: the element of the file before; null when there was none.
    ElementPtr value(const Header& header, const ElementPtr* before)
    {
        if (header.vr == Vr::SQ)
            return sequence(header, before);
        if (header.length == undefinedLength)
            return header.tag == tags::PixelData && m_encapsulated ? fragments(header, before) : ElementPtr();
        const bool lacksFragments = m_encapsulated && header.tag == tags::PixelData && m_place.empty();
        if (header.length % 2 != 0 || header.length > m_bytes.size() - m_at || lacksFragments)
            return {};
        const qint64 at = m_at;
        m_at += header.length;
        if (header.tag == tags::PixelData || header.length > m_limits.keptValueLength)
            return inSource({header.tag, header.vr, header.length}, false, before);
        m_kept += header.length;
        const char* bytes = m_kept <= m_limits.keptBytes ? m_bytes.at(at, header.length) : nullptr;
        if (!bytes)
            return {};
        if (before && holds(**before, header.vr, bytes, header.length))
            return *before;
        return m_cache.intern(
            Element::make(header.tag, header.vr, QByteArray(bytes, static_cast<qsizetype>(header.length))));
    }

    ElementPtr inSource(const Left& left, bool encapsulated, const ElementPtr* before)
    {
        SourceValue value{{m_place, left.tag}, left.length, encapsulated};
        if (before && (*before)->vr() == left.vr && (*before)->isInSource() && *(*before)->source() == value)
            return *before;
        return m_cache.intern(Element::make(left.tag, left.vr, std::move(value)));
    }

    ElementPtr sequence(const Header& header, const ElementPtr* before)
    {
        const bool isDelimited = header.length == undefinedLength;
        m_hasOpenLengths = m_hasOpenLengths || isDelimited;
        const qint64 end = isDelimited ? untilDelimiter : m_at + header.length;
        if (end > m_bytes.size() || static_cast<int>(m_place.size()) >= m_limits.nesting)
            return {};
        Element::Items items;
        m_place.push_back({header.tag, 0});
        const Element::Items& old = before ? (*before)->items() : items;
        const bool good = readItems(end, items, before ? &old : nullptr);
        m_place.pop_back();
        if (!good)
            return {};
        const bool isSame = before && (*before)->isSequence() && old == items;
        return isSame ? *before : m_cache.intern(Element::make(header.tag, std::move(items)));
    }

    bool readItems(qint64 end, Element::Items& items, const Element::Items* before)
    {
        while (end == untilDelimiter || m_at < end) {
            const char* at = m_bytes.at(m_at, 8);
            if (!at)
                return false;
            const Tag tag = tagAt(at);
            const auto length = qFromLittleEndian<quint32>(at + 4);
            m_at += 8;
            if (tag == tags::SequenceDelimitationItem && end == untilDelimiter)
                return length == 0;
            if (tag != tags::Item || ++m_count > m_limits.elements)
                return false;
            const qint64 itsEnd = length == undefinedLength ? untilDelimiter : m_at + length;
            m_hasOpenLengths = m_hasOpenLengths || itsEnd == untilDelimiter;
            if (itsEnd > (end == untilDelimiter ? m_bytes.size() : end))
                return false;
            m_place.back().item = static_cast<int>(items.size());
            DataSet dataSet;
            const bool hasOld = before && items.size() < before->size();
            if (!elements(itsEnd, dataSet, hasOld ? &(*before)[items.size()] : nullptr)
                || (itsEnd != untilDelimiter && m_at != itsEnd))
                return false;
            items.push_back(std::move(dataSet));
        }
        return m_at == end;
    }

    /// Encapsulated pixel data, which is OB whatever its file says (PS3.5 section A.4).
    ElementPtr fragments(const Header& header, const ElementPtr* before)
    {
        qint64 length = 0;
        while (const char* at = m_bytes.at(m_at, 8)) {
            const Tag tag = tagAt(at);
            const auto its = qFromLittleEndian<quint32>(at + 4);
            m_at += 8;
            if (tag == tags::SequenceDelimitationItem && its == 0)
                return inSource({header.tag, Vr::OB, length}, true, before);
            const bool isOrdinary = tag == tags::Item && its != undefinedLength && its % 2 == 0
                && its <= m_bytes.size() - m_at && ++m_count <= m_limits.elements;
            if (!isOrdinary)
                return {};
            m_at += its;
            length += its;
        }
        return {};
    }

    ByteWindow& m_bytes;
    bool m_encapsulated; ///< by the transfer syntax
    const ReadLimits& m_limits;
    ElementCache& m_cache;
    qint64 m_at = 0;
    qint64 m_count = 0; ///< elements, items and fragments
    qint64 m_kept = 0; ///< ReadLimits::keptBytes
    bool m_hasUnknown = false;
    bool m_hasOpenLengths = false;
    std::vector<SourcePlace::Item> m_place;
};

} // namespace

std::optional<DirectlyRead> readDirectly(ByteWindow& bytes, const Outline& outline, const ReadLimits& limits,
                                         ElementCache& cache)
{
    const bool isOrdinary =
        outline.clear && outline.preamble && outline.encoding == Encoding{true, false, false};
    const auto encapsulated = isOrdinary ? dcmtk_side::encapsulates(outline.transferSyntax) : std::nullopt;
    if (!encapsulated)
        return {};
    DirectlyRead result;
    DirectReader reader(bytes, *encapsulated, limits, cache);
    if (!reader.read(outline.metaAt, outline.dataSetAt, result.meta, cache.meta())
        || !reader.read(outline.dataSetAt, bytes.size(), result.dataSet, cache.dataSet())
        || result.dataSet.isEmpty())
        return {};
    result.hasUnknown = reader.hasUnknown();
    result.hasOpenLengths = reader.hasOpenLengths();
    cache.remember(result.meta, result.dataSet);
    return result;
}

} // namespace dicom
