#pragma once

/// The invented people, hospitals and machines as lines for addText(); UTF-8.
namespace sample::texts {

extern const char* const muellerPatient;
extern const char* const satouPatient;

extern const char* const chestCtStudy;
extern const char* const radiographStudy;
extern const char* const ultrasoundStudy;
extern const char* const headMrStudy;
extern const char* const headMrFollowUpStudy;

extern const char* const ctSeries;
extern const char* const geBlocks;
extern const char* const crSeries;
extern const char* const usSeries;
extern const char* const clipSeries;
extern const char* const mrSeries;
extern const char* const siemensBlocks;
extern const char* const captureSeries;

/// In all files of the studies: request, history of changes, unknown private blocks.
/// Variables: name, shortName (no phonetic group), id, birth, date, accession, physician, description,
/// instance, sopClass, requestUid, patientUid, referencedSop.
extern const char* const everywhere;

} // namespace sample::texts
