#pragma once

#include "core/dicom/structure.h"
#include "core/result.h"

#include <QByteArray>
#include <QString>

namespace dicom {

/// The parts of a DICOM file (PS3.10 section 7), found without looking at the data set.
struct Outline {
    bool preamble = false;
    qint64 dataSetAt = 0;
    QString transferSyntax; ///< as the file meta information has it; empty without
    Encoding encoding; ///< what that means, or a guess
};

/// Fails with NotDicom when the bytes are something else.
Result<Outline> outlineOf(QByteArrayView bytes);

/// The bytes of the data set: those of the file, or of `inflated`, which is filled when it is deflated.
QByteArrayView dataSetBytes(QByteArrayView file, const Outline& outline, QByteArray& inflated);

/// Raw deflate (PS3.5 section A.5), padded to even length.
QByteArray deflated(const QByteArray& bytes);

} // namespace dicom
