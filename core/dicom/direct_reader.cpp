#include "core/dicom/direct_reader.h"

#include "core/dicom/dcmtk/detect.h"
#include "core/dicom/direct_reading.h"
#include "core/dicom/unknown_value.h"

namespace dicom {

namespace {

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
