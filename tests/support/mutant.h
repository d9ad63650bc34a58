#pragma once

#include <QByteArray>
#include <QString>
#include <random>

namespace testing_support {

/// The bytes of a DICOM file, damaged in one of several ways; the same for the same state of `random`. `kind`
/// is set to the name of the way.
QByteArray mutant(QByteArray bytes, std::mt19937& random, QString& kind);

} // namespace testing_support
