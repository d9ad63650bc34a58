#include "core/dicom/encoder.h"

#include <QtEndian>
#include <algorithm>
#include <array>
#include <numeric>
#include <optional>

namespace dicom {

namespace {

/// Turns data sets into chunks; small pieces are collected in one buffer.
class Encoder {
public:
    Encoder(Encoding encoding, const SourceFile& source)
        : m_encoding(encoding)
        , m_source(source)
    {
    }

    Result<Chunks> encode(const DataSet& dataSet)
    {
        Chunks chunks;
        Chunks group;
        std::optional<Tag> groupLength;
        quint16 current = 0;
        const auto finishGroup = [&] {
            if (groupLength)
                appendGroupLength(chunks, *groupLength, sizeOf(group));
            for (Chunk& chunk : group)
                append(chunks, std::move(chunk));
            group.clear();
            groupLength.reset();
        };
        for (const ElementPtr& element : dataSet) {
            if (element->tag().group != current)
                finishGroup();
            current = element->tag().group;
            if (element->tag().isGroupLength() && element->vr() == Vr::UL)
                groupLength = element->tag();
            else
                appendElement(group, *element);
        }
        finishGroup();
        if (m_failure)
            return *m_failure;
        return chunks;
    }

private:
    template <typename Number>
    void number(QByteArray& bytes, Number value) const
    {
        const Number stored = m_encoding.bigEndian ? qToBigEndian(value) : qToLittleEndian(value);
        bytes.append(reinterpret_cast<const char*>(&stored), sizeof stored);
    }

    QByteArray header(Tag tag, std::optional<Vr> vr, quint32 length) const
    {
        QByteArray bytes;
        number(bytes, tag.group);
        number(bytes, tag.element);
        if (!vr || !m_encoding.explicitVr) {
            number(bytes, length);
            return bytes;
        }
        bytes.append(name(*vr).data(), 2);
        if (hasLongForm(*vr)) {
            number(bytes, quint16{0});
            number(bytes, length);
        } else {
            number(bytes, static_cast<quint16>(length));
        }
        return bytes;
    }

    static void append(Chunks& chunks, Chunk chunk)
    {
        if (!chunk.own.isEmpty() && !chunks.empty() && !chunks.back().own.isEmpty())
            chunks.back().own += chunk.own;
        else if (chunk.size() > 0)
            chunks.push_back(std::move(chunk));
    }

    void appendGroupLength(Chunks& chunks, Tag tag, qint64 size) const
    {
        QByteArray bytes = header(tag, Vr::UL, 4);
        number(bytes, static_cast<quint32>(size));
        append(chunks, {bytes, {}});
    }

    void appendElement(Chunks& chunks, const Element& element)
    {
        if (element.isStoredAsUnknown())
            appendUnknown(chunks, element);
        else if (element.isSequence())
            appendSequence(chunks, element);
        else if (element.isInSource())
            appendSourceValue(chunks, element);
        else
            appendPlain(chunks, element);
    }

    void appendPlain(Chunks& chunks, const Element& element)
    {
        QByteArray value = padded(element.bytes(), element.vr());
        if (m_encoding.explicitVr && !hasLongForm(element.vr()) && value.size() > 0xFFFE) {
            fail(element, QStringLiteral("is longer than its value representation can say"));
            return;
        }
        if (m_encoding.bigEndian)
            swapUnits(value, info(element.vr()).unitSize);
        append(chunks, {header(element.tag(), element.vr(), static_cast<quint32>(value.size())) + value, {}});
    }

    /// As it stands in its file: little endian in every transfer syntax (PS3.5 section 6.2.2).
    void appendUnknown(Chunks& chunks, const Element& element)
    {
        const QByteArray value = padded(element.storedBytes(), Vr::UN);
        append(chunks, {header(element.tag(), Vr::UN, static_cast<quint32>(value.size())) + value, {}});
    }

    void appendSequence(Chunks& chunks, const Element& element)
    {
        Chunks items;
        for (const DataSet& item : element.items()) {
            auto content = Encoder(m_encoding, m_source).encode(item);
            if (!content) {
                m_failure = content.error();
                return;
            }
            append(items, {header(tags::Item, {}, static_cast<quint32>(sizeOf(*content))), {}});
            for (Chunk& chunk : *content)
                append(items, std::move(chunk));
        }
        // Without a VR, only the undefined length says of an unknown tag that it is a sequence.
        const auto length = m_encoding.explicitVr ? static_cast<quint32>(sizeOf(items)) : undefinedLength;
        append(chunks, {header(element.tag(), Vr::SQ, length), {}});
        for (Chunk& chunk : items)
            append(chunks, std::move(chunk));
        if (!m_encoding.explicitVr)
            append(chunks, {header(tags::SequenceDelimitationItem, {}, 0), {}});
    }

    void appendSourceValue(Chunks& chunks, const Element& element)
    {
        const auto range = m_source.find(element.source()->place);
        if (!range) {
            fail(element, QStringLiteral("cannot be found again in the file, whose structure is unusual"));
            return;
        }
        const bool odd = !range->undefinedLength && range->length % 2 != 0;
        const auto length =
            range->undefinedLength ? undefinedLength : static_cast<quint32>(range->length + (odd ? 1 : 0));
        append(chunks, {header(element.tag(), element.vr(), length), {}});
        append(chunks, {{}, *range, element.source()->blanked, element.source()->cleared});
        if (odd)
            append(chunks, {QByteArray(1, '\0'), {}});
        if (range->lacksEnd)
            append(chunks, {header(tags::SequenceDelimitationItem, {}, 0), {}});
    }

    void fail(const Element& element, const QString& reason)
    {
        if (!m_failure)
            m_failure = Error{Error::Kind::Verification,
                              reason,
                              QStringLiteral("The file was left as it is"),
                              {},
                              toString(element.tag())};
    }

    Encoding m_encoding;
    const SourceFile& m_source;
    std::optional<Error> m_failure;
};

} // namespace

namespace {

/// One run of an area: the bytes `run` to `run + length` of the value, in the order of little endian.
void fillRun(QByteArray& piece, qint64 at, qint64 run, const BlankedArea& area, bool bigEndian)
{
    const qint64 flip =
        bigEndian ? area.unit - 1 : 0; // where a byte of a unit stands in a file in big endian
    const qint64 begin = std::max(at - flip, run);
    const qint64 end = std::min(at + piece.size() + flip, run + area.runLength);
    if (begin >= end)
        return;
    char* bytes = piece.data();
    if (flip == 0 && area.fill.isEmpty()) {
        std::fill(bytes + (begin - at), bytes + (end - at), '\0');
        return;
    }
    for (qint64 i = begin; i < end; ++i) {
        const qint64 place = (i ^ flip) - at;
        if (place >= 0 && place < piece.size())
            bytes[place] = area.fill.isEmpty() ? '\0' : area.fill[(i - run) % area.fill.size()];
    }
}

/// Which of many equal lengths, one every `stride` bytes from `first` on, reach into a piece, with the units
/// at its edges: there may be millions of them, and of pieces.
struct Stretch {
    qint64 begin = 0, end = 0;
};
struct Steps {
    qint64 stride = 0, count = 0;
};
Stretch stretchIn(const QByteArray& piece, qint64 at, qint64 first, Steps steps, qint64 length, int unit)
{
    if (steps.stride <= 0)
        return {0, std::min<qint64>(steps.count, 1)};
    const qint64 before = at - unit - first - length;
    const qint64 behind = at + piece.size() + unit - first;
    return {before < 0 ? 0 : std::min(steps.count, before / steps.stride),
            behind <= 0 ? 0 : std::min(steps.count, (behind - 1) / steps.stride + 1)};
}

} // namespace

void blank(QByteArray& piece, qint64 at, const std::vector<BlankedArea>& areas, bool bigEndian)
{
    for (const BlankedArea& area : areas) {
        const qint64 frameLength = (area.rows - 1) * area.rowStride + area.runLength;
        const Stretch frames =
            stretchIn(piece, at, area.first, {area.frameStride, area.frames}, frameLength, area.unit);
        for (qint64 frame = frames.begin; frame < frames.end; ++frame) {
            const qint64 first = area.first + frame * area.frameStride;
            const Stretch rows =
                stretchIn(piece, at, first, {area.rowStride, area.rows}, area.runLength, area.unit);
            for (qint64 row = rows.begin; row < rows.end; ++row)
                fillRun(piece, at, first + row * area.rowStride, area, bigEndian);
        }
    }
}

void clear(QByteArray& piece, const ClearedBits& cleared, bool bigEndian)
{
    if (cleared.mask == 0 || cleared.bytes == 0)
        return;
    std::array<char, 4> keep{};
    for (int i = 0; i < cleared.bytes; ++i)
        keep.at(static_cast<size_t>(bigEndian && cleared.bytes > 1 ? i ^ 1 : i)) =
            static_cast<char>(~(cleared.mask >> (8 * i)));
    char* bytes = piece.data();
    for (qsizetype i = 0; i < piece.size(); ++i)
        bytes[i] = static_cast<char>(bytes[i] & keep.at(static_cast<size_t>(i % cleared.bytes)));
}

Result<Chunks> encodeDataSet(const DataSet& dataSet, Encoding encoding, const SourceFile& source)
{
    return Encoder(encoding, source).encode(dataSet);
}

Outcome copyChunks(const Chunks& chunks, const SourceFile& source, const PieceSink& sink)
{
    for (const Chunk& chunk : chunks)
        if (Outcome copied = chunk.own.isEmpty()
                ? source.copy(chunk.borrowed, chunk.blanked, chunk.cleared, sink)
                : sink(chunk.own);
            !copied)
            return copied;
    return Done{};
}

qint64 sizeOf(const Chunks& chunks)
{
    return std::accumulate(chunks.begin(), chunks.end(), qint64{0},
                           [](qint64 sum, const Chunk& chunk) { return sum + chunk.size(); });
}

} // namespace dicom
