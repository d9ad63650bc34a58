#pragma once

#include "core/base/result.h"
#include "core/dicom/data_set.h"

#include <QHash>
#include <memory>

namespace deid {

/// What takes the place of Patient ID and Patient's Name (PS3.15 section E.1.1: consistent for each entity).
struct Patients {
    enum class NewIds {
        Pseudonyms, ///< made from the seed
        Empty, ///< none: patients cannot be told apart afterwards
        Table ///< given, by old ID; what it lacks is refused
    };
    using Table = QHash<QString, QString>;

    NewIds newIds = NewIds::Pseudonyms;
    std::shared_ptr<const Table> table = {}; ///< of Table
    friend bool operator==(const Patients& a, const Patients& b);
};

/// The Patient ID as people read it: without padding and whatever the character set. Empty when there is
/// none.
QString patientIdOf(const dicom::DataSet& dataSet);

/// What tells the patient of an object from others: the Patient ID; where there is none, the name; empty
/// without both.
QString patientKeyOf(const dicom::DataSet& dataSet);

/// A short readable name for a patient, 60 bits from seed and key: "7KQ2-MX4T-9BHD". Never the same for two
/// patients but by a chance of one in 10^18 for each pair.
QString pseudonymOf(const QByteArray& seed, const QString& key);

/// Reads "seed", "empty" or the name of a file (CSV, UTF-8) with the columns id_old and id_new. Fails with
/// InvalidValue, naming the line (also where a new ID is the old one), or Unreadable.
Result<Patients> patientsFrom(const QString& text);
/// The same from the text of such a file.
Result<Patients> patientsInTable(const QString& csv);

} // namespace deid
