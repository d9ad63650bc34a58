#pragma once

#include "core/job/script_effects.h"

/// Tells what the scripts say when the edits are carried out: echo statements file by file, how many files
/// something was remarked of, and which statements change nothing in any file, such as one with a misspelt
/// private creator. `names`: of the scripts, as the user gave them. `verbose`: all such statements.
void tellWhatScriptsDid(const QList<script::ScriptPtr>& scripts, const QStringList& names,
                        const job::ScriptEffects& effects, bool verbose);
