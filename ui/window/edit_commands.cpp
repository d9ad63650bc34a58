#include "ui/window/edit_commands.h"

#include "ui/attributes/add_attribute_dialog.h"
#include "ui/attributes/attribute_pane.h"
#include "ui/attributes/edit_value_dialog.h"
#include "ui/scripts/apply_script_dialog.h"
#include "ui/scripts/script_editor.h"
#include "ui/widgets/questions.h"
#include "ui/window/commands.h"
#include "ui/window/editing.h"

#include <QApplication>
#include <QClipboard>

namespace ui {

namespace {

void copy(const QString& text)
{
    if (!text.isEmpty())
        QApplication::clipboard()->setText(text);
}

} // namespace

EditCommands::EditCommands(Parts parts, QObject* parent)
    : QObject(parent)
    , m_parts(std::move(parts))
{
}

EditCommands::~EditCommands()
{
    delete m_scriptEditor;
}

void EditCommands::bind(Commands& commands)
{
    bindChanges(commands);
    AttributePane& pane = m_parts.attributes;
    commands.on(Command::ApplyScript, [this] { applyScript(); });
    commands.on(Command::ScriptEditor, [this] { showScriptEditor(); });
    commands.on(Command::SelectPrivate, [&pane] { pane.selectPrivate(); });
    commands.on(Command::CopyValue, [&pane] { copy(pane.currentValueAsText()); });
    commands.on(Command::CopyRows, [&pane] { copy(pane.rowsAsText(true)); });
    commands.on(Command::CopyTable, [&pane] { copy(pane.rowsAsText(false)); });
    commands.on(Command::Find, [&pane] { pane.focusFilter(); });
}

void EditCommands::bindChanges(Commands& commands)
{
    Editing& editing = m_parts.editing;
    commands.on(Command::Undo, [&editing] { editing.stack().undo(); });
    commands.on(Command::Redo, [&editing] { editing.stack().redo(); });
    commands.on(Command::Keep, [this] { act(edit::Action::Keep); });
    commands.on(Command::Clear, [this] { act(edit::Action::Clear); });
    commands.on(Command::Delete, [this] { act(edit::Action::Delete); });
    commands.on(Command::EditInDialog, [this] { editInDialog(); });
    commands.on(Command::AddAttribute, [this] { addAttribute(); });
    commands.on(Command::DeleteAllPrivate,
                [this, &editing] { editing.deleteAllPrivate(m_parts.selected()); });
    commands.on(Command::RevertAll, [this, &editing] { editing.revertAll(m_parts.selected()); });
}

/// Keep, Clear or Delete, of the selected rows.
void EditCommands::act(edit::Action action)
{
    m_parts.editing.act(m_parts.attributes.model().instances(), m_parts.attributes.selectedAttributes(),
                        action);
}

void EditCommands::editInDialog()
{
    AttributePane& pane = m_parts.attributes;
    const edit::MergedAttribute* current = pane.currentAttribute();
    if (!current || !AttributeModel::isEditable(*current) || !pane.model().isCurrent())
        return;
    const edit::MergedAttribute attribute = *current;
    const edit::InstanceIds ids = pane.model().instances();
    EditValueDialog dialog(attribute, static_cast<int>(ids.size()), &m_parts.window);
    if (dialog.exec() != QDialog::Accepted)
        return;
    switch (dialog.choice()) {
    case EditValueDialog::Choice::Set:
        m_parts.editing.assignDecided(ids, attribute, dialog.text(), dialog.reencode());
        break;
    case EditValueDialog::Choice::Clear:
        m_parts.editing.act(ids, {attribute}, edit::Action::Clear);
        break;
    case EditValueDialog::Choice::Delete:
        m_parts.editing.act(ids, {attribute}, edit::Action::Delete);
        break;
    case EditValueDialog::Choice::Revert:
        m_parts.editing.act(ids, {attribute}, edit::Action::Keep);
        break;
    }
}

void EditCommands::addAttribute()
{
    AddAttributeDialog dialog(m_parts.session, m_parts.selected(), &m_parts.window);
    if (dialog.exec() != QDialog::Accepted)
        return;
    m_parts.editing.pushUnlessMerging(dialog.edit());
    const auto* operations = std::get_if<QList<edit::AttributeOperation>>(&dialog.edit()->operation);
    if (operations && !operations->isEmpty())
        m_parts.attributes.showAttribute(operations->constFirst().path);
}

void EditCommands::applyScript()
{
    ApplyScriptDialog dialog(m_parts.session, m_parts.selected(), m_parts.questions, &m_parts.window);
    runScriptDialog(dialog);
}

void EditCommands::runScriptDialog(ApplyScriptDialog& dialog)
{
    if (dialog.exec() == QDialog::Accepted)
        m_parts.editing.pushUnlessMerging(dialog.edit());
    else if (dialog.wantedInEditor()) {
        showScriptEditor();
        (void)m_scriptEditor->open(*dialog.wantedInEditor());
    }
}

void EditCommands::showScriptEditor()
{
    if (!m_scriptEditor) {
        // A window of its own, not one that stays above this one; the destructor deletes it at the latest.
        m_scriptEditor = new ScriptEditor(m_parts.session, m_parts.questions);
        m_scriptEditor->setWindowIcon(m_parts.window.windowIcon());
        m_scriptEditor->setAttribute(Qt::WA_DeleteOnClose);
        m_scriptEditor->setInstance(m_parts.selected().value(0, -1));
        connect(m_scriptEditor, &ScriptEditor::applyWanted, this, [this](const ScriptDraft& draft) {
            if (!m_parts.ready())
                return;
            ApplyScriptDialog dialog(m_parts.session, m_parts.selected(), m_parts.questions, m_scriptEditor);
            dialog.showDraft(draft);
            runScriptDialog(dialog);
        });
    }
    m_scriptEditor->show();
    m_scriptEditor->raise();
    m_scriptEditor->activateWindow();
}

void EditCommands::setInstance(edit::InstanceId id)
{
    if (m_scriptEditor)
        m_scriptEditor->setInstance(id);
}

bool EditCommands::closeScriptEditor()
{
    return !m_scriptEditor || m_scriptEditor->close();
}

} // namespace ui
