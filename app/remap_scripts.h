#pragma once

#include "core/edit/edit.h"

/// Tells what the scripts say when the edits are carried out: echo statements file by file, how many files
/// something was remarked of, and which statements change nothing in any file, such as one with a misspelt
/// private creator. `names`: of the scripts, as the user gave them. `verbose`: all such statements.
void tellWhatScriptsDid(const QList<script::ScriptPtr>& scripts, const QStringList& names,
                        const QList<catalog::InstancePtr>& instances, const edit::EditList& edits,
                        edit::Evaluator& evaluator, bool verbose);
