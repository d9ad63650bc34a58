#pragma once

#include "core/edit/edit.h"
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

/// Warns when patients or studies that were told apart before are no more, or when one became several.
void warnOfMerging(const writer::WriteReport& written, const edit::EditList& edits,
                   edit::Evaluator& evaluator);

/// Names the attributes in which something of the identity remains, without any value. `verbose`: all of
/// them.
void tellWhatRemains(const writer::WriteReport& written, const writer::Destination& destination,
                     const edit::EditList& edits, edit::Evaluator& evaluator, bool verbose);
