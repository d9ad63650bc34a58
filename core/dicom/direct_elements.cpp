// The direct way: headers of elements, one after the other.

#include "core/dicom/dictionary.h"
#include "core/dicom/direct_reading.h"
#include "core/dicom/element_header.h"
#include "core/dicom/scope.h"

#include <algorithm>

namespace dicom {

namespace {

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

} // namespace

DirectReader::DirectReader(ByteWindow& bytes, bool encapsulated, Faults faults, const ReadLimits& limits,
                           ElementCache& cache, const ValueVisitor& visit)
    : m_bytes(bytes)
    , m_encapsulated(encapsulated)
    , m_mends(faults == Faults::Mend)
    , m_limits(limits)
    , m_cache(cache)
    , m_visit(visit)
{
}

bool DirectReader::read(qint64 begin, qint64 end, Encoding encoding, DataSet& dataSet, const DataSet& before)
{
    m_at = begin;
    m_unsettled.clear();
    return elements(end, encoding, dataSet, &before) && m_at == end;
}

bool DirectReader::fail(const char* reason, Tag tag, qint64 at)
{
    if (m_trouble.at < 0)
        m_trouble = {QString::fromUtf8(reason), tag, at};
    return false;
}

ElementPtr DirectReader::failed(const char* reason, Tag tag, qint64 at)
{
    fail(reason, tag, at);
    return {};
}

void DirectReader::note(const QString& repair)
{
    if (!m_repairs.contains(repair))
        m_repairs << repair;
}

bool DirectReader::elements(qint64 end, Encoding encoding, DataSet& dataSet, const DataSet* before)
{
    const qint64 enclosing = std::exchange(m_end, end == untilDelimiter ? m_bytes.size() : end);
    const size_t firstUnsettled = m_unsettled.size();
    const bool good = readElements(end, encoding, dataSet, before);
    m_end = enclosing;
    if (good)
        settle(dataSet, firstUnsettled);
    return good;
}

bool DirectReader::readElements(qint64 end, Encoding encoding, DataSet& dataSet, const DataSet* before)
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
            return header.length == 0 || fail("has an end of an item that has a length", header.tag, begin);
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

bool DirectReader::dropZeros()
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
    note(QStringLiteral("has %1 zero bytes after its last attribute, which are left out when it is written")
             .arg(length));
    m_at = m_end;
    return true;
}

void DirectReader::settle(DataSet& dataSet, size_t first)
{
    if (first == m_unsettled.size() || !dataSet.contains(tags::PixelRepresentation))
        return;
    if (hasSignedPixels(dataSet))
        for (size_t i = first; i < m_unsettled.size(); ++i)
            makeSigned(dataSet, m_unsettled[i], m_place.size(), m_cache);
    m_unsettled.resize(first);
}

bool DirectReader::readHeader(Header& header, Encoding encoding, const DataSet& holder)
{
    ElementHeader read;
    if (!readElementHeader(m_bytes, m_at, encoding, read))
        return fail("ends in the middle of an attribute", m_bytes.at(m_at, 8) ? read.tag : header.tag, m_at);
    header.tag = read.tag;
    if (read.hasUnknownVr)
        return m_mends ? guessForm(header, encoding, holder)
                       : fail("has a value representation that does not exist", header.tag, m_at);
    header.length = read.length;
    m_at += read.size;
    if (read.vr) {
        header.vr = *read.vr;
        m_hasUnknown = m_hasUnknown || header.vr == Vr::UN;
    } else if (header.tag.group != 0xFFFE) {
        lookUp(header, holder);
    }
    return true;
}

void DirectReader::lookUp(Header& header, const DataSet& holder)
{
    const ImplicitVrs::Kind kind = m_cache.implicitVrs().of(header.tag, holder);
    header.vr = kind.vr;
    header.followsSign = kind.followsSign;
    m_hasUnknown = m_hasUnknown || kind.vr == Vr::UN;
}

bool DirectReader::guessForm(Header& header, Encoding encoding, const DataSet& holder)
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
    note(QStringLiteral("gives %1 a value representation that does not exist; it is read and written as %2")
             .arg(toString(header.tag), QString(name(header.vr))));
    return true;
}

void DirectReader::takeVr(Header& header, Encoding encoding, const DataSet& holder)
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

bool DirectReader::isItem(qint64 at, Encoding encoding)
{
    const char* bytes = m_bytes.at(at, 8);
    return bytes && tagAt(bytes, encoding) == tags::Item;
}

bool DirectReader::leadsOn(qint64 valueAt, quint32 length, Tag tag, Encoding encoding)
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

} // namespace dicom
