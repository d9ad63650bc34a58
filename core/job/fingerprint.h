#pragma once

#include "core/edit/edit.h"
#include "core/write/journal.h"

namespace job {

/// What tells two jobs apart: somebody who goes on with an interrupted one must want the same edits with the
/// same seed. Nobody can make it without the user's own key (in the settings' folder): whoever delivers
/// images may deliver a journal with them, but cannot say what was done already. Edits of all files only: the
/// others name instances, whose numbers belong to a session; empty where there are such.
writer::JournalJob journalJob(const edit::EditList& edits, const edit::Context& context);

} // namespace job
