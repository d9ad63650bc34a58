#pragma once

#include "core/job/remains.h"

namespace testing_support {

/// What remains in files that were written before, as a job finds it while it writes them.
inline QList<residue::Remainder> whatRemains(const writer::WriteReport& report,
                                             const writer::Destination& destination,
                                             const edit::EditList& edits, edit::Evaluator& evaluator)
{
    job::RemainsSearch search;
    for (const writer::FileOutcome& file : report.files) {
        const auto original = file.file.instance->load();
        const auto edited = original && file.isDone()
            ? evaluator.evaluate(*file.file.instance, **original, edits)
            : Result<edit::Evaluated>(Error());
        if (edited)
            search.add(file.file, **original, *edited);
    }
    return search.result(report, destination);
}

} // namespace testing_support
