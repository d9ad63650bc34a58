#pragma once

#include "ui/widgets/questions.h"

namespace edit {
class Session;
}

namespace ui {

/// "DicomBrowser — 2 patients, 14 images[*]": nothing that tells who they are.
QString windowTitle(const edit::Session& session);

/// "3 edits in 14 files · fail in 2 files".
QString editCount(const edit::Session& session);

/// Version and licence.
Questions::Question aboutProgram();

} // namespace ui
