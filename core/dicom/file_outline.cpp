#include "core/dicom/file_outline.h"

#include "core/dicom/vr.h"

#include <QtEndian>
#include <algorithm>
#include <limits>
#include <zlib.h>

namespace dicom {

namespace {

constexpr qsizetype mostInflated = qsizetype{1024} * 1024 * 1024;

const QLatin1StringView implicitLittleEndian("1.2.840.10008.1.2");
const QLatin1StringView implicitWithBigEndianPixels("1.2.840.113619.5.2");
const QLatin1StringView explicitBigEndian("1.2.840.10008.1.2.2");
const QLatin1StringView deflatedLittleEndian("1.2.840.10008.1.2.1.99");
const QLatin1StringView jpipDeflated("1.2.840.10008.1.2.4.95");

/// The raw inflated bytes of a deflated data set (PS3.5 section A.5), at most a little more than `limit`.
QByteArray inflate(QByteArrayView bytes, qsizetype limit)
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
        status = ::inflate(&stream, Z_NO_FLUSH);
        written = output.size() - stream.avail_out;
    }
    inflateEnd(&stream);
    output.truncate(written);
    return output;
}

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

} // namespace

Result<Outline> outlineOf(QByteArrayView bytes)
{
    Outline outline;
    if (bytes.size() >= 132 && bytes.sliced(128, 4) == "DICM") {
        outline.preamble = true;
        outline.dataSetAt = 132;
    } else if (bytes.size() >= 4 && bytes.first(4) == "DICM") {
        outline.dataSetAt = 4;
    } else if (!guessEncoding(bytes, outline.encoding)) {
        return Error{Error::Kind::NotDicom, QStringLiteral("is not a DICOM file")};
    }
    const bool explicitMark = outline.preamble || outline.dataSetAt == 4;
    outline.transferSyntax = metaTransferSyntax(bytes, outline.dataSetAt);
    if (explicitMark || !outline.transferSyntax.isEmpty()) {
        const QString& uid = outline.transferSyntax;
        const QByteArrayView rest = bytes.sliced(outline.dataSetAt);
        if (uid.isEmpty() && !rest.isEmpty())
            guessEncoding(rest, outline.encoding);
        else
            outline.encoding = {uid != implicitLittleEndian && uid != implicitWithBigEndianPixels,
                                uid == explicitBigEndian, uid == deflatedLittleEndian || uid == jpipDeflated};
    }
    return outline;
}

QByteArrayView dataSetBytes(QByteArrayView file, const Outline& outline, QByteArray& inflated)
{
    const QByteArrayView rest = file.sliced(outline.dataSetAt);
    if (!outline.encoding.deflated)
        return rest;
    inflated = inflate(rest, mostInflated);
    return inflated;
}

QByteArray deflated(const QByteArray& bytes)
{
    z_stream stream{};
    if (deflateInit2(&stream, Z_DEFAULT_COMPRESSION, Z_DEFLATED, -MAX_WBITS, 8, Z_DEFAULT_STRATEGY) != Z_OK)
        return {};
    QByteArray output(static_cast<qsizetype>(deflateBound(&stream, static_cast<uLong>(bytes.size()))),
                      Qt::Uninitialized);
    stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.constData()));
    stream.avail_in = static_cast<uInt>(bytes.size());
    stream.next_out = reinterpret_cast<Bytef*>(output.data());
    stream.avail_out = static_cast<uInt>(output.size());
    const int status = deflate(&stream, Z_FINISH);
    output.truncate(output.size() - stream.avail_out);
    deflateEnd(&stream);
    if (status != Z_STREAM_END)
        return {};
    if (output.size() % 2)
        output.append('\0');
    return output;
}

} // namespace dicom
