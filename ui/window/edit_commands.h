#pragma once

#include "core/edit/session.h"

#include <QObject>
#include <QPointer>
#include <functional>

class QWidget;

namespace ui {

class ApplyScriptDialog;
class AttributePane;
class Commands;
class Editing;
class Questions;
class ScriptEditor;

/// What is done to the attributes of the table and with scripts, with its dialogs.
class EditCommands : public QObject {
    Q_OBJECT
public:
    /// What it works with; all must outlive it.
    struct Parts {
        QWidget& window; ///< parent of dialogs
        Questions& questions;
        edit::Session& session;
        Editing& editing;
        AttributePane& attributes;
        std::function<bool()> ready; ///< asked before a script of the editor is applied
        std::function<edit::InstanceIds()> selected;
    };
    EditCommands(Parts parts, QObject* parent);
    ~EditCommands() override; ///< the script editor goes with it
    /// Carries out what edits, applies scripts and copies.
    void bind(Commands& commands);

    void editInDialog();
    /// The image that the script editor tries scripts on.
    void setInstance(edit::InstanceId id);
    /// False when the script editor holds something that the user wants to keep.
    bool closeScriptEditor();

private:
    void bindChanges(Commands& commands);
    void act(edit::Action action);
    void addAttribute();
    void applyScript();
    void showScriptEditor();
    void runScriptDialog(ApplyScriptDialog& dialog);

    Parts m_parts;
    QPointer<ScriptEditor> m_scriptEditor; ///< while it is open; a window without parent, owned by this one
};

} // namespace ui
