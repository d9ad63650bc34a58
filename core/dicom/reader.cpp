#include "core/dicom/reader.h"

#include "core/dicom/byte_source.h"
#include "core/dicom/dcmtk/convert.h"
#include "core/dicom/dcmtk/detect.h"
#include "core/dicom/file_outline.h"
#include "core/dicom/interner.h"

#include <QFile>
#include <QFileInfo>

#include <chrono>
#include <dcmtk/dcmdata/dctk.h>
#include <filesystem>
#include <optional>

namespace dicom {

namespace {

Error failure(Error::Kind kind, const QString& path, const QString& reason, const QString& remedy = {})
{
    return {kind, reason, remedy, path};
}

/// The most levels that the bytes from `from` on could nest: each level needs an item, and each item its tag.
qsizetype mostItems(ByteWindow& bytes, qint64 from)
{
    qsizetype items = 0;
    constexpr qint64 tagLength = 4;
    for (qint64 at = from; at + tagLength <= bytes.size(); at += ByteWindow::most - tagLength + 1) {
        const qint64 length = std::min(ByteWindow::most, bytes.size() - at);
        const char* piece = bytes.at(at, length);
        if (!piece)
            break;
        const auto view = QByteArray::fromRawData(piece, static_cast<qsizetype>(length));
        items += view.count(QByteArrayView("\xFE\xFF\x00\xE0", 4))
            + view.count(QByteArrayView("\xFF\xFE\xE0\x00", 4));
    }
    return items;
}

/// Where the walk lost its way, DCMTK may still follow: it must not find hundreds of levels there.
Structure withRest(Structure structure, ByteWindow& bytes)
{
    constexpr qsizetype harmless = 1000; // levels that fit a worker's stack several times over
    if (!structure.complete() && !structure.refused() && mostItems(bytes, structure.stoppedAt) > harmless)
        structure.end = Structure::End::TooDeep;
    return structure;
}

/// A data set that begins at `begin`, which need not be encoded as its file meta information says.
Structure structureOf(ByteWindow& bytes, qint64 begin, Encoding encoding, const ReadLimits& limits)
{
    const Structure structure = walkStructure(bytes, begin, encoding, limits);
    if (structure.complete() || structure.refused())
        return structure;
    if (structure.elements > 1)
        return withRest(structure, bytes);
    encoding.explicitVr = !encoding.explicitVr;
    const Structure other = walkStructure(bytes, begin, encoding, limits);
    return withRest(other.elements > structure.elements ? other : structure, bytes);
}

/// Whatever DCMTK could make of a file whose file meta information can be understood in several ways: true
/// when one of them nests beyond the limit.
bool mayNestTooDeep(ByteWindow& bytes, const Outline& outline, const ReadLimits& limits)
{
    QList<Encoding> encodings;
    if (!outline.clear)
        encodings = {{true, false, false}, {false, false, false}, {true, true, false}};
    else if (const char* first = dcmtk_side::knowsTransferSyntax(outline.transferSyntax)
                 ? nullptr
                 : bytes.at(outline.dataSetAt, 6))
        encodings = {dcmtk_side::detectedEncoding({first, 6})};
    for (const qint64 begin : {outline.metaAt, outline.dataSetAt, outline.declaredDataSetAt})
        for (const Encoding& encoding : encodings)
            if (begin < bytes.size()
                && walkStructure(bytes, begin, encoding, limits).end == Structure::End::TooDeep)
                return true;
    return false;
}

/// Why a file is refused before DCMTK gets to see it.
std::optional<Error> refusal(const Structure& structure, const ReadLimits& limits)
{
    const auto beyond = [](Error::Kind kind, const QString& reason) {
        return Error{kind, reason, QStringLiteral("No scanner writes such files; it was left out")};
    };
    switch (structure.end) {
    case Structure::End::TooDeep:
        return beyond(Error::Kind::TooDeep,
                      QStringLiteral("nests sequences more than %1 levels deep").arg(limits.nesting));
    case Structure::End::TooMany:
        return beyond(Error::Kind::Unreadable,
                      QStringLiteral("holds more than %1 attributes, items and fragments of images")
                          .arg(limits.elements));
    case Structure::End::TooMuch:
        return beyond(Error::Kind::Unreadable,
                      QStringLiteral("holds more than %1 MiB in short values").arg(limits.keptBytes >> 20));
    case Structure::End::Muddled:
        return beyond(
            Error::Kind::Unreadable,
            QStringLiteral("holds so many attributes out of order that sorting them would take too long"));
    default:
        return {};
    }
}

/// What walking shows before DCMTK, which recurses without a limit, gets to see the file.
Result<Structure> checkedStructure(const std::shared_ptr<FileBytes>& file, ByteWindow& bytes,
                                   const Outline& outline, const ReadLimits& limits)
{
    QByteArray inflated;
    if (outline.encoding.deflated) {
        auto whole = inflatedDataSet(*file, outline, limits.inflatedBytes);
        if (!whole)
            return whole.error();
        inflated = std::move(whole).value();
    }
    const bool deflated = outline.encoding.deflated;
    ByteWindow memory(inflated);
    Structure structure =
        structureOf(deflated ? memory : bytes, deflated ? 0 : outline.dataSetAt, outline.encoding, limits);
    if (!structure.refused() && mayNestTooDeep(bytes, outline, limits))
        structure.end = Structure::End::TooDeep;
    if (bytes.failure())
        return *bytes.failure();
    if (const auto error = refusal(structure, limits))
        return *error;
    // DCMTK keeps all values of a deflated data set in memory, also those whose lengths are made up.
    if (deflated && !structure.complete())
        return Error{Error::Kind::Damaged, QStringLiteral("is damaged: the file ends before its data does"),
                     QStringLiteral("Get it again from where it came")};
    return structure;
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
    if (outline.transferSyntax.isEmpty() || dcmtk_side::knowsTransferSyntax(outline.transferSyntax))
        file.transferSyntax = QString::fromLatin1(syntax.getXferID());
}

/// Values up to this length are read at once, longer ones when they are asked for. Short fragments of pixel
/// data count as values here.
qint64 lengthReadAtOnce(const Structure& structure, const ReadLimits& limits)
{
    constexpr qint64 few = 256;
    return structure.shortFragmentBytes > limits.keptBytes / 4 ? few : limits.keptValueLength;
}

/// DCMTK does not tell a read error from the end of the file.
Outcome readThrough(FileBytes& file)
{
    QByteArray piece(qsizetype{1024} * 1024, Qt::Uninitialized);
    for (qint64 at = 0; at < file.size(); at += piece.size())
        if (Outcome read = file.read(at, piece.data(), std::min<qint64>(piece.size(), file.size() - at));
            !read)
            return read;
    return Done{};
}

Result<LoadedFile> load(const QString& path, const Outline& outline, const Structure& structure,
                        Interner* interner, const ReadLimits& limits)
{
    DcmFileFormat file;
    const auto kept = static_cast<Uint32>(lengthReadAtOnce(structure, limits));
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

/// Reads an ordinary file that is not empty.
Result<LoadedFile> readOpened(const QString& path, const std::shared_ptr<FileBytes>& file, Interner* interner,
                              const ReadLimits& limits)
{
    ByteWindow bytes(file);
    const auto outline = outlineOf(bytes);
    if (!outline)
        return outline.error();
    const auto structure = checkedStructure(file, bytes, *outline, limits);
    if (!structure)
        return structure.error();
    auto result = load(path, *outline, *structure, interner, limits);
    if (!result) {
        if (const Outcome readable = readThrough(*file); !readable)
            return readable.error();
        return result;
    }
    if (result->dataSet.contains(tags::DirectoryRecordSequence))
        return failure(Error::Kind::Directory, path, QStringLiteral("is a DICOMDIR, a directory of images"),
                       QStringLiteral("The images that it lists are found in the folder itself"));
    addFindings(*result, *structure);
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
    const auto file = FileBytes::open(path);
    if (!file)
        return file.error();
    if (stamp->size == 0)
        return failure(Error::Kind::NotDicom, path, QStringLiteral("is empty"));
    auto result = readOpened(path, *file, interner, limits);
    // Whatever was found in a file that somebody was writing to says nothing.
    if (const auto now = stampOf(path); !now || *now != *stamp)
        return changedWhileRead(path);
    if (!result) {
        Error error = result.error();
        error.file = path;
        return error;
    }
    result->stamp = *stamp;
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
