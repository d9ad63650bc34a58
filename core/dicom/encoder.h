#pragma once

#include "core/dicom/reader.h"

#include <QByteArrayView>
#include <QFile>
#include <QHash>
#include <memory>
#include <vector>

namespace dicom {

/// The bytes of a DICOM file that stay where they are: mapped into memory, with the places of its values.
class SourceFile {
public:
    /// Fails with Unreadable, or NotDicom.
    static Result<std::shared_ptr<SourceFile>> open(const QString& path, Encoding encoding);

    /// Where a value stands in bytes(); null when the structure could not be followed that far.
    const ValueRange* find(const SourcePlace& place) const;
    QByteArrayView bytes(const ValueRange& range) const { return m_dataSet.sliced(range.at, range.length); }
    qint64 size() const { return m_file.size(); }
    /// The first 128 bytes are zero (PS3.10 section 7.1).
    bool hasClearedPreamble() const;

private:
    SourceFile() = default;
    QFile m_file;
    QByteArray m_inflated;
    QByteArrayView m_whole;
    QByteArrayView m_dataSet;
    QHash<size_t, QList<std::pair<SourcePlace, ValueRange>>> m_values; ///< long ones, by hash
};

/// The bytes with areas of them set to zero; what lies beyond them is left out.
QByteArray withBlanked(QByteArrayView bytes, const std::vector<BlankedArea>& areas);

/// A piece of an encoded file: bytes of its own, or bytes of the source.
struct Chunk {
    QByteArray own;
    QByteArrayView borrowed;
    QByteArrayView view() const { return own.isEmpty() ? borrowed : QByteArrayView(own); }
};
using Chunks = std::vector<Chunk>;

/// Encodes a data set (PS3.5 section 7); values in the source are taken from `source`. Lengths are explicit,
/// but for sequences in implicit VR; group lengths that are there are made right. Fails with Verification
/// when a value of the source cannot be found.
Result<Chunks> encodeDataSet(const DataSet& dataSet, Encoding encoding, const SourceFile& source);

} // namespace dicom
