#include "core/dicom/encoder.h"
#include "core/dicom/file_outline.h"

#include <algorithm>

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
    std::shared_ptr<SourceFile> source(new SourceFile);
    source->m_file.setFileName(path);
    if (!source->m_file.open(QIODevice::ReadOnly))
        return Error{Error::Kind::Unreadable,
                     QStringLiteral("cannot be opened: %1").arg(source->m_file.errorString()),
                     {},
                     path};
    const uchar* mapped = source->m_file.map(0, source->m_file.size());
    if (!mapped)
        return Error{Error::Kind::Unreadable,
                     QStringLiteral("cannot be read: %1").arg(source->m_file.errorString()),
                     {},
                     path};
    const QByteArrayView bytes(mapped, source->m_file.size());
    source->m_whole = bytes;
    auto outline = outlineOf(bytes);
    if (!outline)
        return Error{outline.error().kind, outline.error().reason, {}, path};
    outline->encoding.deflated = encoding.deflated;
    source->m_dataSet = dataSetBytes(bytes, *outline, source->m_inflated);
    walkStructure(source->m_dataSet, encoding, ReadLimits{}.nesting,
                  [&](const SourcePlace& place, ValueRange range) {
                      if (place.tag == tags::PixelData || range.undefinedLength
                          || range.length > ReadLimits{}.keptValueLength)
                          source->m_values[hashOf(place)].append({place, range});
                  });
    return source;
}

bool SourceFile::hasClearedPreamble() const
{
    const QByteArrayView preamble = m_whole.first(std::min<qsizetype>(128, m_whole.size()));
    return preamble.size() == 128
        && std::all_of(preamble.begin(), preamble.end(), [](char byte) { return byte == 0; });
}

const ValueRange* SourceFile::find(const SourcePlace& place) const
{
    const auto known = m_values.constFind(hashOf(place));
    if (known != m_values.constEnd())
        for (const auto& [stored, range] : *known)
            if (stored == place)
                return &range;
    return nullptr;
}

} // namespace dicom
