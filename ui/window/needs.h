#pragma once

#include "ui/window/commands.h"

class QUndoStack;

namespace edit {
class Session;
}

namespace ui {

class AttributePane;

/// What of the document and its table is there for commands; `images`: some are selected.
Needs needsMet(const edit::Session& session, AttributePane& attributes, bool images);
Needs needsMet(const QUndoStack& stack);

} // namespace ui
