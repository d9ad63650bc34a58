#pragma once

#include "core/script/program.h"

namespace script {

/// Evaluates a program as dialects L and 4 do: all conditions and right-hand sides see the original object,
/// and the kept statements are applied last one first, so that the first one wins.
Result<RunResult> runFirstWins(const Script& script, const dicom::DataSet& original,
                               const RunContext& context);

} // namespace script
