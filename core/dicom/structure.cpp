#include "core/dicom/structure.h"

#include "core/dicom/tag.h"
#include "core/dicom/vr.h"

#include <QtEndian>
#include <algorithm>
#include <vector>

namespace dicom {

namespace {

constexpr quint32 undefinedLength = 0xFFFFFFFF;
constexpr Tag item{0xFFFE, 0xE000};
constexpr Tag itemEnd{0xFFFE, 0xE00D};
constexpr Tag sequenceEnd{0xFFFE, 0xE0DD};

struct Header {
    Tag tag;
    bool knownVr = false;
    Vr vr = Vr::UN;
    quint32 length = 0;
    qint64 valueAt = 0;
};

/// A sequence or an item that the walk is in.
struct Level {
    bool isItem = false;
    bool fragments = false; ///< items hold bytes, not elements
    qint64 end = 0; ///< where it ends, when its length is defined
    Encoding encoding;
    Tag last = {}; ///< of an item: its latest element
    Tag sequence = {}; ///< of a sequence
    int items = 0; ///< of a sequence: begun so far
    qint64 begin = 0; ///< of fragments: where they begin
};

class Walker {
public:
    Walker(QByteArrayView bytes, Encoding encoding, int limit, const ValueVisitor& visit)
        : m_bytes(bytes)
        , m_limit(limit)
        , m_visit(visit)
    {
        m_levels.push_back({true, false, bytes.size(), encoding});
    }

    Structure walk()
    {
        while (step()) {}
        m_result.stoppedAt = m_at;
        return m_result;
    }

private:
    template <typename Integer>
    Integer number(qint64 at, bool bigEndian) const
    {
        const char* from = m_bytes.data() + at;
        return bigEndian ? qFromBigEndian<Integer>(from) : qFromLittleEndian<Integer>(from);
    }

    bool has(qint64 count) const { return m_bytes.size() - m_at >= count; }

    bool readHeader(Header& header, Encoding encoding) const
    {
        if (!has(8))
            return false;
        header.tag = {number<quint16>(m_at, encoding.bigEndian),
                      number<quint16>(m_at + 2, encoding.bigEndian)};
        header.valueAt = m_at + 8;
        if (!encoding.explicitVr || header.tag.group == 0xFFFE) {
            header.length = number<quint32>(m_at + 4, encoding.bigEndian);
            return true;
        }
        const auto vr = parseVr(m_bytes[m_at + 4], m_bytes[m_at + 5]);
        header.knownVr = vr.has_value();
        header.vr = vr.value_or(Vr::UN);
        if (vr && !hasLongForm(*vr)) {
            header.length = number<quint16>(m_at + 6, encoding.bigEndian);
            return true;
        }
        if (!has(12))
            return false;
        header.length = number<quint32>(m_at + 8, encoding.bigEndian);
        header.valueAt = m_at + 12;
        return true;
    }

    void leaveFinishedLevels()
    {
        while (m_levels.size() > 1 && m_levels.back().end >= 0 && m_at >= m_levels.back().end)
            m_levels.pop_back();
    }

    /// One element header; false at the end, or where the bytes make no sense.
    bool step()
    {
        leaveFinishedLevels();
        if (m_at == m_bytes.size()) {
            m_result.complete = m_levels.size() == 1;
            return false;
        }
        Level& level = m_levels.back();
        Header header;
        if (!readHeader(header, level.encoding))
            return false;
        return level.isItem ? stepInItem(level, header) : stepInSequence(level, header);
    }

    bool stepInSequence(Level& level, const Header& header)
    {
        if (header.tag == sequenceEnd) {
            m_at = header.valueAt;
            const Level ended = level;
            m_levels.pop_back();
            if (ended.fragments)
                tell(ended.sequence, {ended.begin, m_at - ended.begin, true});
            return true;
        }
        if (header.tag != item)
            return false;
        if (level.fragments)
            return skip(header);
        ++level.items;
        const Encoding encoding = level.encoding;
        m_at = header.valueAt;
        m_levels.push_back({true, false, endOf(header), encoding});
        return true;
    }

    bool stepInItem(Level& level, const Header& header)
    {
        if (header.tag == itemEnd && m_levels.size() > 1) {
            m_at = header.valueAt;
            m_levels.pop_back();
            return true;
        }
        if (header.tag.group == 0xFFFE)
            return false;
        if (m_levels.size() == 1)
            ++m_result.elements;
        m_result.duplicate = m_result.duplicate || header.tag == level.last;
        level.last = header.tag;
        const bool open = header.length == undefinedLength;
        if (header.vr == Vr::SQ || open)
            return enter(header, level.encoding);
        if (!skip(header))
            return false;
        tell(header.tag, {header.valueAt, header.length, false});
        return true;
    }

    void tell(Tag tag, ValueRange range) const
    {
        if (!m_visit)
            return;
        SourcePlace place;
        place.tag = tag;
        for (const Level& level : m_levels)
            if (!level.isItem)
                place.items.push_back({level.sequence, level.items - 1});
        m_visit(place, range);
    }

    bool enter(const Header& header, Encoding encoding)
    {
        const bool fragments = header.tag == tags::PixelData || header.vr == Vr::OB || header.vr == Vr::OW;
        if (!fragments && header.knownVr && header.vr == Vr::UN)
            encoding = {
                false, false}; // PS3.5 section 6.2.2 note 2: UN of undefined length is implicit little endian
        m_at = header.valueAt;
        m_levels.push_back({false, fragments, endOf(header), encoding, {}, header.tag, 0, m_at});
        const int depth = static_cast<int>(std::count_if(
            m_levels.begin(), m_levels.end(), [](const Level& l) { return !l.isItem && !l.fragments; }));
        m_result.depth = std::max(m_result.depth, depth);
        return depth <= m_limit;
    }

    qint64 endOf(const Header& header) const
    {
        return header.length == undefinedLength ? -1 : header.valueAt + header.length;
    }

    bool skip(const Header& header)
    {
        if (header.length == undefinedLength || header.length > m_bytes.size() - header.valueAt)
            return false;
        m_at = header.valueAt + header.length;
        return true;
    }

    QByteArrayView m_bytes;
    int m_limit;
    const ValueVisitor& m_visit;
    qint64 m_at = 0;
    std::vector<Level> m_levels;
    Structure m_result;
};

bool looksLikeVr(QByteArrayView bytes)
{
    return bytes.size() >= 6 && parseVr(bytes[4], bytes[5]).has_value();
}

} // namespace

bool hasLongForm(Vr vr)
{
    static constexpr Vr longForms[] = {Vr::OB, Vr::OD, Vr::OF, Vr::OL, Vr::OV, Vr::OW, Vr::SQ,
                                       Vr::SV, Vr::UC, Vr::UN, Vr::UR, Vr::UT, Vr::UV};
    return std::find(std::begin(longForms), std::end(longForms), vr) != std::end(longForms);
}

Structure walkStructure(QByteArrayView bytes, Encoding encoding, int limit, const ValueVisitor& visit)
{
    return Walker(bytes, encoding, limit, visit).walk();
}

bool guessEncoding(QByteArrayView bytes, Encoding& encoding)
{
    if (bytes.size() < 8)
        return false;
    const auto group = qFromLittleEndian<quint16>(bytes.data());
    encoding.bigEndian = group >= 0x0100 && (group & 0xFF) == 0;
    const quint16 first = encoding.bigEndian ? static_cast<quint16>(group >> 8) : group;
    if (first == 0 || first > 0x0040)
        return false;
    encoding.explicitVr = looksLikeVr(bytes);
    return walkStructure(bytes, encoding, 64).elements >= 3;
}

} // namespace dicom
