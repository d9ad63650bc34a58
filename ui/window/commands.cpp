#include "ui/window/commands.h"

#include "ui/widgets/icons.h"

#include <iterator>

namespace ui {

namespace {

/// Where a shortcut is heard: everywhere in the window, or in the part that the action was added to, whose
/// editors have a meaning of their own for the key.
enum class Reach { Window, Part };

struct Spec {
    Command command;
    const char* text; ///< with its mnemonic
    const char* tip;
    const char* keys = ""; ///< shortcuts, with "; " between; the same in every language
    const char* icon = "";
    Needs needs = {};
    Reach reach = Reach::Window;
};

#define WORDS(text) QT_TRANSLATE_NOOP("ui::Commands", text)

const Spec specs[] = {
    {Command::OpenFolder, WORDS("&Open Folder…"), WORDS("Opens all images in a folder and the folders in it"),
     "Ctrl+O", "folder-open"},
    {Command::OpenFiles, WORDS("Open &Files…"), WORDS("Opens single files"), "Ctrl+Shift+O", "document-open"},
    {Command::OpenInNewWindow, WORDS("Open in &New Window…"), WORDS("Opens a folder in a window of its own"),
     "Ctrl+N", "window-new"},
    {Command::CloseSelected, WORDS("&Close Selected Files"),
     WORDS("Removes the selected images from the window; files stay on disk"), "", "", Need::Image},
    {Command::Save, WORDS("&Save…"), WORDS("Reviews the edits and writes the files"), "Ctrl+S",
     "document-save", Need::OpenFile},
    {Command::ExportEdits, WORDS("&Export Edits as Script…"),
     WORDS("Writes a script that does to the original files what your edits do"), "", "", Need::Edit},
    {Command::RestoreOriginals, WORDS("Restore Ori&ginals…"),
     WORDS("Puts the originals back that the last save kept")},
    {Command::Recover, WORDS("Reco&ver…"),
     WORDS("Brings a save to an end that was interrupted in an opened folder"), "", "",
     Need::InterruptedSave},
    {Command::CloseWindow, WORDS("Close &Window"), WORDS("Closes this window"), "Ctrl+W", "window-close"},
    {Command::Quit, WORDS("&Quit"), WORDS("Closes all windows"), "Ctrl+Q", "application-exit"},

    {Command::Undo, WORDS("&Undo"), WORDS("Takes the latest edit back"), "Ctrl+Z", "edit-undo",
     Need::Undoable},
    {Command::Redo, WORDS("&Redo"), WORDS("Redoes the edit that was undone"), "Ctrl+Y; Ctrl+Shift+Z",
     "edit-redo", Need::Redoable},
    {Command::Keep, WORDS("&Keep"), WORDS("Gives the selected attributes their original values again"), "",
     "", Need::Image | Need::Table | Need::Row},
    {Command::Clear, WORDS("&Clear"), WORDS("Empties the selected attributes"), "", "edit-clear",
     Need::Image | Need::Table | Need::Row},
    {Command::Delete, WORDS("&Delete"), WORDS("Deletes the selected attributes"), "Del", "edit-delete",
     Need::Image | Need::Table | Need::Row, Reach::Part},
    {Command::EditInDialog, WORDS("&Edit Value in Dialog…"),
     WORDS("Edits long values, and values where the files differ"), "", "",
     Need::Image | Need::Table | Need::EditableRow},
    {Command::AddAttribute, WORDS("Add New &Attribute…"), WORDS("Adds an attribute to the selected images"),
     "Ctrl+I", "list-add", Need::Image},
    {Command::SelectPrivate, WORDS("Select &Private"), WORDS("Selects all private rows of the table"), "", "",
     Need::Image | Need::Table},
    {Command::DeleteAllPrivate, WORDS("Delete All Pr&ivate"),
     WORDS("Deletes every private attribute of all or the selected images, in sequences too"), "", "",
     Need::Image},
    {Command::RevertAll, WORDS("Re&vert All"),
     WORDS("Gives all or the selected images their original values again"), "", "",
     Need::Image | Need::EditedImage},
    {Command::ApplyScript, WORDS("Apply &Script…"), WORDS("Applies a de-identification script to the images"),
     "Ctrl+D", "text-x-script", Need::OpenFile},
    {Command::ScriptEditor, WORDS("Script Edi&tor…"), WORDS("Writes scripts and tries them"), "Ctrl+E"},
    {Command::CopyValue, WORDS("C&opy Value"), WORDS("Copies the whole value of the current row"), "Ctrl+C",
     "edit-copy", Need::CurrentRow, Reach::Part},
    {Command::CopyRows, WORDS("Copy Ro&ws"), WORDS("Copies the selected rows"), "Ctrl+Shift+C", "", Need::Row,
     Reach::Part},
    {Command::CopyTable, WORDS("Copy Ta&ble"), WORDS("Copies all rows that are shown"), "", "",
     Need::Image | Need::Table},
    {Command::Find, WORDS("&Find…"), WORDS("Goes to the filter box"), "Ctrl+F", "edit-find"},
    {Command::SelectAll, WORDS("Select A&ll"), WORDS("Selects all rows of the table, or all patients"),
     "Ctrl+A"},

    {Command::ShowPatients, WORDS("&Patients"), WORDS("Shows or hides the tree")},
    {Command::ShowDetails, WORDS("&Details"), WORDS("Shows or hides the whole value below the table")},
    {Command::TagOrder, WORDS("Tag &Order"), WORDS("Sorts the table by tag again")},
    {Command::ExpandSequences, WORDS("&Expand All Sequences"), WORDS("Opens all sequences of the table"), "",
     "", Need::Image | Need::Table},
    {Command::CollapseSequences, WORDS("&Collapse All Sequences"), WORDS("Closes all sequences of the table"),
     "", "", Need::Image | Need::Table},
    {Command::ExpandTree, WORDS("E&xpand Tree"), WORDS("Opens patients and studies in the tree")},
    {Command::CollapseTree, WORDS("C&ollapse Tree"), WORDS("Closes everything in the tree")},

    {Command::UserGuide, WORDS("&User Guide"), WORDS("Opens the user guide"), "F1", "help-contents"},
    {Command::About, WORDS("&About DicomBrowser"), WORDS("Version and licence")},
};

#undef WORDS

const Spec& specOf(Command command)
{
    return *std::find_if(std::begin(specs), std::end(specs),
                         [command](const Spec& spec) { return spec.command == command; });
}

} // namespace

Commands::Commands(std::function<bool()> ready, QObject* window)
    : QObject(window)
    , m_ready(std::move(ready))
{
    for (const Spec& spec : specs) {
        auto* action = new QAction(tr(spec.text), this);
        action->setStatusTip(tr(spec.tip));
        action->setShortcuts(QKeySequence::listFromString(QString::fromLatin1(spec.keys)));
        if (spec.reach == Reach::Part)
            action->setShortcutContext(Qt::WidgetWithChildrenShortcut);
        if (*spec.icon != '\0')
            action->setIcon(icon(QString::fromLatin1(spec.icon)));
        m_actions.insert(spec.command, action);
    }
}

void Commands::on(Command command, std::function<void()> act)
{
    QAction* action = m_actions.value(command);
    connect(action, &QAction::triggered, this, [this, action, act = std::move(act)] {
        if (m_ready() && action->isEnabled())
            act();
    });
}

void Commands::offer(Needs there)
{
    for (const Spec& spec : specs)
        m_actions.value(spec.command)->setEnabled((spec.needs & ~there) == Needs());
}

void Commands::setSubject(Command command, const QString& subject)
{
    const QString word = tr(specOf(command).text);
    m_actions.value(command)->setText(subject.isEmpty() ? word : tr("%1 %2").arg(word, subject));
}

} // namespace ui
