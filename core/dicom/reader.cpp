#include "core/dicom/reader.h"

#include "core/dicom/dcmtk/convert.h"
#include "core/dicom/interner.h"
#include "core/dicom/structure.h"

#include <QFile>
#include <QFileInfo>
#include <QtEndian>

#include <chrono>
#include <dcmtk/dcmdata/dctk.h>
#include <filesystem>
#include <zlib.h>

namespace dicom {

namespace {

Error failure(Error::Kind kind, const QString& path, const QString& reason, const QString& remedy = {})
{
    return {kind, reason, remedy, path};
}

/// The raw inflated bytes of a deflated data set (PS3.5 section A.5), at most a little more than `limit`.
QByteArray inflated(QByteArrayView bytes, qsizetype limit)
{
    z_stream stream{};
    if (inflateInit2(&stream, -MAX_WBITS) != Z_OK)
        return {};
    QByteArray output(std::min<qsizetype>(limit, std::max<qsizetype>(4096, bytes.size() * 4)),
                      Qt::Uninitialized);
    stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));
    stream.avail_in = static_cast<uInt>(bytes.size());
    qsizetype written = 0;
    int status = Z_OK;
    while (status == Z_OK && written < limit) {
        if (written == output.size())
            output.resize(std::min(limit, output.size() * 2));
        stream.next_out = reinterpret_cast<Bytef*>(output.data() + written);
        stream.avail_out = static_cast<uInt>(output.size() - written);
        status = inflate(&stream, Z_NO_FLUSH);
        written = output.size() - stream.avail_out;
    }
    inflateEnd(&stream);
    output.truncate(written);
    return output;
}

/// The parts of a file, found without DCMTK.
struct Outline {
    bool preamble = false;
    qint64 dataSetAt = 0;
    QString transferSyntax; ///< empty without file meta information
    Encoding encoding;
};

/// Value of the Transfer Syntax UID in the file meta information that begins at `at`; moves `at` behind the
/// group.
QString metaTransferSyntax(QByteArrayView bytes, qint64& at)
{
    QString found;
    while (bytes.size() - at >= 8 && qFromLittleEndian<quint16>(bytes.data() + at) == 0x0002) {
        const auto element = qFromLittleEndian<quint16>(bytes.data() + at + 2);
        const QByteArrayView vr = bytes.sliced(at + 4, 2);
        const bool longForm = vr == "OB" || vr == "UN" || vr == "OW" || vr == "UT" || vr == "SQ";
        qint64 valueAt = at + 8;
        quint32 length = qFromLittleEndian<quint16>(bytes.data() + at + 6);
        if (longForm && bytes.size() - at >= 12) {
            length = qFromLittleEndian<quint32>(bytes.data() + at + 8);
            valueAt = at + 12;
        } else if (!parseVr(vr[0], vr[1])) {
            length =
                qFromLittleEndian<quint32>(bytes.data() + at + 4); // written as implicit VR against the rules
        }
        if (length > bytes.size() - valueAt)
            return found;
        if (element == tags::TransferSyntaxUID.element)
            found =
                QString::fromLatin1(bytes.sliced(valueAt, length).data(), length).remove(QChar(0)).trimmed();
        at = valueAt + length;
    }
    return found;
}

Result<Outline> outlineOf(QByteArrayView bytes, const QString& path)
{
    Outline outline;
    const auto notDicom = [&] {
        return failure(Error::Kind::NotDicom, path, QStringLiteral("is not a DICOM file"));
    };
    if (bytes.size() >= 132 && bytes.sliced(128, 4) == "DICM") {
        outline.preamble = true;
        outline.dataSetAt = 132;
    } else if (bytes.size() >= 4 && bytes.first(4) == "DICM") {
        outline.dataSetAt = 4;
    } else if (!guessEncoding(bytes, outline.encoding)) {
        return notDicom();
    }
    const bool explicitMark = outline.preamble || outline.dataSetAt == 4;
    outline.transferSyntax = metaTransferSyntax(bytes, outline.dataSetAt);
    if (explicitMark || !outline.transferSyntax.isEmpty()) {
        const QString& uid = outline.transferSyntax;
        const QByteArrayView rest = bytes.sliced(outline.dataSetAt);
        if (uid.isEmpty() && !rest.isEmpty())
            guessEncoding(rest, outline.encoding);
        else
            outline.encoding = {uid != QLatin1StringView(UID_LittleEndianImplicitTransferSyntax),
                                uid == QLatin1StringView(UID_BigEndianExplicitTransferSyntax)};
    }
    return outline;
}

/// What walking shows before DCMTK, which recurses without a limit, gets to see the file.
Structure structureOf(QByteArrayView bytes, const Outline& outline, int limit)
{
    QByteArrayView rest = bytes.sliced(outline.dataSetAt);
    QByteArray plain;
    if (outline.transferSyntax == QLatin1StringView(UID_DeflatedExplicitVRLittleEndianTransferSyntax)) {
        plain = inflated(rest, qsizetype{256} * 1024 * 1024);
        rest = plain;
    }
    Encoding encoding = outline.encoding;
    Structure structure = walkStructure(rest, encoding, limit);
    if (structure.complete || structure.depth > limit || structure.elements > 1)
        return structure;
    encoding.explicitVr =
        !encoding.explicitVr; // a data set that is not encoded as its file meta information says
    const Structure other = walkStructure(rest, encoding, limit);
    return other.elements > structure.elements ? other : structure;
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
    if (dataSet->card() == 0)
        return failure(Error::Kind::Damaged, path, QStringLiteral("has no data set"));
    dcmtk_side::Converter converter(interner, limits.keptValueLength);
    LoadedFile result;
    result.path = path;
    result.hasPreamble = outline.preamble;
    result.meta = converter.convert(*file.getMetaInfo());
    result.dataSet = converter.convert(*dataSet);
    result.transferSyntax = QString::fromLatin1(DcmXfer(dataSet->getOriginalXfer()).getXferID());
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
    const auto outline = outlineOf(bytes, path);
    if (!outline)
        return outline.error();
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
    if (structure.duplicate)
        result->oddities << QStringLiteral("holds an attribute twice; the first one counts");
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
