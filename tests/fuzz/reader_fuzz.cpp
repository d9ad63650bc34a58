// Feeds whole files to the direct reader: what it reads as ordinary it reads in the same way when it may
// mend, it says why it declines, and where values stand is inside of the file.

#include "core/dicom/direct_reader.h"

#include <cstdlib>

namespace {

using namespace dicom;

std::optional<DirectlyRead> read(QByteArrayView view, Faults faults)
{
    ByteWindow bytes(view);
    const auto outline = outlineOf(bytes);
    if (!outline || outline->encoding.deflated)
        return {};
    ElementCache cache;
    Trouble trouble;
    const auto visit = [&](const SourcePlace&, ValueRange range) {
        if (range.at < 0 || range.length < 0 || range.length > view.size() - range.at)
            abort();
    };
    auto result =
        readDirectly({bytes, bytes, outline->dataSetAt}, *outline, faults, {}, cache, trouble, visit);
    if (!result && trouble.reason.isEmpty())
        abort();
    return result;
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size)
{
    if (size > 20'000)
        return 0;
    const QByteArrayView view(data, static_cast<qsizetype>(size));
    // Mending is asked for only where the structure was looked at (checkedStructure()).
    ByteWindow bytes(view);
    const auto outline = outlineOf(bytes);
    if (!outline || walkStructure(bytes, outline->dataSetAt, outline->encoding, {}).refused())
        return 0;
    const auto ordinary = read(view, Faults::Decline);
    const auto mended = read(view, Faults::Mend);
    if (ordinary && (!mended || !(ordinary->dataSet == mended->dataSet) || !(ordinary->meta == mended->meta)))
        abort();
    return 0;
}
