#include "core/dicom/reader.h"

#include "core/dicom/byte_source.h"
#include "core/dicom/dcmtk/parse.h"
#include "core/dicom/direct_reader.h"
#include "core/dicom/file_outline.h"
#include "core/dicom/structure_check.h"
#include "core/dicom/unknown_value.h"

#include <QFile>
#include <QFileInfo>

#include <cerrno>
#include <chrono>

namespace dicom {

namespace {

Error failure(Error::Kind kind, const QString& path, const QString& reason, const QString& remedy = {})
{
    return {kind, reason, remedy, path};
}

/// What the walk and DCMTK found, put together.
void addFindings(LoadedFile& file, const Structure& structure)
{
    file.followed = structure.complete();
    file.duplicates = structure.duplicate
        || (structure.complete() && structure.elements > static_cast<int>(file.dataSet.size()));
    if (file.duplicates)
        file.oddities << QStringLiteral("holds an attribute twice; the first one counts");
    if (!file.followed)
        file.oddities << QStringLiteral("has an unusual structure; it can be looked at, not saved");
}

/// Who reads.
enum class Way { Any, Direct, Dcmtk };

/// One file, while it is read.
struct Reading {
    const QString& path;
    const std::shared_ptr<FileBytes>& file;
    ByteWindow& bytes;
    const Outline& outline;
    const ReadLimits& limits;
    ElementCache& cache;
};

LoadedFile loadedDirectly(const Reading& reading, DirectlyRead read)
{
    const Outline& outline = reading.outline;
    LoadedFile file;
    file.path = reading.path;
    file.meta = std::move(read.meta);
    file.dataSet =
        read.hasUnknown ? reading.cache.unknownValues().read(read.dataSet) : std::move(read.dataSet);
    file.transferSyntax = read.transferSyntax;
    file.hasPreamble = outline.preamble;
    file.hasClearPreamble = outline.clearPreamble;
    file.encoding = outline.encoding;
    file.hasOtherLengths = read.hasOpenLengths || !read.repairs.isEmpty();
    file.oddities = read.repairs;
    return file;
}

/// The direct way for files that are not ordinary.
std::optional<DirectlyRead> readMending(const Reading& reading, Trouble& trouble)
{
    const bool isDeflated = reading.outline.encoding.deflated;
    QByteArray inflated;
    if (isDeflated) {
        auto whole = inflatedDataSet(*reading.file, reading.outline, reading.limits.inflatedBytes);
        if (!whole)
            return {};
        inflated = std::move(whole).value();
    }
    ByteWindow memory(inflated);
    const FileParts parts{reading.bytes, isDeflated ? memory : reading.bytes,
                          isDeflated ? 0 : reading.outline.dataSetAt};
    return readDirectly(parts, reading.outline, Faults::Mend, reading.limits, reading.cache, trouble);
}

/// A file that neither way could follow, with what is wrong and where.
Error damage(const Reading& reading, const Trouble& trouble, const QString& otherwise)
{
    const QString remedy = QStringLiteral("Get it again from where it came");
    if (trouble.at < 0)
        return failure(Error::Kind::Damaged, reading.path, QStringLiteral("is damaged: %1").arg(otherwise),
                       remedy);
    const QString place = reading.outline.encoding.deflated
        ? QStringLiteral("at byte %1 of the inflated data set").arg(trouble.at)
        : trouble.at == reading.bytes.size()
        ? QStringLiteral("at byte %1, its end").arg(trouble.at)
        : QStringLiteral("the %1 bytes from byte %2 on cannot be followed")
              .arg(reading.bytes.size() - trouble.at)
              .arg(trouble.at);
    Error error = failure(Error::Kind::Damaged, reading.path,
                          QStringLiteral("is damaged: it %1 (%2)").arg(trouble.reason, place), remedy);
    if (trouble.tag != Tag())
        error.attribute = toString(trouble.tag);
    return error;
}

Result<LoadedFile> readByDcmtk(const Reading& reading, const Structure& structure, const Trouble& trouble)
{
    auto result = dcmtk_side::load(reading.path, reading.file, reading.outline, structure, reading.cache,
                                   reading.limits);
    // What nobody could follow to its end could be looked at, but not saved.
    if (result ? !structure.complete() && trouble.at >= 0 : result.error().kind == Error::Kind::Damaged)
        return damage(reading, trouble, result ? QString() : result.error().reason);
    if (!result)
        return result;
    addFindings(*result, structure);
    result->dataSet = reading.cache.unknownValues().read(result->dataSet);
    result->hasOtherLengths = true; // nobody looked
    return result;
}

/// Reads an ordinary file that is not empty.
Result<LoadedFile> readOpened(const QString& path, const std::shared_ptr<FileBytes>& file, Way way,
                              ElementCache& cache, const ReadLimits& limits)
{
    ByteWindow bytes(file);
    const auto outline = outlineOf(bytes);
    if (!outline)
        return outline.error();
    const Reading reading{path, file, bytes, *outline, limits, cache};
    Trouble trouble;
    if (way != Way::Dcmtk) {
        const FileParts parts{bytes, bytes, outline->dataSetAt};
        if (auto direct = readDirectly(parts, *outline, Faults::Decline, limits, cache, trouble))
            return loadedDirectly(reading, std::move(*direct));
    }
    const auto structure = checkedStructure(*file, bytes, *outline, limits);
    if (!structure)
        return structure.error();
    trouble = {};
    if (way != Way::Dcmtk)
        if (auto direct = readMending(reading, trouble))
            return loadedDirectly(reading, std::move(*direct));
    if (way == Way::Direct)
        return failure(Error::Kind::NotRewritable, path, trouble.reason);
    return readByDcmtk(reading, *structure, trouble);
}

/// Reads any DICOM file, DICOMDIRs too.
Result<LoadedFile> readAny(const QString& path, Way way, ElementCache* given, const ReadLimits& limits)
{
    ElementCache own;
    const auto stamp = stampOf(path);
    if (!stamp)
        return stamp.error();
    const auto file = FileBytes::open(path);
    if (!file)
        return file.error();
    if (stamp->size == 0)
        return failure(Error::Kind::NotDicom, path, QStringLiteral("is empty"));
    auto result = readOpened(path, *file, way, given ? *given : own, limits);
    // Whatever was found in a file that somebody was writing to says nothing.
    if (const auto now = (*file)->stamp(); !now || *now != *stamp)
        return changedWhileRead(path);
    if (!result) {
        Error error = result.error();
        error.file = path;
        return error;
    }
    result->stamp = *stamp;
    return result;
}

Result<LoadedFile> readImage(const QString& path, Way way, ElementCache* cache, const ReadLimits& limits)
{
    auto result = readAny(path, way, cache, limits);
    if (result && result->dataSet.contains(tags::DirectoryRecordSequence))
        return failure(Error::Kind::Directory, path, QStringLiteral("is a DICOMDIR, a directory of images"),
                       QStringLiteral("The images that it lists are found in the folder itself"));
    return result;
}

QStringList fileIdOf(const DataSet& record)
{
    constexpr Tag referencedFileId{0x0004, 0x1500};
    QStringList components;
    const QByteArray id = record.bytes(referencedFileId);
    if (!id.isEmpty())
        for (const QByteArray& component : id.split('\\'))
            components << QFile::decodeName(component.trimmed());
    return components;
}

} // namespace

Result<LoadedFile> readFile(const QString& path, ElementCache* cache, const ReadLimits& limits)
{
    return readImage(path, Way::Any, cache, limits);
}

std::optional<LoadedFile> readFileDirectly(const QString& path, ElementCache& cache, const ReadLimits& limits,
                                           QString* reason)
{
    auto file = readImage(path, Way::Direct, &cache, limits);
    if (!file && reason)
        *reason = file.error().reason;
    return file ? std::optional(std::move(file).value()) : std::nullopt;
}

Result<LoadedFile> readFileByDcmtk(const QString& path, ElementCache* cache, const ReadLimits& limits)
{
    return readImage(path, Way::Dcmtk, cache, limits);
}

Result<QList<QStringList>> referencedFiles(const QString& path)
{
    const auto file = readAny(path, Way::Any, nullptr, {});
    if (!file)
        return file.error();
    QList<QStringList> files;
    if (const Element* records = file->dataSet.find(tags::DirectoryRecordSequence))
        for (const DataSet& record : records->items())
            if (const QStringList id = fileIdOf(record); !id.isEmpty())
                files << id;
    return files;
}

void initialiseLibrary()
{
    dcmtk_side::initialise();
}

} // namespace dicom
