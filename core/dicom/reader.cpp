#include "core/dicom/reader.h"

#include "core/dicom/dcmtk/convert.h"
#include "core/dicom/file_outline.h"
#include "core/dicom/interner.h"

#include <QFile>
#include <QFileInfo>

#include <chrono>
#include <dcmtk/dcmdata/dctk.h>
#include <filesystem>

namespace dicom {

namespace {

Error failure(Error::Kind kind, const QString& path, const QString& reason, const QString& remedy = {})
{
    return {kind, reason, remedy, path};
}

/// The most levels that the bytes could nest: each level needs an item, and each item its tag.
qsizetype mostItems(QByteArrayView bytes)
{
    return bytes.toByteArray().count(QByteArrayView("\xFE\xFF\x00\xE0", 4))
        + bytes.toByteArray().count(QByteArrayView("\xFF\xFE\xE0\x00", 4));
}

/// Where the walk lost its way, DCMTK may still follow: it must not find hundreds of levels there.
Structure withRest(Structure structure, QByteArrayView bytes, int limit)
{
    constexpr qsizetype harmless = 1000; // levels that fit a thread's stack many times over
    if (!structure.complete && mostItems(bytes.sliced(structure.stoppedAt)) > harmless)
        structure.depth = std::max(structure.depth, limit + 1);
    return structure;
}

/// What walking shows before DCMTK, which recurses without a limit, gets to see the file.
Structure structureOf(QByteArrayView bytes, const Outline& outline, int limit)
{
    QByteArray inflated;
    const QByteArrayView rest = dataSetBytes(bytes, outline, inflated);
    Encoding encoding = outline.encoding;
    const Structure structure = walkStructure(rest, encoding, limit);
    if (structure.complete || structure.depth > limit)
        return structure;
    if (structure.elements > 1)
        return withRest(structure, rest, limit);
    encoding.explicitVr =
        !encoding.explicitVr; // a data set that is not encoded as its file meta information says
    const Structure other = walkStructure(rest, encoding, limit);
    return withRest(other.elements > structure.elements ? other : structure, rest, limit);
}

/// DCMTK's words for damage, in words for people.
QString damageText(const OFCondition& condition)
{
    const std::pair<OFConditionConst, const char*> words[] = {
        {EC_InvalidStream, "the file ends before its data does"},
        {EC_StreamNotifyClient, "the file ends before its data does"},
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
    const bool known = DcmXfer(outline.transferSyntax.toLatin1().constData()).getXfer() != EXS_Unknown;
    if (outline.transferSyntax.isEmpty() || known)
        file.transferSyntax = QString::fromLatin1(syntax.getXferID());
}

Result<LoadedFile> load(const QString& path, const Outline& outline, Interner* interner,
                        const ReadLimits& limits)
{
    DcmFileFormat file;
    const auto kept = static_cast<Uint32>(limits.keptValueLength);
    const OFCondition loaded = file.loadFile(OFFilename(QFile::encodeName(path).constData()), EXS_Unknown,
                                             EGL_noChange, kept, ERM_autoDetect);
    DcmDataset* dataSet = file.getDataset();
    if (loaded.bad())
        return failure(Error::Kind::Damaged, path, QStringLiteral("is damaged: %1").arg(damageText(loaded)),
                       QStringLiteral("Get it again from where it came"));
    if (dataSet->card() == 0 && file.getMetaInfo()->card() == 0)
        return failure(Error::Kind::Damaged, path, QStringLiteral("has no data set"));
    dcmtk_side::Converter converter(interner, limits.keptValueLength);
    LoadedFile result;
    result.path = path;
    result.hasPreamble = outline.preamble;
    result.meta = converter.convert(*file.getMetaInfo());
    result.dataSet = converter.convert(*dataSet);
    setEncoding(result, outline, dataSet->getOriginalXfer());
    return result;
}

} // namespace

Result<FileStamp> stampOf(const QString& path)
{
    std::error_code problem;
    const std::filesystem::path native(QFile::encodeName(path).toStdString());
    const auto size = std::filesystem::file_size(native, problem);
    if (problem)
        return failure(Error::Kind::Unreadable, path,
                       QStringLiteral("cannot be read: %1").arg(QString::fromStdString(problem.message())));
    const auto time = std::filesystem::last_write_time(native, problem);
    if (problem)
        return failure(Error::Kind::Unreadable, path,
                       QStringLiteral("cannot be read: %1").arg(QString::fromStdString(problem.message())));
    const auto ns = std::chrono::duration_cast<std::chrono::nanoseconds>(time.time_since_epoch()).count();
    return FileStamp{static_cast<qint64>(size), static_cast<qint64>(ns)};
}

Result<LoadedFile> readFile(const QString& path, Interner* interner, const ReadLimits& limits)
{
    const QFileInfo about(path);
    if (about.exists() && !about.isFile())
        return failure(Error::Kind::Unreadable, path, QStringLiteral("is not an ordinary file"));
    const auto stamp = stampOf(path);
    if (!stamp)
        return stamp.error();
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return failure(Error::Kind::Unreadable, path,
                       QStringLiteral("cannot be opened: %1").arg(file.errorString()),
                       QStringLiteral("Check its permissions"));
    if (stamp->size == 0)
        return failure(Error::Kind::NotDicom, path, QStringLiteral("is empty"));
    uchar* mapped = file.map(0, stamp->size);
    if (!mapped)
        return failure(Error::Kind::Unreadable, path,
                       QStringLiteral("cannot be read: %1").arg(file.errorString()));
    const QByteArrayView bytes(mapped, stamp->size);
    const auto outline = outlineOf(bytes);
    if (!outline)
        return failure(outline.error().kind, path, outline.error().reason);
    const Structure structure = structureOf(bytes, *outline, limits.nesting);
    if (structure.depth > limits.nesting)
        return failure(Error::Kind::TooDeep, path,
                       QStringLiteral("nests sequences more than %1 levels deep").arg(limits.nesting),
                       QStringLiteral("No scanner writes such files; it was left out"));
    auto result = load(path, *outline, interner, limits);
    if (!result)
        return result;
    if (result->dataSet.contains(tags::DirectoryRecordSequence))
        return failure(Error::Kind::Directory, path, QStringLiteral("is a DICOMDIR, a directory of images"),
                       QStringLiteral("The images that it lists are found in the folder itself"));
    result->stamp = *stamp;
    result->followed = structure.complete;
    result->duplicates = structure.duplicate
        || (structure.complete && structure.elements > static_cast<int>(result->dataSet.size()));
    if (result->duplicates)
        result->oddities << QStringLiteral("holds an attribute twice; the first one counts");
    if (!result->followed)
        result->oddities << QStringLiteral("has an unusual structure; it can be looked at, not saved");
    return result;
}

void initialiseLibrary()
{
    dcmEnableAutomaticInputDataCorrection.set(OFFalse);
    OFLog::configure(OFLogger::OFF_LOG_LEVEL);
    dcmDataDict.rdlock();
    dcmDataDict.rdunlock();
}

} // namespace dicom
