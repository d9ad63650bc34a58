#pragma once

#include "core/dicom/data_set.h"

#include <QString>

namespace testing_support {

/// The bytes of a DICOM file with preamble and file meta information, encoded by hand as explicit VR little
/// endian, whatever `transferSyntax` says. Sequences get explicit lengths.
QByteArray dicomBytes(const dicom::DataSet& dataSet,
                      const QString& transferSyntax = QStringLiteral("1.2.840.10008.1.2.1"));

/// The data set alone.
QByteArray dataSetBytes(const dicom::DataSet& dataSet);

/// Writes bytes to a new file; its folder is made where needed. Returns the path.
QString writeFile(const QString& path, const QByteArray& bytes);

/// The bytes of a file; empty when it cannot be read.
QByteArray readBytes(const QString& path);

/// A CT image: an identity and UIDs made from the numbers, and pixel data.
dicom::DataSet ctImage(int study, int series, int instance,
                       const QString& patientName = QStringLiteral("Doe^Jane"));

} // namespace testing_support
