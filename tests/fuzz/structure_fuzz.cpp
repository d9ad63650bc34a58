// Feeds bytes to what looks at files before DCMTK does. The first byte chooses: a whole file, a data set in
// one of the encodings, or a lookup table of a script.

#include "core/dicom/dcmtk/detect.h"
#include "core/dicom/file_outline.h"
#include "core/script/script.h"

#include <algorithm>

namespace {

using namespace dicom;

/// Limits that few bytes can reach.
ReadLimits smallLimits()
{
    ReadLimits limits;
    limits.nesting = 8;
    limits.elements = 200;
    limits.keptBytes = 2000;
    limits.ordering = 1000;
    return limits;
}

/// A walk that is complete saw every byte, or says that nothing but zeros are left.
bool endsRightly(const Structure& structure, QByteArrayView view)
{
    if (!structure.complete())
        return true;
    const QByteArrayView rest = view.sliced(structure.stoppedAt);
    return structure.zerosBehind
        ? !rest.isEmpty() && std::ranges::all_of(rest, [](char byte) { return byte == 0; })
        : rest.isEmpty();
}

void check(const Structure& structure, QByteArrayView view, const ReadLimits& limits)
{
    if (structure.stoppedAt < 0 || structure.stoppedAt > view.size() || structure.depth > limits.nesting + 1
        || !endsRightly(structure, view))
        abort();
}

void walk(QByteArrayView view, qint64 begin, Encoding encoding)
{
    for (const ReadLimits& limits : {ReadLimits(), smallLimits()}) {
        ByteWindow bytes(view);
        const auto visit = [&](const SourcePlace& place, ValueRange range) {
            if (range.at < begin || range.length < 0 || range.length > view.size() - range.at
                || static_cast<int>(place.items.size()) > limits.nesting)
                abort();
        };
        check(walkStructure(bytes, begin, encoding, limits, visit), view, limits);
    }
}

void wholeFile(QByteArrayView view)
{
    ByteWindow bytes(view);
    const auto outline = outlineOf(bytes);
    if (!outline)
        return;
    if (outline->dataSetAt < outline->metaAt || outline->dataSetAt > view.size())
        abort();
    walk(view, outline->dataSetAt, outline->encoding);
    walk(view, outline->metaAt, {});
    if (view.size() - outline->dataSetAt >= 6)
        (void)dcmtk_side::detectedEncoding(view.sliced(outline->dataSetAt, 6));
    (void)dcmtk_side::knowsTransferSyntax(outline->transferSyntax);
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size)
{
    if (size == 0 || size > 20'000)
        return 0;
    const QByteArrayView view(data + 1, static_cast<qsizetype>(size) - 1);
    switch (data[0] % 5) {
    case 1:
        walk(view, 0, {true, false, false});
        break;
    case 2:
        walk(view, 0, {false, false, false});
        break;
    case 3:
        walk(view, 0, {true, true, false});
        break;
    case 4:
        (void)script::parseLookupTable(QString::fromUtf8(view));
        break;
    default:
        wholeFile(view);
    }
    return 0;
}
