#pragma once

#include "core/dicom/file_outline.h"
#include "core/dicom/reader.h"
#include "core/dicom/structure.h"

#include <QByteArrayView>
#include <QHash>
#include <functional>
#include <memory>
#include <optional>
#include <vector>

namespace dicom {

/// Takes a piece of a value; an error ends the copying.
using PieceSink = std::function<Outcome(QByteArrayView piece)>;

/// The bytes of a DICOM file that stay where they are, with the places of its long values. For one thread at
/// a time.
class SourceFile {
public:
    /// Fails with Unreadable, NotDicom, or Changed.
    static Result<std::shared_ptr<SourceFile>> open(const QString& path, Encoding encoding);

    /// Where a value stands, by the reader that left it in the file; empty when nobody could follow the
    /// structure that far.
    std::optional<ValueRange> find(const SourcePlace& place) const;
    /// `count` bytes of the range's bytes from `at` on. Fails with Unreadable, or Changed.
    Outcome read(qint64 at, char* to, qint64 count) const;
    /// Hands a value on in pieces, with areas of it filled and bits set to zero. Fails as read() does, or as
    /// `sink`.
    Outcome copy(const ValueRange& range, const std::vector<BlankedArea>& blanked, const ClearedBits& cleared,
                 const PieceSink& sink) const;
    /// The first 128 bytes are zero (PS3.10 section 7.1). Fails as read() does.
    Result<bool> hasClearedPreamble() const;
    bool isBigEndian() const { return m_encoding.bigEndian; }

private:
    SourceFile() = default;
    Outcome findValues();
    bool findDirectly() const;
    void keep(const SourcePlace& place, const ValueRange& range) const;
    std::optional<ValueRange> known(const SourcePlace& place) const;

    std::shared_ptr<FileBytes> m_file;
    Encoding m_encoding;
    Outline m_outline;
    bool m_hasBigEndianPixels = false; ///< whatever the rest is in
    QByteArray m_inflated; ///< the data set, when it is deflated
    // What is found later is what was always there.
    mutable QHash<size_t, QList<std::pair<SourcePlace, ValueRange>>> m_values; ///< long ones, by hash
    mutable bool m_wasReadDirectly = false;
};

/// Fills areas of a value in the piece of it that begins at its byte `at`; what lies beyond the piece is left
/// out.
void blank(QByteArray& piece, qint64 at, const std::vector<BlankedArea>& areas, bool bigEndian);

/// Sets bits to zero in a piece of a value that begins with a whole unit. Units of several bytes are 16-bit
/// words in the file's byte order, the lower one first (OW, PS3.5 section 7.3).
void clear(QByteArray& piece, const ClearedBits& cleared, bool bigEndian);

/// A piece of an encoded file: bytes of its own, or a value of the source.
struct Chunk {
    QByteArray own;
    ValueRange borrowed = {}; ///< when there are no own bytes
    std::vector<BlankedArea> blanked = {}; ///< of what is borrowed
    ClearedBits cleared = {}; ///< of what is borrowed
    qint64 size() const { return own.isEmpty() ? borrowed.length : own.size(); }
};
using Chunks = std::vector<Chunk>;

/// Encodes a data set (PS3.5 section 7); values in the source are taken from `source`. Lengths are explicit,
/// but for sequences in implicit VR; group lengths that are there are made right. Fails with Verification
/// when a value of the source cannot be found.
Result<Chunks> encodeDataSet(const DataSet& dataSet, Encoding encoding, const SourceFile& source);

/// Hands the bytes of all chunks on in pieces. Fails as SourceFile::read() does, or as `sink`.
Outcome copyChunks(const Chunks& chunks, const SourceFile& source, const PieceSink& sink);

qint64 sizeOf(const Chunks& chunks);

} // namespace dicom
