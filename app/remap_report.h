#pragma once

#include "core/job/identity_changes.h"
#include "core/residue/remainder.h"
#include "core/write/writer.h"

/// What dicomremap counts besides what the writer does.
struct RemapCounts {
    int notDicom = 0; ///< do not matter
    int directories = 0; ///< DICOMDIRs, which keep names and are not written
    int unread = 0; ///< DICOM files that cannot be processed
    qsizetype before = 0; ///< written before an interruption
};

/// Lists what was not written, and says in one line what became of every file: in = written + unchanged +
/// refused + failed. `verbose`: every file is listed. False when not everything was written.
bool reportFiles(const writer::WriteReport& written, const RemapCounts& counts, bool verbose);

/// Warns where patients or studies that are told apart now will not be any more, or where one becomes
/// several; false when all stays as it is.
bool warnOfMerging(const job::IdentityChange& change);

/// Names the attributes in which something of the identity remains, without any value. `verbose`: all of
/// them.
void tellWhatRemains(const QList<residue::Remainder>& remains, bool verbose);
