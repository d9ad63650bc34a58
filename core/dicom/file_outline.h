#pragma once

#include "core/base/result.h"
#include "core/dicom/structure.h"

#include <QByteArray>
#include <QString>

namespace dicom {

/// The parts of a DICOM file (PS3.10 section 7), found without looking at the data set.
struct Outline {
    bool preamble = false;
    bool clearPreamble = true; ///< nothing but zeros in it, or there is none
    qint64 metaAt = 0; ///< where the file meta information begins
    qint64 dataSetAt = 0;
    /// As the file meta information has it; empty without. Where the data set is uncompressed and plainly in
    /// another encoding than that says, the one that it is in.
    QString transferSyntax;
    bool isMislabelled = false; ///< that was so
    Encoding encoding; ///< what that means, or a guess
    bool hasBigEndianPixels = false; ///< though the rest is not: a private transfer syntax of GE
    /// The file meta information is as PS3.10 section 7.1 wants it, so that everybody finds the same end and
    /// the same transfer syntax in it.
    bool clear = false;
    qint64 declaredDataSetAt = 0; ///< by the length of the file meta information; 0 without
};

/// Fails with NotDicom when the bytes are something else, or when they cannot be read.
Result<Outline> outlineOf(ByteWindow& bytes);

/// The bytes of a deflated data set (PS3.5 section A.5); as far as they can be inflated. Fails with
/// Unreadable when they are more than `limit`, or with the file's error.
Result<QByteArray> inflatedDataSet(FileBytes& file, const Outline& outline, qint64 limit);

/// The transfer syntax of uncompressed data sets in this encoding (PS3.5 sections A.1 to A.3).
QString transferSyntaxOf(Encoding encoding);

/// Raw deflate (PS3.5 section A.5), padded to even length.
QByteArray deflated(const QByteArray& bytes);

} // namespace dicom
