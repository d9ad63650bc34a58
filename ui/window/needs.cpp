#include "ui/window/needs.h"

#include "core/edit/session.h"
#include "ui/attributes/attribute_pane.h"

#include <QUndoStack>

namespace ui {

Needs needsMet(const edit::Session& session, AttributePane& attributes, bool images)
{
    const auto* current = attributes.currentAttribute();
    const std::pair<Need, bool> needs[] = {
        {Need::OpenFile, session.catalog().size() > 0},
        {Need::Image, images},
        {Need::Table, attributes.model().isCurrent()},
        {Need::Row, attributes.view().selectionModel()->hasSelection()},
        {Need::CurrentRow, current != nullptr},
        {Need::EditableRow, current && AttributeModel::isEditable(*current)},
        {Need::Edit, !session.edits().isEmpty()},
        {Need::EditedImage, session.editedCount() > 0},
    };
    Needs met;
    for (const auto& [need, isMet] : needs)
        met.setFlag(need, isMet);
    return met;
}

Needs needsMet(const QUndoStack& stack)
{
    return (stack.canUndo() ? Needs(Need::Undoable) : Needs())
        | (stack.canRedo() ? Needs(Need::Redoable) : Needs());
}

} // namespace ui
