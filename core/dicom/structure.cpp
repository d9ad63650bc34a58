// Longer than 300 lines: one walk, each step of which knows the levels that it is in.

#include "core/dicom/structure.h"

#include "core/dicom/dcmtk/detect.h"
#include "core/dicom/element_header.h"
#include "core/dicom/tag.h"
#include "core/dicom/vr.h"

#include <algorithm>
#include <limits>
#include <vector>

namespace dicom {

namespace {

struct Header {
    Tag tag;
    bool knownVr = false;
    Vr vr = Vr::UN;
    quint32 length = 0;
    qint64 valueAt = 0;
};

/// The creator of a block of private elements (PS3.5 section 7.8.1).
struct Creator {
    Tag tag;
    QByteArray name;
};

/// A sequence or an item that the walk is in.
struct Level {
    bool isItem = false;
    bool fragments = false; ///< items hold bytes, not elements
    qint64 end = 0; ///< where it ends, when its length is defined
    Encoding encoding;
    Tag sequence = {}; ///< of a sequence
    int items = 0; ///< of a sequence: begun so far
    qint64 begin = 0; ///< of fragments: where they begin
    Tag last = {}; ///< of an item: its latest element
    Tag highest = {}; ///< of an item: of its elements so far
    qint64 elements = 0; ///< of an item
    qint64 creatorElements = 0; ///< of an item
    std::vector<Creator> creators = {}; ///< of an item: by name only where there are no VRs
};

class Walker {
public:
    Walker(ByteWindow& bytes, qint64 begin, Encoding encoding, const ReadLimits& limits,
           const ValueVisitor& visit)
        : m_bytes(bytes)
        , m_limits(limits)
        , m_visit(visit)
        , m_at(begin)
    {
        m_levels.push_back({true, false, bytes.size(), encoding});
    }

    /// Stops after as many elements of the top level.
    Structure walk(int most = std::numeric_limits<int>::max())
    {
        while (m_result.elements < most && step()) {}
        m_result.stoppedAt = m_at;
        return m_result;
    }

private:
    using End = Structure::End;

    bool stop(End end)
    {
        m_result.end = m_bytes.failure() ? End::Unread : end;
        return false;
    }

    bool readHeader(Header& header, Encoding encoding)
    {
        ElementHeader read;
        if (!readElementHeader(m_bytes, m_at, encoding, read))
            return stop(End::PastEnd);
        header = {read.tag, read.vr.has_value(), read.vr.value_or(Vr::UN), read.length, m_at + read.size};
        return !read.hasUnknownVr || readUnknown(header, encoding);
    }

    /// How DCMTK reads a VR that nobody knows: capital letters may be one of a later standard, which has a
    /// length of 32 bits.
    bool readUnknown(Header& header, Encoding encoding)
    {
        m_result.unknownVr = true;
        const auto isCapital = [](char c) { return c >= 'A' && c <= 'Z'; };
        const char* at = m_bytes.at(m_at, 8);
        if (!isCapital(at[4]) || !isCapital(at[5])) {
            header.length = number<quint16>(at + 6, encoding);
            return true;
        }
        at = m_bytes.at(m_at, 12);
        if (!at)
            return stop(End::PastEnd);
        header.length = number<quint32>(at + 8, encoding);
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
        if (m_at == m_bytes.size())
            return stop(m_levels.size() == 1 ? End::Whole : End::Contradiction);
        Level& level = m_levels.back();
        Header header;
        if (!readHeader(header, level.encoding))
            return false;
        if (m_levels.size() == 1 && header.tag == Tag() && header.length == 0 && restIsZero())
            return stop(End::Whole);
        if (++m_count > m_limits.elements)
            return stop(End::TooMany);
        return level.isItem ? stepInItem(level, header) : stepInSequence(level, header);
    }

    /// Looks at the end of the bytes once.
    bool restIsZero()
    {
        if (std::exchange(m_lookedAtRest, true))
            return false;
        for (qint64 at = m_at, count = 0; at < m_bytes.size(); at += count) {
            count = std::min(ByteWindow::most, m_bytes.size() - at);
            const char* bytes = m_bytes.at(at, count);
            if (!bytes || !std::all_of(bytes, bytes + count, [](char c) { return c == 0; }))
                return false;
        }
        m_result.zerosBehind = true;
        return true;
    }

    bool stepInSequence(Level& level, const Header& header)
    {
        if (header.tag == tags::SequenceDelimitationItem) {
            m_at = header.valueAt;
            const Tag tag = level.sequence;
            const ValueRange range{level.begin, m_at - level.begin, true};
            const bool fragments = level.fragments;
            m_levels.pop_back();
            if (fragments)
                tell(tag, range);
            return true;
        }
        if (header.tag != tags::Item)
            return stop(End::Contradiction);
        if (level.fragments) {
            if (header.length <= m_limits.keptValueLength)
                m_result.shortFragmentBytes += header.length;
            return skip(header);
        }
        ++level.items;
        const Encoding encoding = level.encoding;
        m_at = header.valueAt;
        m_levels.push_back({true, false, endOf(header), encoding});
        return true;
    }

    bool stepInItem(Level& level, const Header& header)
    {
        if (header.tag == tags::ItemDelimitationItem && m_levels.size() > 1) {
            m_at = header.valueAt;
            m_levels.pop_back();
            return true;
        }
        if (header.tag.group == 0xFFFE)
            return stop(End::Contradiction);
        if (m_levels.size() == 1)
            ++m_result.elements;
        m_result.duplicate = m_result.duplicate || header.tag == level.last;
        if (!putInOrder(level, header))
            return stop(End::Muddled);
        if (header.length == undefinedLength || isSequence(level, header))
            return enter(header, level.encoding);
        return takeValue(header);
    }

    /// Counts the steps that finding the element's place, and its creator, will take.
    bool putInOrder(Level& level, const Header& header)
    {
        level.last = header.tag;
        if (header.tag < level.highest)
            m_steps += level.elements;
        else
            level.highest = header.tag;
        ++level.elements;
        if (header.tag.isPrivateCreator()) {
            ++level.creatorElements;
            if (!level.encoding.explicitVr)
                rememberCreator(level, header);
        } else if (header.tag.isPrivate()) {
            m_steps += level.creatorElements;
        }
        return m_steps <= m_limits.ordering;
    }

    void rememberCreator(Level& level, const Header& header)
    {
        constexpr qint64 longest = 64; // LO, PS3.5 section 6.2
        if (header.length == 0 || header.length > longest)
            return;
        const char* value = m_bytes.at(header.valueAt, header.length);
        if (!value)
            return;
        QByteArray name(value, static_cast<qsizetype>(header.length));
        name.truncate(qstrnlen(name.constData(), static_cast<size_t>(name.size())));
        level.creators.push_back({header.tag, name.split('\\').first().trimmed()});
    }

    /// Where there are no VRs the dictionary decides, and only what begins with an item can be followed.
    bool isSequence(const Level& level, const Header& header)
    {
        if (level.encoding.explicitVr)
            return header.vr == Vr::SQ;
        if (header.length < 8)
            return false;
        const char* value = m_bytes.at(header.valueAt, 4);
        if (!value || tagAt(value, level.encoding) != tags::Item)
            return false;
        if (!header.tag.isPrivate())
            return dcmtk_side::isSequence(header.tag, {});
        return std::any_of(level.creators.begin(), level.creators.end(), [&](const Creator& creator) {
            return creator.tag == header.tag.creatorTag() && dcmtk_side::isSequence(header.tag, creator.name);
        });
    }

    bool takeValue(const Header& header)
    {
        if (!skip(header))
            return false;
        if (header.length <= m_limits.keptValueLength) {
            m_kept += header.length;
            if (m_kept > m_limits.keptBytes)
                return stop(End::TooMuch);
        }
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
        const bool bytes = header.vr == Vr::OB || header.vr == Vr::OW;
        const bool fragments = encoding.explicitVr ? bytes : header.tag == tags::PixelData;
        if (!fragments && header.knownVr && header.vr == Vr::UN)
            encoding = {
                false, false}; // PS3.5 section 6.2.2 note 2: UN of undefined length is implicit little endian
        m_at = header.valueAt;
        m_levels.push_back({false, fragments, endOf(header), encoding, header.tag, 0, m_at});
        if (!fragments)
            m_result.depth = std::max(m_result.depth, depth());
        return m_result.depth <= m_limits.nesting || stop(End::TooDeep);
    }

    int depth() const
    {
        return static_cast<int>(std::count_if(m_levels.begin(), m_levels.end(),
                                              [](const Level& l) { return !l.isItem && !l.fragments; }));
    }

    static qint64 endOf(const Header& header)
    {
        return header.length == undefinedLength ? -1 : header.valueAt + header.length;
    }

    bool skip(const Header& header)
    {
        if (header.length == undefinedLength || header.length > m_bytes.size() - header.valueAt)
            return stop(End::PastEnd);
        m_at = header.valueAt + header.length;
        return true;
    }

    ByteWindow& m_bytes;
    const ReadLimits& m_limits;
    const ValueVisitor& m_visit;
    qint64 m_at = 0;
    std::vector<Level> m_levels;
    qint64 m_count = 0; ///< elements, items and fragments
    qint64 m_kept = 0; ///< ReadLimits::keptBytes
    qint64 m_steps = 0; ///< ReadLimits::ordering
    bool m_lookedAtRest = false;
    Structure m_result;
};

} // namespace

bool hasLongForm(Vr vr)
{
    static constexpr Vr longForms[] = {Vr::OB, Vr::OD, Vr::OF, Vr::OL, Vr::OV, Vr::OW, Vr::SQ,
                                       Vr::SV, Vr::UC, Vr::UN, Vr::UR, Vr::UT, Vr::UV};
    return std::find(std::begin(longForms), std::end(longForms), vr) != std::end(longForms);
}

void swapUnits(QByteArray& value, int unit)
{
    for (qsizetype at = 0; unit > 1 && at + unit <= value.size(); at += unit)
        std::reverse(value.begin() + at, value.begin() + at + unit);
}

Structure walkStructure(ByteWindow& bytes, qint64 begin, Encoding encoding, const ReadLimits& limits,
                        const ValueVisitor& visit)
{
    return Walker(bytes, begin, encoding, limits, visit).walk();
}

bool guessEncoding(ByteWindow& bytes, qint64 begin, Encoding& encoding)
{
    const char* at = bytes.at(begin, 8);
    if (!at)
        return false;
    const auto group = qFromLittleEndian<quint16>(at);
    encoding.bigEndian = group >= 0x0100 && (group & 0xFF) == 0;
    const quint16 first = encoding.bigEndian ? static_cast<quint16>(group >> 8) : group;
    if (first == 0 || first > 0x0040)
        return false;
    encoding.explicitVr = parseVr(at[4], at[5]).has_value();
    constexpr int enough = 3;
    return Walker(bytes, begin, encoding, {}, {}).walk(enough).elements >= enough;
}

} // namespace dicom
