#pragma once

#include "core/deid/profile.h"
#include "core/dicom/data_set.h"

namespace deid {

/// The data set with the identity taken out of it, at every depth: each attribute as its row of the table
/// says, private ones removed, UIDs mapped by the seed as scripts map them. The outcome says so itself
/// (Patient Identity Removed, De-identification Method and its codes, Longitudinal Temporal Information
/// Modified). Equal seeds give equal results; without the seed nobody finds out what a UID or a date was.
/// What the table does not name stays, text in pixels too. Any thread.
dicom::DataSet deidentify(const dicom::DataSet& original, const Profile& profile, const QByteArray& seed);

/// The file meta information of what deidentify() made: its UIDs as there, without the names of those who
/// sent the file and without private information.
dicom::DataSet deidentifiedMeta(const dicom::DataSet& original, const Profile& profile,
                                const QByteArray& seed);

/// The days by which the dates of a patient are moved under RetainModifiedDates: never 0, at most ten years,
/// into the past.
int daysOf(const QByteArray& seed, const QByteArray& patientId);

} // namespace deid
