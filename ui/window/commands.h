#pragma once

#include <QAction>
#include <QFlags>
#include <QHash>
#include <QObject>
#include <functional>

namespace ui {

/// What the user can do in the main window, wherever it is offered: menus, tool bar, context menus,
/// shortcuts.
enum class Command {
    OpenFolder,
    OpenFiles,
    OpenInNewWindow,
    CloseSelected,
    Save,
    ExportEdits,
    RestoreOriginals,
    Recover,
    CloseWindow,
    Quit,
    Undo,
    Redo,
    Keep,
    Clear,
    Delete,
    EditInDialog,
    AddAttribute,
    SelectPrivate,
    DeleteAllPrivate,
    RevertAll,
    ApplyScript,
    ScriptEditor,
    CopyValue,
    CopyRows,
    CopyTable,
    Find,
    SelectAll,
    ShowPatients,
    ShowDetails,
    TagOrder,
    ExpandSequences,
    CollapseSequences,
    ExpandTree,
    CollapseTree,
    UserGuide,
    About
};

/// What must be there for a command to make sense.
enum class Need {
    OpenFile = 0x001, ///< something is open
    Image = 0x002, ///< an image is selected
    Table = 0x004, ///< the table shows what is selected, read to the end
    Row = 0x008, ///< rows of the table are selected
    CurrentRow = 0x010,
    EditableRow = 0x020, ///< the current row's value can be edited
    Edit = 0x040,
    EditedImage = 0x080, ///< an image differs from its file
    Undoable = 0x100,
    Redoable = 0x200,
    InterruptedSave = 0x400
};
Q_DECLARE_FLAGS(Needs, Need)
Q_DECLARE_OPERATORS_FOR_FLAGS(Needs)

/// The actions of a window, one for each command. Words, shortcuts, icons and needs are one table; what a
/// command does is given by whoever does it. Lives on the window's thread.
class Commands : public QObject {
    Q_OBJECT
public:
    /// `ready` is asked before a command is carried out; where it says false, nothing happens.
    Commands(std::function<bool()> ready, QObject* window);

    QAction* operator[](Command command) const { return m_actions.value(command); }
    /// What the command does. It does nothing where it is disabled once ready() was asked.
    void on(Command command, std::function<void()> act);
    /// Enables the commands whose needs are all there.
    void offer(Needs there);
    /// "Undo Delete All Private": the word of the command and what it is about; empty: the word alone.
    void setSubject(Command command, const QString& subject);

private:
    std::function<bool()> m_ready;
    QHash<Command, QAction*> m_actions;
};

} // namespace ui
