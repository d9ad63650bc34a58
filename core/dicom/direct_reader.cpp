#include "core/dicom/direct_reader.h"

#include "core/dicom/dcmtk/detect.h"
#include "core/dicom/dictionary.h"
#include "core/dicom/scope.h"
#include "core/dicom/unknown_value.h"

#include <QtEndian>
#include <algorithm>
#include <cstring>

namespace dicom {

namespace {

constexpr qint64 untilDelimiter = -1; ///< in place of an end
constexpr Encoding implicitLittleEndian{false, false, false};

struct Header {
    Tag tag;
    Vr vr = Vr::UN;
    bool followsSign = false; ///< SS where the pixels are signed
    bool isGuessed = false; ///< the file gives no value representation that exists
    quint32 length = 0;
};

/// What stays in the file.
struct Left {
    Tag tag;
    Vr vr;
    qint64 length;
};

template <typename Integer>
Integer number(const char* from, Encoding encoding)
{
    return encoding.bigEndian ? qFromBigEndian<Integer>(from) : qFromLittleEndian<Integer>(from);
}

Tag tagAt(const char* at, Encoding encoding)
{
    return {number<quint16>(at, encoding), number<quint16>(at + 2, encoding)};
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

/// One of the value representation `US or SS` that is not decided yet.
struct Unsettled {
    std::vector<SourcePlace::Item> place;
    Tag tag;
};

void makeSigned(DataSet& dataSet, const Unsettled& which, size_t level, ElementCache& cache)
{
    if (level == which.place.size()) {
        const Element* element = dataSet.find(which.tag);
        if (element && element->vr() == Vr::US)
            dataSet.set(cache.intern(element->source() ? Element::make(which.tag, Vr::SS, *element->source())
                                                       : Element::make(which.tag, Vr::SS, element->bytes())));
        return;
    }
    const auto& [sequence, item] = which.place[level];
    Element::Items items = dataSet.find(sequence)->items();
    makeSigned(items[static_cast<size_t>(item)], which, level + 1, cache);
    dataSet.set(cache.intern(Element::make(sequence, std::move(items))));
}

/// Every function is false, or gives nothing, where the file is not as it should be; m_trouble says why then.
class DirectReader {
public:
    DirectReader(ByteWindow& bytes, bool encapsulated, Faults faults, const ReadLimits& limits,
                 ElementCache& cache, const ValueVisitor& visit)
        : m_bytes(bytes)
        , m_encapsulated(encapsulated)
        , m_mends(faults == Faults::Mend)
        , m_limits(limits)
        , m_cache(cache)
        , m_visit(visit)
    {
    }

    /// The elements from `begin` to `end` make a data set.
    bool read(qint64 begin, qint64 end, Encoding encoding, DataSet& dataSet, const DataSet& before)
    {
        m_at = begin;
        m_unsettled.clear();
        return elements(end, encoding, dataSet, &before) && m_at == end;
    }

    bool hasUnknown() const { return m_hasUnknown; }
    bool hasOpenLengths() const { return m_hasOpenLengths; }
    const QStringList& repairs() const { return m_repairs; }
    const Trouble& trouble() const { return m_trouble; }

private:
    bool fail(const char* reason, Tag tag, qint64 at)
    {
        if (m_trouble.at < 0)
            m_trouble = {QString::fromUtf8(reason), tag, at};
        return false;
    }

    ElementPtr failed(const char* reason, Tag tag, qint64 at)
    {
        fail(reason, tag, at);
        return {};
    }

    void note(const QString& repair)
    {
        if (!m_repairs.contains(repair))
            m_repairs << repair;
    }

    bool elements(qint64 end, Encoding encoding, DataSet& dataSet, const DataSet* before)
    {
        const qint64 enclosing = std::exchange(m_end, end == untilDelimiter ? m_bytes.size() : end);
        const size_t firstUnsettled = m_unsettled.size();
        const bool good = readElements(end, encoding, dataSet, before);
        m_end = enclosing;
        if (good)
            settle(dataSet, firstUnsettled);
        return good;
    }

    bool readElements(qint64 end, Encoding encoding, DataSet& dataSet, const DataSet* before)
    {
        Expected expected(before);
        dataSet.reserve(before ? before->size() : 0);
        Tag last;
        while (end == untilDelimiter ? m_at < m_bytes.size() : m_at < end) {
            if (m_mends && dropZeros())
                return true;
            const qint64 begin = m_at;
            Header header;
            if (!readHeader(header, encoding, dataSet))
                return false;
            if (header.tag == tags::ItemDelimitationItem && end == untilDelimiter)
                return header.length == 0
                    || fail("has an end of an item that has a length", header.tag, begin);
            if (header.tag.group >= 0xFFFE)
                return fail("has something where an attribute should begin", last, begin);
            if (header.tag <= last && (!m_mends || dataSet.contains(header.tag)))
                return fail(dataSet.contains(header.tag) ? "holds an attribute twice"
                                                         : "holds attributes out of order",
                            header.tag, begin);
            if (++m_count > m_limits.elements)
                return fail("holds too many attributes", header.tag, begin);
            if (header.tag == Tag() && header.length == 0)
                return fail("has something where an attribute should begin", last, begin);
            last = std::max(last, header.tag);
            m_elementAt = begin;
            ElementPtr element = value(header, encoding, dataSet, expected.element(header.tag));
            if (!element)
                return fail("has a value that cannot be followed", header.tag, begin);
            dataSet.set(std::move(element));
        }
        return end != untilDelimiter || fail("ends in an item that has no end", last, m_at);
    }

    /// Zeros from here to the end of the file are no attributes (files are filled up to whole sectors).
    bool dropZeros()
    {
        constexpr qint64 tagLength = 4;
        if (!m_place.empty() || m_end != m_bytes.size())
            return false;
        const qint64 length = m_end - m_at;
        for (qint64 at = m_at, count = tagLength; at < m_end; at += count, count = ByteWindow::most) {
            count = std::min(count, m_end - at);
            const char* bytes = m_bytes.at(at, count);
            if (!bytes || !std::all_of(bytes, bytes + count, [](char c) { return c == 0; }))
                return false;
        }
        note(QStringLiteral(
                 "has %1 zero bytes behind its last attribute, which are left out when it is written")
                 .arg(length));
        m_at = m_end;
        return true;
    }

    /// Decides what is "US or SS", as soon as a data set around it has Pixel Representation.
    void settle(DataSet& dataSet, size_t first)
    {
        if (first == m_unsettled.size() || !dataSet.contains(tags::PixelRepresentation))
            return;
        if (hasSignedPixels(dataSet))
            for (size_t i = first; i < m_unsettled.size(); ++i)
                makeSigned(dataSet, m_unsettled[i], m_place.size(), m_cache);
        m_unsettled.resize(first);
    }

    bool readHeader(Header& header, Encoding encoding, const DataSet& holder)
    {
        const qint64 begin = m_at;
        const char* at = m_bytes.at(m_at, 8);
        if (!at)
            return fail("ends in the middle of an attribute", header.tag, begin);
        header.tag = tagAt(at, encoding);
        if (!encoding.explicitVr || header.tag.group == 0xFFFE) {
            header.length = number<quint32>(at + 4, encoding);
            m_at += 8;
            if (header.tag.group != 0xFFFE)
                lookUp(header, holder);
            return true;
        }
        const auto vr = parseVr(at[4], at[5]);
        if (!vr)
            return m_mends ? guessForm(header, encoding, holder)
                           : fail("has a value representation that does not exist", header.tag, begin);
        header.vr = *vr;
        m_hasUnknown = m_hasUnknown || *vr == Vr::UN;
        if (!hasLongForm(*vr)) {
            header.length = number<quint16>(at + 6, encoding);
            m_at += 8;
            return true;
        }
        at = m_bytes.at(m_at, 12);
        if (!at)
            return fail("ends in the middle of an attribute", header.tag, begin);
        header.length = number<quint32>(at + 8, encoding);
        m_at += 12;
        return true;
    }

    void lookUp(Header& header, const DataSet& holder)
    {
        const ImplicitVrs::Kind kind = m_cache.implicitVrs().of(header.tag, holder);
        header.vr = kind.vr;
        header.followsSign = kind.followsSign;
        m_hasUnknown = m_hasUnknown || kind.vr == Vr::UN;
    }

    /// What stands where the VR should be is none. It may be one that nobody knows (with a length of 32 or 16
    /// bits), or the length of an attribute in implicit VR: what leads to another attribute is right.
    bool guessForm(Header& header, Encoding encoding, const DataSet& holder)
    {
        const qint64 begin = m_at;
        if (holder.isEmpty())
            return fail("does not begin with an attribute in its transfer syntax", header.tag, begin);
        const QByteArray bytes(m_bytes.at(begin, 8), 8);
        const char* longForm = m_bytes.at(begin, 12);
        struct Form {
            qint64 headerLength;
            quint32 length;
        };
        std::vector<Form> forms;
        if (longForm && longForm[6] == 0 && longForm[7] == 0)
            forms.push_back({12, number<quint32>(longForm + 8, encoding)});
        forms.push_back({8, number<quint16>(bytes.constData() + 6, encoding)});
        forms.push_back({8, number<quint32>(bytes.constData() + 4, encoding)});
        const auto right = std::find_if(forms.begin(), forms.end(), [&](const Form& form) {
            return leadsOn(begin + form.headerLength, form.length, header.tag, encoding);
        });
        if (right == forms.end())
            return fail("has something where an attribute should begin", header.tag, begin);
        m_at = begin + right->headerLength;
        header.length = right->length;
        header.isGuessed = true;
        takeVr(header, encoding, holder);
        note(QStringLiteral(
                 "gives %1 a value representation that does not exist; it is read and written as %2")
                 .arg(toString(header.tag), QString(name(header.vr))));
        return true;
    }

    /// That of the dictionary, where the value can be one.
    void takeVr(Header& header, Encoding encoding, const DataSet& holder)
    {
        lookUp(header, holder);
        if (header.vr == Vr::UN)
            if (const auto* entry = find(header.tag, holder.creatorOf(header.tag)))
                header.vr = entry->vr;
        const bool hasItems = isItem(m_at, encoding) || isItem(m_at, implicitLittleEndian);
        const bool isOpen = header.length == undefinedLength;
        const bool isNone = header.vr == Vr::SQ ? !hasItems && header.length > 0
                                                : isOpen || header.length % info(header.vr).unitSize != 0
                || (!hasLongForm(header.vr) && header.length > 0xFFFE);
        if (isNone)
            header.vr = Vr::UN;
        m_hasUnknown = m_hasUnknown || header.vr == Vr::UN;
    }

    bool isItem(qint64 at, Encoding encoding)
    {
        const char* bytes = m_bytes.at(at, 8);
        return bytes && tagAt(bytes, encoding) == tags::Item;
    }

    bool leadsOn(qint64 valueAt, quint32 length, Tag tag, Encoding encoding)
    {
        if (length == undefinedLength)
            return isItem(valueAt, encoding) || isItem(valueAt, implicitLittleEndian);
        const qint64 next = valueAt + length;
        if (next >= m_end)
            return next == m_end;
        const char* bytes = m_bytes.at(next, std::min<qint64>(8, m_end - next));
        if (!bytes || m_end - next < 8)
            return false;
        const Tag following = tagAt(bytes, encoding);
        if (following == tags::ItemDelimitationItem)
            return !m_place.empty();
        return following > tag && following.group < 0xFFFE && parseVr(bytes[4], bytes[5]);
    }

    /// `before`: the element of the file before; null when there was none.
    ElementPtr value(const Header& header, Encoding encoding, const DataSet& holder, const ElementPtr* before)
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

    ElementPtr plain(const Header& header, Encoding encoding, const ElementPtr* before)
    {
        const qint64 at = m_at;
        if (header.length % 2 != 0 && !m_mends)
            return failed("has a value of an odd length", header.tag, at);
        if (header.length > m_bytes.size() - m_at)
            return failed("ends before its data does", header.tag, m_elementAt);
        if (m_encapsulated && header.tag == tags::PixelData && m_place.empty())
            return failed("has pixel data that are not encapsulated as its transfer syntax says", header.tag,
                          at);
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

    ElementPtr longText(const Header& header, qint64 at)
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

    ElementPtr inSource(const Left& left, bool encapsulated, const ElementPtr* before)
    {
        SourceValue value{{m_place, left.tag}, left.length, encapsulated};
        if (before && (*before)->vr() == left.vr && (*before)->isInSource() && *(*before)->source() == value)
            return *before;
        return m_cache.intern(Element::make(left.tag, left.vr, std::move(value)));
    }

    /// Another program wrote text into a sequence, which has no place for it but an item.
    ElementPtr textForSequence(const Header& header, const DataSet& holder)
    {
        const qint64 at = m_at;
        const char* bytes =
            header.length <= m_limits.keptValueLength ? m_bytes.at(at, header.length) : nullptr;
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

    /// Where the VR did not say it, the first item does.
    Encoding contentOf(Encoding encoding)
    {
        if (!isItem(m_at, encoding))
            return implicitLittleEndian;
        constexpr qint64 headers = 16; // of the item and of its first element
        const char* at = m_bytes.at(m_at, headers);
        const bool isImplicit = at && tagAt(at + 8, encoding).group < 0xFFFE && !parseVr(at[12], at[13])
            && number<quint32>(at + 4, encoding) != 0;
        return isImplicit ? implicitLittleEndian : encoding;
    }

    ElementPtr sequence(const Header& header, Encoding encoding, const ElementPtr* before)
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

    bool readItems(qint64 end, Encoding encoding, Element::Items& items, const Element::Items* before)
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

    /// Encapsulated pixel data, which is OB whatever its file says (PS3.5 section A.4).
    ElementPtr fragments(const Header& header, Encoding encoding, const DataSet& holder,
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
        note(
            QStringLiteral("has compressed pixel data without their end, which is added when it is written"));
        return encapsulated(header, {begin, end - begin, true, true}, length, before);
    }

    ElementPtr encapsulated(const Header& header, const ValueRange& range, qint64 length,
                            const ElementPtr* before)
    {
        if (m_visit)
            m_visit({m_place, header.tag}, range);
        return inSource({header.tag, Vr::OB, length}, true, before);
    }

    static qint64 framesOf(const DataSet& dataSet)
    {
        constexpr Tag numberOfFrames{0x0028, 0x0008};
        return std::max(1LL, dataSet.bytes(numberOfFrames).trimmed().toLongLong());
    }

    ByteWindow& m_bytes;
    bool m_encapsulated; ///< by the transfer syntax
    bool m_mends;
    const ReadLimits& m_limits;
    ElementCache& m_cache;
    const ValueVisitor& m_visit;
    qint64 m_at = 0;
    qint64 m_elementAt = 0; ///< where the element begins whose value is being read
    qint64 m_end = 0; ///< of the data set or item that is being read; of the bytes where that is open
    qint64 m_count = 0; ///< elements, items and fragments
    qint64 m_kept = 0; ///< ReadLimits::keptBytes
    bool m_hasUnknown = false;
    bool m_hasOpenLengths = false;
    std::vector<SourcePlace::Item> m_place;
    std::vector<Unsettled> m_unsettled;
    QStringList m_repairs;
    Trouble m_trouble;
};

/// Why a file is not even tried; null when it is.
const char* whyNotTried(const Outline& outline, Faults faults)
{
    const bool isOrdinary =
        outline.clear && outline.preamble && !outline.encoding.bigEndian && !outline.encoding.deflated;
    if (faults == Faults::Decline && !isOrdinary)
        return "has no ordinary file meta information, or is big endian or deflated";
    if (outline.declaredDataSetAt != 0 && outline.declaredDataSetAt != outline.dataSetAt)
        return "has file meta information of another length than it says";
    if (!outline.transferSyntax.isEmpty() && !dcmtk_side::knowsTransferSyntax(outline.transferSyntax))
        return "has a transfer syntax that is not known";
    return nullptr;
}

} // namespace

std::optional<DirectlyRead> readDirectly(const FileParts& parts, const Outline& outline, Faults faults,
                                         const ReadLimits& limits, ElementCache& cache, Trouble& trouble,
                                         const ValueVisitor& visit)
{
    if (const char* reason = whyNotTried(outline, faults)) {
        trouble = {QString::fromUtf8(reason), {}, -1};
        return {};
    }
    const QString uid =
        outline.transferSyntax.isEmpty() ? transferSyntaxOf(outline.encoding) : outline.transferSyntax;
    const bool encapsulated = dcmtk_side::encapsulates(uid).value_or(false);
    DirectlyRead result;
    result.transferSyntax = uid;
    const ValueVisitor nobody;
    DirectReader meta(parts.file, encapsulated, faults, limits, cache, nobody);
    DirectReader reader(parts.dataSet, encapsulated, faults, limits, cache, visit);
    if (!meta.read(outline.metaAt, outline.dataSetAt, {}, result.meta, cache.meta())) {
        trouble = meta.trouble();
        return {};
    }
    if (!reader.read(parts.dataSetAt, parts.dataSet.size(), outline.encoding, result.dataSet,
                     cache.dataSet())) {
        trouble = reader.trouble();
        return {};
    }
    if (result.dataSet.isEmpty()) {
        trouble = {QStringLiteral("has no data set"), {}, -1};
        return {};
    }
    result.hasUnknown = reader.hasUnknown();
    result.hasOpenLengths = meta.hasOpenLengths() || reader.hasOpenLengths();
    result.repairs = meta.repairs() + reader.repairs();
    if (outline.isMislabelled)
        result.repairs << QStringLiteral("is encoded otherwise than its transfer syntax says, in %1")
                              .arg(outline.encoding.bigEndian ? QStringLiteral("explicit VR big endian")
                                       : outline.encoding.explicitVr
                                       ? QStringLiteral("explicit VR little endian")
                                       : QStringLiteral("implicit VR"));
    cache.remember(result.meta, result.dataSet);
    return result;
}

} // namespace dicom
