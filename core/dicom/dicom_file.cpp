#include "core/dicom/dicom_file.h"

#include "core/dicom/element_cache.h"
#include "core/dicom/encoder.h"
#include "core/dicom/file_outline.h"

#include <QtEndian>

namespace dicom {

namespace {

constexpr Tag fileMetaVersion{0x0002, 0x0001};
constexpr Tag implementationClassUid{0x0002, 0x0012};
constexpr char ourImplementation[] = "2.25.203318846729312873284690284766120127713";

Error verificationError(const QString& reason, const QString& attribute = {})
{
    return {Error::Kind::Verification,
            reason,
            QStringLiteral("The original was left as it is; please report this file's kind"),
            {},
            attribute};
}

Error unwritable(const QFile& file, const QString& what)
{
    return {Error::Kind::Unwritable, QStringLiteral("%1: %2").arg(what, file.errorString()),
            QStringLiteral("Check the folder's permissions and the free space on the disk"), file.fileName()};
}

QByteArray evenUid(QByteArray uid)
{
    if (uid.size() % 2)
        uid.append('\0');
    return uid;
}

/// File meta information that agrees with the data set (PS3.10 section 7.1).
DataSet metaFor(const LoadedFile& source, const DataSet& edited)
{
    DataSet meta = source.meta;
    meta.remove(tags::FileMetaInformationGroupLength);
    if (!meta.contains(fileMetaVersion))
        meta.set(fileMetaVersion, Vr::OB, QByteArray("\0\1", 2));
    const auto follow = [&](Tag own, Tag followed) {
        if (edited.contains(followed))
            meta.set(own, Vr::UI, evenUid(edited.bytes(followed)));
        else if (source.dataSet.contains(followed))
            meta.remove(own); // what was deleted must not survive here
    };
    follow(tags::MediaStorageSOPClassUID, tags::SOPClassUID);
    follow(tags::MediaStorageSOPInstanceUID, tags::SOPInstanceUID);
    if (QLatin1StringView(meta.bytes(tags::TransferSyntaxUID)) != source.transferSyntax)
        meta.set(tags::TransferSyntaxUID, Vr::UI, evenUid(source.transferSyntax.toLatin1()));
    if (!meta.contains(implementationClassUid))
        meta.set(implementationClassUid, Vr::UI, evenUid(ourImplementation));
    return meta;
}

Result<QByteArray> gathered(const Chunks& chunks, const SourceFile& source)
{
    QByteArray bytes;
    const Outcome copied = copyChunks(chunks, source, [&](QByteArrayView piece) -> Outcome {
        bytes.append(piece.data(), piece.size());
        return Done{};
    });
    if (!copied)
        return copied.error();
    return bytes;
}

Result<QByteArray> encodedMeta(const DataSet& meta, const SourceFile& source)
{
    auto chunks = encodeDataSet(meta, {}, source);
    if (!chunks)
        return chunks.error();
    const auto content = gathered(*chunks, source);
    if (!content)
        return content;
    QByteArray bytes = QByteArray(128, '\0') + "DICM" + QByteArray::fromHex("02000000554c0400");
    const auto length = qToLittleEndian(static_cast<quint32>(content->size()));
    bytes.append(reinterpret_cast<const char*>(&length), sizeof length);
    return bytes + *content;
}

/// The whole new file.
Result<Chunks> encodedFile(const LoadedFile& source, const DataSet& edited, const SourceFile& bytes)
{
    auto meta = encodedMeta(metaFor(source, edited), bytes);
    if (!meta)
        return meta.error();
    auto content = encodeDataSet(edited, source.encoding, bytes);
    if (!content)
        return content.error();
    Chunks file{{*meta}};
    if (!source.encoding.deflated) {
        std::move(content->begin(), content->end(), std::back_inserter(file));
        return file;
    }
    const auto plain = gathered(*content, bytes);
    if (!plain)
        return plain.error();
    file.push_back({deflated(*plain)});
    return file;
}

Outcome writeAll(QFile& file, const Chunks& chunks, const SourceFile& source,
                 const DicomFile::Listener& written)
{
    return copyChunks(chunks, source, [&](QByteArrayView piece) -> Outcome {
        if (written)
            written(piece);
        if (file.write(piece.data(), piece.size()) != piece.size())
            return unwritable(file, QStringLiteral("cannot be written"));
        return Done{};
    });
}

// --- comparing

/// Up to padding to even length (PS3.5 section 6.2).
bool sameBytes(QByteArray a, QByteArray b, Vr vr)
{
    const char padding = isString(vr) && vr != Vr::UI ? ' ' : '\0';
    for (QByteArray* bytes : {&a, &b})
        if (bytes->size() % 2)
            bytes->append(padding);
    return a == b;
}

/// Compares a value of the source, with areas of it set to zero, with what was written.
Result<bool> sameRange(const SourceFile& source, const ValueRange& from,
                       const std::vector<BlankedArea>& blanked, const SourceFile& written,
                       const ValueRange& to)
{
    // An odd value of the source gets one byte of padding.
    const bool padded = from.length % 2 == 1 && to.length == from.length + 1;
    if (from.undefinedLength != to.undefinedLength || (from.length != to.length && !padded))
        return false;
    bool same = true;
    qint64 at = to.at;
    QByteArray other;
    const Outcome compared = source.copy(from, blanked, [&](QByteArrayView piece) -> Outcome {
        other.resize(piece.size());
        if (Outcome got = written.read(at, other.data(), other.size()); !got)
            return got;
        at += piece.size();
        same = same && piece == other;
        return Done{};
    });
    if (!compared)
        return compared.error();
    return same;
}

/// Compares what was read back with what was to be written; the first difference ends it.
class Comparison {
public:
    Comparison(const SourceFile& source, const SourceFile& written, bool explicitVr)
        : m_source(source)
        , m_written(written)
        , m_explicitVr(explicitVr)
    {
    }

    std::optional<Error> compare(const DataSet& wanted, const DataSet& found, SourcePlace place = {})
    {
        auto w = wanted.begin();
        auto f = found.begin();
        while (w != wanted.end() || f != found.end()) {
            if (w != wanted.end() && (*w)->tag().isGroupLength()) {
                ++w;
            } else if (f != found.end() && (*f)->tag().isGroupLength()) {
                ++f;
            } else if (w == wanted.end() || f == found.end() || (*w)->tag() != (*f)->tag()) {
                const Tag tag = w == wanted.end() ? (*f)->tag() : (*w)->tag();
                return verificationError(QStringLiteral("an attribute is missing or too many after writing"),
                                         toString(tag));
            } else {
                place.tag = (*w)->tag();
                if (auto error = compareElement(**w, **f, place))
                    return error;
                ++w;
                ++f;
            }
        }
        return std::nullopt;
    }

private:
    std::optional<Error> compareElement(const Element& wanted, const Element& found, const SourcePlace& place)
    {
        const auto different = [&] {
            return verificationError(QStringLiteral("reads back with another value than was written"),
                                     toString(wanted.tag()));
        };
        if (wanted.isSequence() != found.isSequence() || wanted.isInSource() != found.isInSource()
            || (m_explicitVr && wanted.vr() != found.vr()))
            return different();
        if (wanted.isSequence())
            return compareItems(wanted, found, place);
        if (!wanted.isInSource())
            return &wanted == &found || sameBytes(wanted.bytes(), found.bytes(), wanted.vr())
                ? std::nullopt
                : std::optional<Error>(different());
        const ValueRange* from = m_source.find(wanted.source()->place);
        const ValueRange* to = m_written.find(place);
        if (!from || !to)
            return different();
        const auto same = sameRange(m_source, *from, wanted.source()->blanked, m_written, *to);
        if (!same)
            return same.error();
        return *same ? std::nullopt : std::optional<Error>(different());
    }

    std::optional<Error> compareItems(const Element& wanted, const Element& found, const SourcePlace& place)
    {
        if (wanted.items().size() != found.items().size())
            return verificationError(QStringLiteral("reads back with another number of items"),
                                     toString(wanted.tag()));
        for (size_t i = 0; i < wanted.items().size(); ++i) {
            SourcePlace inside = place;
            inside.items.push_back({wanted.tag(), static_cast<int>(i)});
            if (auto error = compare(wanted.items()[i], found.items()[i], inside))
                return error;
        }
        return std::nullopt;
    }

    const SourceFile& m_source;
    const SourceFile& m_written;
    bool m_explicitVr; ///< else the reader's dictionary decides, not what was written
};

Outcome checkUnchanged(const LoadedFile& source)
{
    const auto now = stampOf(source.path);
    if (!now)
        return now.error();
    if (*now != source.stamp)
        return Error{Error::Kind::Changed, QStringLiteral("was changed on disk since it was read"),
                     QStringLiteral("Close it and open it again"), source.path};
    return Done{};
}

/// What the reader did not understand wholly would not be written wholly.
Outcome checkRewritable(const LoadedFile& source)
{
    if (source.duplicates)
        return Error{Error::Kind::NotRewritable,
                     QStringLiteral("holds an attribute twice; writing it would lose one of the two values"),
                     QStringLiteral("It was left as it is"), source.path};
    if (!source.followed)
        return Error{
            Error::Kind::NotRewritable,
            QStringLiteral("has an unusual structure and cannot be rewritten without the risk of a loss"),
            QStringLiteral("It was left as it is"), source.path};
    return Done{};
}

Outcome writeFile(QFile& file, const Chunks& chunks, const SourceFile& source,
                  const DicomFile::Listener& written)
{
    // Nobody else may look into it while it is not yet clear who may.
    if (!file.open(QIODevice::WriteOnly | QIODevice::NewOnly | QIODevice::Unbuffered,
                   QFile::ReadOwner | QFile::WriteOwner))
        return unwritable(file, QStringLiteral("cannot be made"));
    if (Outcome all = writeAll(file, chunks, source, written); !all)
        return all;
    if (!file.flush() || file.size() != sizeOf(chunks))
        return unwritable(file, QStringLiteral("cannot be written wholly"));
    return Done{};
}

} // namespace

DataSet DicomFile::freshMeta(const DataSet& meta)
{
    DataSet fresh;
    if (const ElementPtr sopClass = meta.share(tags::MediaStorageSOPClassUID)) // the data set may not say it
        fresh.set(sopClass);
    return fresh;
}

Outcome DicomFile::write(QFile& file, const Listener& written) const
{
    if (const Outcome safe = checkRewritable(m_source); !safe)
        return safe;
    if (Outcome unchanged = checkUnchanged(m_source); !unchanged)
        return unchanged;
    const auto source = SourceFile::open(m_source.path, m_source.encoding);
    if (!source)
        return source.error();
    const auto chunks = encodedFile(m_source, m_edited, **source);
    if (!chunks) {
        Error error = chunks.error();
        error.file = m_source.path;
        return error;
    }
    if (Outcome all = writeFile(file, *chunks, **source, written); !all)
        return all;
    return checkUnchanged(m_source);
}

Outcome DicomFile::write(const QString& path) const
{
    QFile file(path);
    return write(file);
}

Result<LoadedFile> DicomFile::readBack(const QString& path, Layouts* known) const
{
    if (known && known->contains(Layouts::of(m_edited))) {
        ElementCache cache;
        cache.remember(metaFor(m_source, m_edited), m_edited); // what is the same in the file is shared
        if (auto direct = readFileDirectly(path, cache))
            return std::move(*direct);
    }
    return readFileByDcmtk(path);
}

Outcome DicomFile::compare(const LoadedFile& back, const QString& path) const
{
    if (back.transferSyntax != m_source.transferSyntax || back.encoding != m_source.encoding)
        return verificationError(QStringLiteral("reads back in another transfer syntax"));
    if (!back.followed || back.duplicates)
        return verificationError(QStringLiteral("reads back with a structure that is damaged"));
    const auto source = SourceFile::open(m_source.path, m_source.encoding);
    if (!source)
        return source.error();
    const auto written = SourceFile::open(path, m_source.encoding);
    if (!written)
        return written.error();
    const auto cleared = (*written)->hasClearedPreamble();
    if (!cleared)
        return cleared.error();
    if (!*cleared)
        return verificationError(QStringLiteral("reads back with a preamble that is not cleared"));
    const bool explicitVr = m_source.encoding.explicitVr;
    if (auto error = Comparison(**source, **written, explicitVr).compare(m_edited, back.dataSet))
        return *error;
    if (auto error = Comparison(**source, **written, true).compare(metaFor(m_source, m_edited), back.meta))
        return *error;
    return Done{};
}

Outcome DicomFile::verify(const QString& path, Layouts* known) const
{
    const auto back = readBack(path, known);
    const Outcome same = back
        ? compare(*back, path)
        : Outcome(verificationError(
            QStringLiteral("what was written cannot be read: %1").arg(back.error().reason)));
    if (same && known)
        known->add(Layouts::of(m_edited));
    if (same || !same.error().file.isEmpty())
        return same;
    Error error = same.error();
    error.file = m_source.path;
    return error;
}

} // namespace dicom
