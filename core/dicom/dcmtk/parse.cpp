#include "core/dicom/dcmtk/parse.h"

#include "core/dicom/dcmtk/convert.h"
#include "core/dicom/dcmtk/detect.h"
#include "core/dicom/dcmtk/input.h"

#include <dcmtk/dcmdata/dctk.h>
#include <exception>

namespace dicom::dcmtk_side {

namespace {

Error failure(const QString& path, const QString& reason)
{
    return {Error::Kind::Damaged, reason, {}, path};
}

/// DCMTK's words for damage, in words for people.
QString damageText(const OFCondition& condition)
{
    const std::pair<OFConditionConst, const char*> words[] = {
        {EC_InvalidStream, "it ends before its data does"},
        {EC_StreamNotifyClient, "it ends before its data does"},
        {EC_InvalidTag, "something stands where an attribute should begin"},
        {EC_SequDelimitationItemMissing, "a sequence has no end"},
        {EC_ItemDelimitationItemMissing, "an item of a sequence has no end"},
        {EC_ElemLengthLargerThanItem, "an attribute is longer than the item that it stands in"},
    };
    for (const auto& [known, text] : words)
        if (condition == OFCondition(known))
            return QString::fromUtf8(text);
    return QString::fromUtf8(condition.text());
}

/// What DCMTK found the data set to be encoded as counts, not what the file meta information says; where it
/// knows nothing (an empty data set, a transfer syntax of somebody's own) the file's word stays.
void setEncoding(LoadedFile& file, const Outline& outline, E_TransferSyntax found)
{
    file.transferSyntax = outline.transferSyntax;
    file.encoding = outline.encoding;
    if (found == EXS_Unknown)
        return;
    const DcmXfer syntax(found);
    file.encoding = {bool(syntax.isExplicitVR()), bool(syntax.isBigEndian()),
                     syntax.getStreamCompression() == ESC_zlib};
    if (outline.transferSyntax.isEmpty() || knowsTransferSyntax(outline.transferSyntax))
        file.transferSyntax = QString::fromLatin1(syntax.getXferID());
}

/// Values up to this length are read at once, longer ones when they are asked for. Short fragments of pixel
/// data count as values here.
qint64 lengthReadAtOnce(const Outline& outline, const Structure& structure, const ReadLimits& limits)
{
    constexpr qint64 few = 256;
    const bool many = structure.shortFragmentBytes > limits.keptBytes / 4;
    return many && !outline.encoding.deflated ? few : limits.keptValueLength;
}

Result<LoadedFile> parse(const QString& path, const std::shared_ptr<FileBytes>& bytes, const Outline& outline,
                         const Structure& structure, ElementCache& cache, const ReadLimits& limits)
{
    DcmFileFormat file;
    const auto kept = static_cast<Uint32>(lengthReadAtOnce(outline, structure, limits));
    const FileProducer::Place begin{bytes};
    FileInput input(begin);
    file.transferInit();
    const OFCondition loaded = file.read(input, EXS_Unknown, EGL_noChange, kept);
    file.transferEnd();
    if (*begin.failure)
        return **begin.failure;
    DcmDataset* dataSet = file.getDataset();
    if (loaded.bad())
        return failure(path, damageText(loaded));
    if (dataSet->card() == 0 && file.getMetaInfo()->card() == 0)
        return failure(path, QStringLiteral("it has no data set"));
    const bool isImplicit = !DcmXfer(dataSet->getOriginalXfer()).isExplicitVR();
    Converter converter(cache, limits);
    LoadedFile result;
    result.path = path;
    result.hasPreamble = outline.preamble;
    result.hasClearPreamble = outline.clearPreamble;
    result.meta = converter.convert(*file.getMetaInfo(), {});
    result.dataSet = converter.convert(*dataSet, {isImplicit, false});
    setEncoding(result, outline, dataSet->getOriginalXfer());
    if (*begin.failure)
        return **begin.failure;
    return result;
}

} // namespace

/// DCMTK knows no exceptions, but what it uses does: a record type of a DICOMDIR that is much too long, say,
/// takes DCMTK 3.6.7 beyond the end of a string.
Result<LoadedFile> load(const QString& path, const std::shared_ptr<FileBytes>& bytes, const Outline& outline,
                        const Structure& structure, ElementCache& cache, const ReadLimits& limits)
{
    try {
        return parse(path, bytes, outline, structure, cache, limits);
    } catch (const std::exception&) {
        return failure(path, QStringLiteral("it cannot be interpreted"));
    }
}

void initialise()
{
    dcmEnableAutomaticInputDataCorrection.set(OFFalse);
    OFLog::configure(
        OFLogger::OFF_LOG_LEVEL); // the dictionary is loaded, behind a lock, by who needs it first
}

} // namespace dicom::dcmtk_side
