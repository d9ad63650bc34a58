#include "core/dicom/dicom_file.h"

#include "core/dicom/byte_source.h"
#include "core/dicom/element_cache.h"
#include "core/dicom/encoder.h"
#include "core/dicom/file_meta.h"
#include "core/dicom/file_outline.h"

#include <algorithm>

namespace dicom {

namespace {

Error verificationError(const QString& reason, const QString& attribute = {})
{
    return {
        Error::Kind::Verification, reason, QStringLiteral("The original was left as it is"), {}, attribute};
}

Error unwritable(const QFile& file, const QString& what)
{
    return {Error::Kind::Unwritable, QStringLiteral("%1: %2").arg(what, file.errorString()),
            QStringLiteral("Check the folder's permissions and the free space on the disk"), file.fileName()};
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
    return QByteArray(128, '\0') + "DICM" + *content;
}

/// The whole new file.
Result<Chunks> encodedFile(const LoadedFile& source, const DataSet& newMeta, const DataSet& dataSet,
                           const SourceFile& bytes)
{
    auto meta = encodedMeta(newMeta, bytes);
    if (!meta)
        return meta.error();
    auto content = encodeDataSet(dataSet, source.encoding, bytes);
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

/// Compares a value of the source, as it was to be altered, with what was written.
Result<bool> sameRange(const SourceFile& source, const ValueRange& from, const SourceValue& altered,
                       const SourceFile& written, const ValueRange& to)
{
    // An odd value of the source gets one byte of padding.
    const qint64 added = from.lacksEnd ? 8 : from.undefinedLength ? 0 : from.length % 2;
    if (from.undefinedLength != to.undefinedLength || to.length != from.length + added)
        return false;
    bool same = true;
    qint64 at = to.at;
    QByteArray other;
    const Outcome compared =
        source.copy(from, altered.blanked, altered.cleared, [&](QByteArrayView piece) -> Outcome {
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
        // What is UN in the file may be read as something else when its creator has changed: the bytes count.
        if (isUnknownInFile(wanted) && isUnknownInFile(found))
            return sameBytes(wanted.storedBytes(), found.storedBytes(), Vr::UN)
                ? std::nullopt
                : std::optional<Error>(different());
        // A long value that was set, not taken from the source, is left in the file when it is read.
        const bool isLong = !wanted.isInSource() && found.isInSource();
        if (wanted.isSequence() != found.isSequence() || (wanted.isInSource() && !found.isInSource())
            || (m_explicitVr
                && (wanted.vr() != found.vr() || wanted.isStoredAsUnknown() != found.isStoredAsUnknown())))
            return different();
        if (wanted.isSequence())
            return compareItems(wanted, found, place);
        if (isLong)
            return compareLong(wanted, place);
        if (!wanted.isInSource())
            return &wanted == &found || sameBytes(wanted.bytes(), found.bytes(), wanted.vr())
                ? std::nullopt
                : std::optional<Error>(different());
        const ValueRange* from = m_source.find(wanted.source()->place);
        const ValueRange* to = m_written.find(place);
        if (!from || !to)
            return different();
        const auto same = sameRange(m_source, *from, *wanted.source(), m_written, *to);
        if (!same)
            return same.error();
        return *same ? std::nullopt : std::optional<Error>(different());
    }

    std::optional<Error> compareLong(const Element& wanted, const SourcePlace& place)
    {
        const ValueRange* range = m_written.find(place);
        const bool isPlain = range && !range->undefinedLength;
        QByteArray bytes(isPlain ? static_cast<qsizetype>(range->length) : 0, Qt::Uninitialized);
        const Outcome read = m_written.read(isPlain ? range->at : 0, bytes.data(), bytes.size());
        if (!read)
            return read.error();
        if (m_written.isBigEndian())
            swapUnits(bytes, info(wanted.vr()).unitSize);
        if (isPlain && sameBytes(wanted.storedBytes(), bytes, wanted.vr()))
            return std::nullopt;
        return verificationError(QStringLiteral("reads back with another value than was written"),
                                 toString(wanted.tag()));
    }

    static bool isUnknownInFile(const Element& element)
    {
        return element.isStoredAsUnknown()
            || (element.vr() == Vr::UN && !element.isSequence() && !element.isInSource());
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

/// Nobody else may look into it while it is not yet clear who may.
Outcome openNew(QFile& file)
{
    if (!file.open(QIODevice::WriteOnly | QIODevice::NewOnly | QIODevice::Unbuffered,
                   QFile::ReadOwner | QFile::WriteOwner))
        return unwritable(file, QStringLiteral("cannot be made"));
    return Done{};
}

Outcome checkComplete(QFile& file, qint64 size)
{
    if (!file.flush() || file.size() != size)
        return unwritable(file, QStringLiteral("cannot be written completely"));
    return Done{};
}

Outcome writeFile(QFile& file, const Chunks& chunks, const SourceFile& source,
                  const DicomFile::Listener& written)
{
    if (Outcome opened = openNew(file); !opened)
        return opened;
    if (Outcome all = writeAll(file, chunks, source, written); !all)
        return all;
    return checkComplete(file, sizeOf(chunks));
}

/// Hands all bytes of the source on in pieces.
Outcome readWhole(const LoadedFile& source, const PieceSink& sink)
{
    constexpr qint64 most = 1 << 20;
    const auto bytes = FileBytes::open(source.path);
    if (!bytes)
        return bytes.error();
    QByteArray piece;
    for (qint64 at = 0; at < source.stamp.size; at += piece.size()) {
        piece.resize(static_cast<qsizetype>(std::min(most, source.stamp.size - at)));
        if (Outcome read = (*bytes)->read(at, piece.data(), piece.size()); !read)
            return read;
        if (Outcome taken = sink(piece); !taken)
            return taken;
    }
    return Done{};
}

Outcome writeCopy(const LoadedFile& source, QFile& file, const DicomFile::Listener& written)
{
    if (Outcome opened = openNew(file); !opened)
        return opened;
    const Outcome all = readWhole(source, [&](QByteArrayView piece) -> Outcome {
        if (written)
            written(piece);
        if (file.write(piece.data(), piece.size()) != piece.size())
            return unwritable(file, QStringLiteral("cannot be written"));
        return Done{};
    });
    return all ? checkComplete(file, source.stamp.size) : all;
}

Outcome verifyCopy(const LoadedFile& source, const QString& path)
{
    QFile written(path);
    if (!written.open(QIODevice::ReadOnly | QIODevice::Unbuffered))
        return verificationError(
            QStringLiteral("what was written cannot be read: %1").arg(written.errorString()));
    if (written.size() != source.stamp.size)
        return verificationError(QStringLiteral("reads back with another size than was written"));
    return readWhole(source, [&](QByteArrayView piece) -> Outcome {
        if (written.read(piece.size()) != piece)
            return verificationError(QStringLiteral("reads back with other bytes than were written"));
        return Done{};
    });
}

} // namespace

DicomFile::DicomFile(LoadedFile source, DataSet dataSet)
    : m_source(std::move(source))
    , m_content(Content{writtenMeta(m_source.meta, dataSet, m_source.transferSyntax), {}})
{
    m_content->dataSet = std::move(dataSet);
}

Outcome DicomFile::write(QFile& file, const Listener& written) const
{
    if (Outcome unchanged = checkUnchanged(m_source); !unchanged)
        return unchanged;
    const Outcome all = isCopy() ? writeCopy(m_source, file, written) : writeContent(file, written);
    return all ? checkUnchanged(m_source) : all;
}

Outcome DicomFile::writeContent(QFile& file, const Listener& written) const
{
    if (const Outcome safe = checkRewritable(m_source); !safe)
        return safe;
    const auto source = SourceFile::open(m_source.path, m_source.encoding);
    if (!source)
        return source.error();
    const auto chunks = encodedFile(m_source, m_content->meta, m_content->dataSet, **source);
    if (!chunks) {
        Error error = chunks.error();
        error.file = m_source.path;
        return error;
    }
    return writeFile(file, *chunks, **source, written);
}

Outcome DicomFile::write(const QString& path) const
{
    QFile file(path);
    return write(file);
}

Result<LoadedFile> DicomFile::readBack(const QString& path, Layouts* known) const
{
    if (known && known->contains(Layouts::of(m_content->dataSet))) {
        ElementCache cache;
        cache.remember(m_content->meta, m_content->dataSet); // what is the same in the file is shared
        if (auto direct = readFileDirectly(path, cache))
            return std::move(*direct);
    }
    return readFileByDcmtk(path);
}

Outcome DicomFile::compare(const LoadedFile& back, const QString& path) const
{
    if (back.transferSyntax != m_source.transferSyntax || back.encoding != m_source.encoding)
        return verificationError(QStringLiteral("reads back in another transfer syntax"));
    if (!back.followed || back.duplicates || !back.oddities.isEmpty()) // nothing in it may need mending
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
    if (auto error = Comparison(**source, **written, explicitVr).compare(m_content->dataSet, back.dataSet))
        return *error;
    if (auto error = Comparison(**source, **written, true).compare(m_content->meta, back.meta))
        return *error;
    return Done{};
}

Outcome DicomFile::verifyContent(const QString& path, Layouts* known) const
{
    const auto back = readBack(path, known);
    Outcome same = back ? compare(*back, path)
                        : Outcome(verificationError(
                            QStringLiteral("what was written cannot be read: %1").arg(back.error().reason)));
    if (same && known)
        known->add(Layouts::of(m_content->dataSet));
    return same;
}

Outcome DicomFile::verify(const QString& path, Layouts* known) const
{
    const Outcome same = isCopy() ? verifyCopy(m_source, path) : verifyContent(path, known);
    if (same || !same.error().file.isEmpty())
        return same;
    Error error = same.error();
    error.file = m_source.path;
    return error;
}

} // namespace dicom
