#pragma once

#include "core/dicom/vr.h"

#include <QByteArray>
#include <QStringList>

namespace dicom {

/// How numbers of one VR, tags included, are read and written (PS3.5 section 6.2). Value bytes are little
/// endian.
struct NumberCode {
    Vr vr;
    QStringList (*read)(const QByteArray& bytes);
    /// Appends; false when the text is no number that fits.
    bool (*write)(const QString& text, QByteArray& bytes);
};
/// Null where the VR is not of numbers.
const NumberCode* numberCode(Vr vr);

/// The descriptor of a lookup table that is stored as SS: its first and third value are unsigned all the same
/// (PS3.3 section C.11.1.1). What it says, and texts as SS has to have them.
QStringList descriptorTexts(const QByteArray& bytes);
QString signedDescriptor(const QString& text);

} // namespace dicom
