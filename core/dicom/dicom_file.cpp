#include "core/dicom/dicom_file.h"

#include "core/dicom/comparison.h"

#include "core/dicom/byte_source.h"
#include "core/dicom/element_cache.h"
#include "core/dicom/encoder.h"
#include "core/dicom/file_meta.h"
#include "core/dicom/file_outline.h"

#include <algorithm>

namespace dicom {

namespace {

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
