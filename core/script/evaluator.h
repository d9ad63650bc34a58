#pragma once

#include "core/script/program.h"

namespace script {

/// Evaluates a program as dialects L and 4 do: all conditions and right-hand sides see the original object,
/// and the kept statements are applied last one first, so that the first one wins.
Result<RunResult> runFirstWins(const Script& script, const dicom::DataSet& original,
                               const RunContext& context);
/// What a variable of dialect 4 is for an object.
Result<Value> initialFirstWins(const Script& script, const QString& variable, const dicom::DataSet& object,
                               const RunContext& context);

/// The values that are given from outside, and those from the seed where none is given.
VariableValues withSeededVariables(const Script& script, const RunContext& context);

/// Evaluates a program as dialect 6 does: from top to bottom, each statement on what the ones before left.
Result<RunResult> runSequential(const Script& script, const dicom::DataSet& original,
                                const RunContext& context);

/// An error of a statement, with its line and text.
Error errorAt(const Script& script, int statement, Error error);

/// Whether a text matches the pattern of a condition, which may be no literal; what is absent never does.
Result<bool> matchesPattern(const Condition& condition, const Value& text, const Value& pattern);

/// Whether the values that a statement assigns are to be looked at when it is carried out: those that stand
/// in the script were looked at when it was parsed.
bool computes(const Statement& statement);
/// Remarks on computed values that break the rules of their attribute.
void remarkMisfits(WorkingObject& object, const Script& script, const Statement& statement,
                   QStringList& remarks);

} // namespace script
