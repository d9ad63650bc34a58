// The direct way: values, items and fragments.

#include "core/dicom/dictionary.h"
#include "core/dicom/direct_reading.h"
#include "core/dicom/element_header.h"
#include "core/dicom/unknown_value.h"

#include <algorithm>
#include <cstring>

namespace dicom {

namespace {

bool holds(const Element& element, Vr vr, const char* bytes, qint64 length)
{
    const QByteArray& known = element.bytes();
    return element.vr() == vr && known.size() == length && !element.isSequence() && !element.isInSource()
        && std::memcmp(known.constData(), bytes, static_cast<size_t>(length)) == 0;
}

} // namespace

ElementPtr DirectReader::value(const Header& header, Encoding encoding, const DataSet& holder,
                               const ElementPtr* before)
{
    const bool isOpen = header.length == undefinedLength;
    if (header.vr == Vr::SQ && !encoding.explicitVr && header.length > 0 && !isOpen
        && !isItem(m_at, encoding))
        return header.tag.isPrivate() ? failed("has no items in a sequence", header.tag, m_at)
                                      : textForSequence(header, holder);
    if (header.vr == Vr::SQ)
        return sequence(header, header.isGuessed ? contentOf(encoding) : encoding, before);
    if (isOpen && header.vr == Vr::UN) // PS3.5 section 6.2.2 note 2
        return sequence(header, header.isGuessed ? contentOf(encoding) : implicitLittleEndian, before);
    if (isOpen)
        return header.tag == tags::PixelData && m_encapsulated && encoding.explicitVr
            ? fragments(header, encoding, holder, before)
            : failed("has a value without an end", header.tag, m_at);
    return plain(header, encoding, before);
}

ElementPtr DirectReader::plain(const Header& header, Encoding encoding, const ElementPtr* before)
{
    const qint64 at = m_at;
    if (header.length % 2 != 0 && !m_mends)
        return failed("has a value of an odd length", header.tag, at);
    if (header.length > m_bytes.size() - m_at)
        return failed("ends before its data does", header.tag, m_elementAt);
    if (m_encapsulated && header.tag == tags::PixelData && m_place.empty())
        return failed("has pixel data that are not encapsulated as its transfer syntax says", header.tag, at);
    m_at += header.length;
    if (m_visit)
        m_visit({m_place, header.tag}, {at, header.length, false});
    if (header.followsSign)
        m_unsettled.push_back({m_place, header.tag});
    const qint64 most =
        isKeptWhole(header.vr, header.tag) ? m_limits.keptTextLength : m_limits.keptValueLength;
    if (header.tag == tags::PixelData || header.length > most)
        return inSource({header.tag, header.vr, header.length}, false, before);
    m_kept += header.length;
    if (header.length > m_limits.keptValueLength && m_kept <= m_limits.keptBytes)
        return longText(header, at);
    const char* bytes = m_kept <= m_limits.keptBytes ? m_bytes.at(at, header.length) : nullptr;
    if (!bytes)
        return failed("holds too much in short values", header.tag, at);
    const int unit = info(header.vr).unitSize;
    if (encoding.bigEndian && unit > 1) {
        QByteArray value(bytes, static_cast<qsizetype>(header.length));
        swapUnits(value, unit);
        return m_cache.intern(Element::make(header.tag, header.vr, std::move(value)));
    }
    if (before && holds(**before, header.vr, bytes, header.length))
        return *before;
    return m_cache.intern(
        Element::make(header.tag, header.vr, QByteArray(bytes, static_cast<qsizetype>(header.length))));
}

ElementPtr DirectReader::longText(const Header& header, qint64 at)
{
    QByteArray text;
    text.reserve(static_cast<qsizetype>(header.length));
    while (text.size() < static_cast<qsizetype>(header.length)) {
        const qint64 count = std::min<qint64>(ByteWindow::most, header.length - text.size());
        const char* bytes = m_bytes.at(at + text.size(), count);
        if (!bytes)
            return failed("has a value that cannot be read", header.tag, m_elementAt);
        text.append(bytes, static_cast<qsizetype>(count));
    }
    return m_cache.intern(Element::make(header.tag, header.vr, std::move(text)));
}

ElementPtr DirectReader::inSource(const Left& left, bool encapsulated, const ElementPtr* before)
{
    SourceValue value{{m_place, left.tag}, left.length, encapsulated};
    if (before && (*before)->vr() == left.vr && (*before)->isInSource() && *(*before)->source() == value)
        return *before;
    return m_cache.intern(Element::make(left.tag, left.vr, std::move(value)));
}

ElementPtr DirectReader::textForSequence(const Header& header, const DataSet& holder)
{
    const qint64 at = m_at;
    const char* bytes = header.length <= m_limits.keptValueLength ? m_bytes.at(at, header.length) : nullptr;
    const auto isCharacter = [](char c) { return static_cast<unsigned char>(c) >= 0x20 || c == '\0'; };
    if (!m_mends || !bytes || !std::all_of(bytes, bytes + header.length, isCharacter))
        return failed("has no items in a sequence", header.tag, at);
    m_at += header.length;
    const auto* entry = find(header.tag, holder.creatorOf(header.tag));
    const bool isCode = entry && entry->name.contains(QStringLiteral("Code Sequence"));
    DataSet item;
    if (isCode)
        item.set({0x0008, 0x0104}, Vr::LO, QByteArray(bytes, static_cast<qsizetype>(header.length)));
    else
        item.set({0x0040, 0xA160}, Vr::UT, QByteArray(bytes, static_cast<qsizetype>(header.length)));
    note(QStringLiteral("holds text in %1, which is a sequence; it is read and written as %2 of an item")
             .arg(toString(header.tag),
                  isCode ? QStringLiteral("Code Meaning") : QStringLiteral("Text Value")));
    return m_cache.intern(Element::make(header.tag, {item}));
}

Encoding DirectReader::contentOf(Encoding encoding)
{
    if (!isItem(m_at, encoding))
        return implicitLittleEndian;
    constexpr qint64 headers = 16; // of the item and of its first element
    const char* at = m_bytes.at(m_at, headers);
    const bool isImplicit = at && tagAt(at + 8, encoding).group < 0xFFFE && !parseVr(at[12], at[13])
        && number<quint32>(at + 4, encoding) != 0;
    return isImplicit ? implicitLittleEndian : encoding;
}

ElementPtr DirectReader::sequence(const Header& header, Encoding encoding, const ElementPtr* before)
{
    const bool isDelimited = header.length == undefinedLength;
    m_hasOpenLengths = m_hasOpenLengths || isDelimited;
    const qint64 begin = m_at;
    const qint64 end = isDelimited ? untilDelimiter : m_at + header.length;
    if (end > m_bytes.size())
        return failed("ends before its data does", header.tag, m_elementAt);
    if (static_cast<int>(m_place.size()) >= m_limits.nesting)
        return failed("nests sequences too deeply", header.tag, begin);
    Element::Items items;
    m_place.push_back({header.tag, 0});
    const Element::Items& old = before ? (*before)->items() : items;
    const bool good = readItems(end, encoding, items, before ? &old : nullptr);
    m_place.pop_back();
    if (!good)
        return failed("has a sequence that cannot be followed", header.tag, begin);
    const bool isSame = before && (*before)->isSequence() && old == items;
    return isSame ? *before : m_cache.intern(Element::make(header.tag, std::move(items)));
}

bool DirectReader::readItems(qint64 end, Encoding encoding, Element::Items& items,
                             const Element::Items* before)
{
    const Tag sequence = m_place.back().sequence;
    while (end == untilDelimiter || m_at < end) {
        const qint64 begin = m_at;
        const char* at = m_bytes.at(m_at, 8);
        if (!at)
            return fail("ends in a sequence that has no end", sequence, begin);
        const Tag tag = tagAt(at, encoding);
        const auto length = number<quint32>(at + 4, encoding);
        m_at += 8;
        if (tag == tags::SequenceDelimitationItem && end == untilDelimiter)
            return length == 0 || fail("has an end of a sequence that has a length", sequence, begin);
        if (tag != tags::Item)
            return fail("has something where an item should begin", sequence, begin);
        if (++m_count > m_limits.elements)
            return fail("holds too many items", sequence, begin);
        const qint64 itsEnd = length == undefinedLength ? untilDelimiter : m_at + length;
        m_hasOpenLengths = m_hasOpenLengths || itsEnd == untilDelimiter;
        if (itsEnd > (end == untilDelimiter ? m_bytes.size() : end))
            return fail("has an item that is longer than what it stands in", sequence, begin);
        m_place.back().item = static_cast<int>(items.size());
        DataSet dataSet;
        const bool hasOld = before && items.size() < before->size();
        if (!elements(itsEnd, encoding, dataSet, hasOld ? &(*before)[items.size()] : nullptr))
            return false;
        if (itsEnd != untilDelimiter && m_at != itsEnd)
            return fail("has an item that is shorter than what stands in it", sequence, begin);
        items.push_back(std::move(dataSet));
    }
    return m_at == end || fail("has a sequence that is shorter than what stands in it", sequence, m_at);
}

ElementPtr DirectReader::fragments(const Header& header, Encoding encoding, const DataSet& holder,
                                   const ElementPtr* before)
{
    const qint64 begin = m_at;
    qint64 length = 0;
    qint64 count = 0;
    while (const char* at = m_bytes.at(m_at, 8)) {
        const Tag tag = tagAt(at, encoding);
        const auto its = number<quint32>(at + 4, encoding);
        if (tag == tags::SequenceDelimitationItem && its == 0) {
            m_at += 8;
            return encapsulated(header, {begin, m_at - begin, true}, length, before);
        }
        const bool isOrdinary = tag == tags::Item && its != undefinedLength && its % 2 == 0
            && its <= m_bytes.size() - m_at - 8 && ++m_count <= m_limits.elements;
        if (!isOrdinary)
            break;
        m_at += 8 + qint64{its};
        length += its;
        ++count;
    }
    const qint64 end = m_at;
    const bool isWhole = m_mends && m_place.empty()
        && count > framesOf(holder) // the first is an offset table
        && (m_at == m_bytes.size() || dropZeros());
    if (!isWhole)
        return failed("has compressed pixel data without an end", header.tag, m_at);
    note(QStringLiteral("has compressed pixel data without their end, which is added when it is written"));
    return encapsulated(header, {begin, end - begin, true, true}, length, before);
}

ElementPtr DirectReader::encapsulated(const Header& header, const ValueRange& range, qint64 length,
                                      const ElementPtr* before)
{
    if (m_visit)
        m_visit({m_place, header.tag}, range);
    return inSource({header.tag, Vr::OB, length}, true, before);
}

qint64 DirectReader::framesOf(const DataSet& dataSet)
{
    constexpr Tag numberOfFrames{0x0028, 0x0008};
    return std::max(1LL, dataSet.bytes(numberOfFrames).trimmed().toLongLong());
}

} // namespace dicom
