#include "core/dicom/file_outline.h"

#include "core/dicom/element_header.h"

#include <QtEndian>
#include <algorithm>
#include <optional>
#include <zlib.h>

namespace dicom {

namespace {

const QLatin1StringView implicitLittleEndian("1.2.840.10008.1.2");
const QLatin1StringView explicitLittleEndian("1.2.840.10008.1.2.1");
const QLatin1StringView implicitWithBigEndianPixels("1.2.840.113619.5.2");
const QLatin1StringView explicitBigEndian("1.2.840.10008.1.2.2");
const QLatin1StringView deflatedLittleEndian("1.2.840.10008.1.2.1.99");
const QLatin1StringView jpipDeflated("1.2.840.10008.1.2.4.95");

/// The next element of the file meta information, which is explicit VR little endian; where it has no VR it
/// was written as implicit VR against the rules. Empty where it ends.
std::optional<ElementHeader> metaElement(ByteWindow& bytes, qint64 at)
{
    ElementHeader found;
    if (!readElementHeader(bytes, at, {true, false, false}, found) || found.tag.group != 0x0002)
        return {};
    if (found.hasUnknownVr)
        found.length = qFromLittleEndian<quint32>(bytes.at(at, 8) + 4);
    return found;
}

/// Reads the file meta information that begins at outline.metaAt.
void readMeta(ByteWindow& bytes, Outline& outline)
{
    qint64& at = outline.dataSetAt;
    int syntaxes = 0;
    bool plain = true;
    while (const auto found = metaElement(bytes, at)) {
        plain = plain && found->vr && found->vr != Vr::SQ;
        const qint64 valueAt = at + found->size;
        if (found->length > bytes.size() - valueAt)
            return;
        at = valueAt + found->length;
        if (found->tag == tags::FileMetaInformationGroupLength && found->length == 4) {
            if (const char* value = bytes.at(valueAt, 4))
                outline.declaredDataSetAt = at + qFromLittleEndian<quint32>(value);
        } else if (found->tag == tags::TransferSyntaxUID && found->length <= ByteWindow::most) {
            const char* value = bytes.at(valueAt, found->length);
            const QByteArray uid(value, value ? static_cast<qsizetype>(found->length) : 0);
            outline.transferSyntax = QString::fromLatin1(uid).remove(QChar(0)).trimmed();
            const QByteArray ended = uid.endsWith('\0') ? uid.chopped(1) : uid;
            plain = plain && ++syntaxes == 1 && outline.transferSyntax == QLatin1StringView(ended).trimmed();
        }
    }
    outline.clear = plain && syntaxes == 1 && outline.declaredDataSetAt == at;
}

/// Inflates piece by piece.
class Inflater {
public:
    explicit Inflater(qint64 limit)
        : m_limit(limit)
        , m_good(inflateInit2(&m_stream, -MAX_WBITS) == Z_OK)
    {
    }
    ~Inflater()
    {
        if (m_good)
            inflateEnd(&m_stream);
    }
    Inflater(const Inflater&) = delete;
    Inflater& operator=(const Inflater&) = delete;

    /// False when there is nothing more to come out of it.
    bool add(QByteArray& piece)
    {
        m_stream.next_in = reinterpret_cast<Bytef*>(piece.data());
        m_stream.avail_in = static_cast<uInt>(piece.size());
        int status = m_good ? Z_OK : Z_STREAM_ERROR;
        do {
            if (m_written == m_output.size())
                m_output.resize(std::min<qint64>(m_limit + 1, std::max<qint64>(1 << 16, m_written * 2)));
            m_stream.next_out = reinterpret_cast<Bytef*>(m_output.data() + m_written);
            m_stream.avail_out = static_cast<uInt>(m_output.size() - m_written);
            if (status == Z_OK)
                status = ::inflate(&m_stream, Z_NO_FLUSH);
            m_written = m_output.size() - m_stream.avail_out;
        } while (status == Z_OK && m_stream.avail_out == 0 && m_written <= m_limit);
        return status == Z_OK && m_written <= m_limit;
    }

    bool beyondLimit() const { return m_written > m_limit; }
    QByteArray take()
    {
        m_output.truncate(m_written);
        return std::move(m_output);
    }

private:
    qint64 m_limit;
    z_stream m_stream{};
    bool m_good;
    QByteArray m_output;
    qint64 m_written = 0;
};

/// Whether the first elements of the data set say that they are in this encoding.
bool beginsIn(ByteWindow& bytes, const Outline& outline, Encoding encoding)
{
    constexpr int enough = 3;
    ReadLimits limits;
    limits.elements = enough;
    int seen = 0;
    walkStructure(bytes, outline.dataSetAt, encoding, limits,
                  [&](const SourcePlace&, ValueRange) { ++seen; });
    return seen >= enough;
}

/// Other programs write explicit VR and say implicit, or the other way round.
void correctEncoding(ByteWindow& bytes, Outline& outline)
{
    const char* first = bytes.at(outline.dataSetAt, 8);
    if (outline.transferSyntax != transferSyntaxOf(outline.encoding) || !first)
        return;
    const auto group = qFromLittleEndian<quint16>(first);
    const bool looksBigEndian = group >= 0x0100 && (group & 0xFF) == 0;
    if (parseVr(first[4], first[5]).has_value() == outline.encoding.explicitVr
        && looksBigEndian == outline.encoding.bigEndian)
        return;
    Encoding other;
    if (!guessEncoding(bytes, outline.dataSetAt, other) || other == outline.encoding
        || beginsIn(bytes, outline, outline.encoding))
        return;
    outline.encoding = other;
    outline.transferSyntax = transferSyntaxOf(other);
    outline.isMislabelled = true;
    outline.clear = false;
}

} // namespace

QString transferSyntaxOf(Encoding encoding)
{
    return encoding.bigEndian ? explicitBigEndian
        : encoding.explicitVr ? explicitLittleEndian
                              : implicitLittleEndian;
}

Result<Outline> outlineOf(ByteWindow& bytes)
{
    Outline outline;
    const auto marked = [&](qint64 at) {
        const char* mark = bytes.at(at, 4);
        return mark && QByteArrayView(mark, 4) == "DICM";
    };
    if (marked(128)) {
        outline.preamble = true;
        const char* preamble = bytes.at(0, 128);
        outline.clearPreamble =
            preamble && std::all_of(preamble, preamble + 128, [](char byte) { return byte == 0; });
        outline.metaAt = 132;
    } else if (marked(0)) {
        outline.metaAt = 4;
    } else if (!guessEncoding(bytes, 0, outline.encoding)) {
        if (bytes.failure())
            return *bytes.failure();
        return Error{Error::Kind::NotDicom, QStringLiteral("is not a DICOM file")};
    }
    outline.dataSetAt = outline.metaAt;
    readMeta(bytes, outline);
    const QString& uid = outline.transferSyntax;
    if (uid.isEmpty() && outline.metaAt > 0 && outline.dataSetAt < bytes.size())
        guessEncoding(bytes, outline.dataSetAt, outline.encoding);
    else if (!uid.isEmpty() || outline.metaAt > 0)
        outline.encoding = {uid != implicitLittleEndian && uid != implicitWithBigEndianPixels,
                            uid == explicitBigEndian, uid == deflatedLittleEndian || uid == jpipDeflated};
    outline.hasBigEndianPixels = uid == implicitWithBigEndianPixels;
    correctEncoding(bytes, outline);
    if (bytes.failure())
        return *bytes.failure();
    return outline;
}

Result<QByteArray> inflatedDataSet(FileBytes& file, const Outline& outline, qint64 limit)
{
    Inflater inflater(limit);
    QByteArray piece(qsizetype{256} * 1024, Qt::Uninitialized);
    for (qint64 at = outline.dataSetAt; at < file.size(); at += piece.size()) {
        piece.resize(static_cast<qsizetype>(std::min<qint64>(piece.size(), file.size() - at)));
        if (const Outcome read = file.read(at, piece.data(), piece.size()); !read)
            return read.error();
        if (!inflater.add(piece))
            break;
    }
    if (inflater.beyondLimit())
        return Error{Error::Kind::Unreadable,
                     QStringLiteral("holds more than %1 MiB when it is decompressed").arg(limit >> 20),
                     QStringLiteral("Get it from where it came without compression")};
    return inflater.take();
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
