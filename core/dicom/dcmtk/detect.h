#pragma once

// Only for the .cpp files of core/dicom: what DCMTK will take bytes for.

#include "core/dicom/structure.h"

#include <QString>

namespace dicom::dcmtk_side {

/// True when DCMTK's dictionary says of a tag without VR that it is a sequence. `creator`: of private tags.
bool isSequence(Tag tag, QByteArrayView creator);

/// How DCMTK will read the data set that begins with these bytes (at least six), when it goes by them and
/// not by a transfer syntax.
Encoding detectedEncoding(QByteArrayView bytes);

/// Whether pixel data are encapsulated in it (PS3.5 section A.4); empty when DCMTK does not know it.
std::optional<bool> encapsulates(const QString& transferSyntax);
/// True for the transfer syntaxes that DCMTK knows.
bool knowsTransferSyntax(const QString& uid);

} // namespace dicom::dcmtk_side
