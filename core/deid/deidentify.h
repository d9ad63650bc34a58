#pragma once

#include "core/deid/profile.h"
#include "core/dicom/data_set.h"

namespace deid {

/// The data set with the identity taken out of it, at every depth: each attribute as its row of the table
/// says, or as rules of our own and its value representation do where the table has no row; private and
/// unknown ones and what could not be read removed, UIDs mapped by the seed as scripts map them (never those
/// that name a kind, nor those of the standard), overlays in unused bits of the pixels cleared, the patient
/// named anew. The outcome says so itself (Patient Identity Removed, De-identification Method and its codes,
/// Longitudinal Temporal Information Modified). Equal seeds give equal results; without the seed nobody finds
/// out what a UID or a date was. Other texts, numbers and codes without a row stay, text in pixels too. Fails
/// with InvalidValue where the table of patients lacks the object's. Any thread.
Result<dicom::DataSet> deidentify(const dicom::DataSet& original, const Profile& profile,
                                  const QByteArray& seed);

/// The file meta information of what deidentify() made: its UIDs as there, without the names of those who
/// sent the file and without private information.
dicom::DataSet deidentifiedMeta(const dicom::DataSet& original, const Profile& profile,
                                const QByteArray& seed);

/// The days by which the dates of a patient are moved under RetainModifiedDates: never 0, at most ten years,
/// into the past. The patient as patientKeyOf() tells.
int daysOf(const QByteArray& seed, const QString& patientKey);

} // namespace deid
