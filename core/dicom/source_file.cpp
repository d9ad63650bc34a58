#include "core/dicom/direct_reader.h"
#include "core/dicom/encoder.h"
#include "core/dicom/file_outline.h"

#include <algorithm>
#include <array>

namespace dicom {

namespace {

size_t hashOf(const SourcePlace& place)
{
    size_t seed = qHash(place.tag);
    for (const SourcePlace::Item& item : place.items)
        seed = qHashMulti(seed, item.sequence, item.item);
    return seed;
}

} // namespace

Result<std::shared_ptr<SourceFile>> SourceFile::open(const QString& path, Encoding encoding)
{
    auto file = FileBytes::open(path);
    if (!file)
        return file.error();
    std::shared_ptr<SourceFile> source(new SourceFile);
    source->m_file = *file;
    source->m_encoding = encoding;
    if (const Outcome found = source->findValues(); !found) {
        Error error = found.error();
        error.file = path;
        return error;
    }
    return source;
}

Outcome SourceFile::findValues()
{
    const ReadLimits limits;
    ByteWindow bytes(m_file);
    const auto outline = outlineOf(bytes);
    if (!outline)
        return outline.error();
    m_outline = *outline;
    m_hasBigEndianPixels = m_encoding.bigEndian || outline->hasBigEndianPixels;
    if (m_encoding.deflated) {
        auto inflated = inflatedDataSet(*m_file, *outline, limits.inflatedBytes);
        if (!inflated)
            return inflated.error();
        m_inflated = std::move(inflated).value();
    }
    ByteWindow memory(m_inflated);
    ByteWindow& dataSet = m_encoding.deflated ? memory : bytes;
    const qint64 begin = m_encoding.deflated ? 0 : outline->dataSetAt;
    const auto visit = [&](const SourcePlace& place, ValueRange range) { keep(place, range); };
    if (!walkStructure(dataSet, begin, m_encoding, limits, visit).isOrdinary()) {
        // What was mended when it was read is followed in the same way.
        const auto walked = std::exchange(m_values, {});
        if (!findDirectly())
            m_values = walked;
    }
    if (bytes.failure())
        return *bytes.failure();
    return Done{};
}

/// Adds what the direct reader finds.
bool SourceFile::findDirectly() const
{
    m_wasReadDirectly = true;
    ByteWindow bytes(m_file);
    ByteWindow memory(m_inflated);
    const FileParts parts{bytes, m_encoding.deflated ? memory : bytes,
                          m_encoding.deflated ? 0 : m_outline.dataSetAt};
    ElementCache cache;
    Trouble trouble;
    const auto visit = [&](const SourcePlace& place, ValueRange range) {
        if (!known(place))
            keep(place, range);
    };
    return readDirectly(parts, m_outline, Faults::Mend, ReadLimits(), cache, trouble, visit).has_value();
}

void SourceFile::keep(const SourcePlace& place, const ValueRange& range) const
{
    if (place.tag == tags::PixelData || range.undefinedLength || range.length > ReadLimits().keptValueLength)
        m_values[hashOf(place)].append({place, range});
}

Outcome SourceFile::read(qint64 at, char* to, qint64 count) const
{
    if (!m_encoding.deflated)
        return m_file->read(at, to, count);
    std::copy_n(m_inflated.constData() + at, count, to);
    return Done{};
}

Outcome SourceFile::copy(const ValueRange& range, const std::vector<BlankedArea>& blanked,
                         const ClearedBits& cleared, const PieceSink& sink) const
{
    constexpr qint64 most = 128LL * 1024; // fits the cache of a core
    QByteArray piece(static_cast<qsizetype>(std::min(range.length, most)), Qt::Uninitialized);
    for (qint64 done = 0; done < range.length; done += piece.size()) {
        piece.resize(static_cast<qsizetype>(std::min(range.length - done, most)));
        if (Outcome got = read(range.at + done, piece.data(), piece.size()); !got)
            return got;
        blank(piece, done, blanked, m_hasBigEndianPixels);
        clear(piece, cleared, m_hasBigEndianPixels);
        if (Outcome taken = sink(piece); !taken)
            return taken;
    }
    return Done{};
}

Result<bool> SourceFile::hasClearedPreamble() const
{
    std::array<char, 128> preamble{};
    if (m_file->size() < qint64{preamble.size()})
        return false;
    if (const Outcome got = m_file->read(0, preamble.data(), preamble.size()); !got)
        return got.error();
    return std::all_of(preamble.begin(), preamble.end(), [](char byte) { return byte == 0; });
}

std::optional<ValueRange> SourceFile::known(const SourcePlace& place) const
{
    const auto known = m_values.constFind(hashOf(place));
    if (known != m_values.constEnd())
        for (const auto& [stored, range] : *known)
            if (stored == place)
                return range;
    return {};
}

/// Where there are no VRs the walk goes by DCMTK's dictionary, and the direct reader by ours, which may know
/// more sequences: their places are found by the one that left them in the file.
std::optional<ValueRange> SourceFile::find(const SourcePlace& place) const
{
    auto range = known(place);
    if (!range && !m_wasReadDirectly) {
        findDirectly();
        range = known(place);
    }
    return range;
}

} // namespace dicom
