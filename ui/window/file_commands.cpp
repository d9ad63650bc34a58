#include "ui/window/file_commands.h"

#include "ui/saving/recovery.h"
#include "ui/saving/save_dialog.h"
#include "ui/scripts/leave_out_dialog.h"
#include "ui/widgets/questions.h"
#include "ui/widgets/recent_folders.h"
#include "ui/window/commands.h"
#include "ui/window/editing.h"
#include "ui/window/notices.h"

#include <QDir>
#include <QLocale>
#include <QSaveFile>
#include <QStandardPaths>
#include <QStatusBar>
#include <algorithm>

namespace ui {

namespace {

constexpr int messageTime = 15'000; // milliseconds

} // namespace

FileCommands::FileCommands(const Parts& parts, QObject* parent)
    : QObject(parent)
    , m_parts(parts)
{
}

void FileCommands::bind(Commands& commands)
{
    commands.on(Command::OpenFolder, [this] { openFolder(); });
    commands.on(Command::OpenFiles, [this] { openFiles(); });
    commands.on(Command::OpenInNewWindow, [this] { openInNewWindow(); });
    commands.on(Command::Save, [this] { save(); });
    commands.on(Command::ExportEdits, [this] { exportEdits(); });
    commands.on(Command::RestoreOriginals, [this] { m_parts.recovering.restore(); });
    commands.on(Command::Recover, [this] { m_parts.recovering.recover(); });
}

void FileCommands::openFolder()
{
    const QString folder =
        m_parts.questions.folder(&m_parts.window, tr("Open Folder"), RecentFolders::startFolder());
    if (!folder.isEmpty())
        Q_EMIT openWanted({folder});
}

void FileCommands::openFiles()
{
    Q_EMIT openWanted(m_parts.questions.openFiles(&m_parts.window, RecentFolders::startFolder()));
}

void FileCommands::openInNewWindow()
{
    const QString folder = m_parts.questions.folder(&m_parts.window, tr("Open Folder in New Window"),
                                                    RecentFolders::startFolder());
    if (!folder.isEmpty())
        Q_EMIT windowWanted(folder);
}

bool FileCommands::mayCloseFiles(const edit::InstanceIds& ids)
{
    const edit::Session& session = m_parts.session;
    const bool edited =
        std::any_of(ids.begin(), ids.end(), [&](edit::InstanceId id) { return session.isEdited(id); });
    if (!edited || session.isSaved())
        return true;
    const QString count = QLocale().toString(ids.size());
    return m_parts.questions.ask(&m_parts.window,
                                 {Questions::Kind::Warning,
                                  tr("Close Selected Files"),
                                  tr("Edits of these files have not been saved."),
                                  tr("Closing drops them. The files on disk stay as they are."),
                                  {tr("Close %1 Files").arg(count), tr("Cancel")},
                                  1})
        == 0;
}

bool FileCommands::mayCloseWindow()
{
    const auto edits = m_parts.session.edits().size();
    if (edits == 0 || m_parts.session.isSaved())
        return true;
    enum { SaveThem, Discard, Cancel };
    const QString count = edits == 1 ? tr("1 Edit") : tr("%1 Edits").arg(QLocale().toString(edits));
    const int answer = m_parts.questions.ask(&m_parts.window,
                                             {Questions::Kind::Warning,
                                              tr("Unsaved Edits"),
                                              tr("%1 not saved yet.").arg(count),
                                              tr("The files on disk are as they were."),
                                              {tr("Save…"), tr("Discard %1").arg(count), tr("Cancel")},
                                              Cancel});
    if (answer == SaveThem)
        save();
    return answer == Discard || m_parts.session.isSaved();
}

void FileCommands::save()
{
    SaveDialog dialog(m_parts.session, m_parts.selected(), m_parts.questions, &m_parts.window);
    if (!m_originals.isEmpty())
        dialog.proposeOverwriting(m_originals);
    dialog.exec();
    if (!dialog.overwritten().isEmpty()) {
        m_parts.session.reload(dialog.overwritten());
        m_parts.editing.rebuild();
    }
    if (dialog.savedCopy())
        m_parts.session.markSaved();
    // Whoever overwrites without keeping the originals cannot go back to those of an earlier save either.
    const QString kept = dialog.keptOriginals();
    if (!kept.isEmpty() || !dialog.overwritten().isEmpty()) {
        m_parts.recovering.setOriginals(kept);
        m_parts.notices.offerOriginals(kept);
    }
    Q_EMIT saved();
}

void FileCommands::exportEdits()
{
    const QString path = m_parts.questions.exportedScript(
        &m_parts.window, QStandardPaths::writableLocation(QStandardPaths::DocumentsLocation));
    if (path.isEmpty())
        return;
    edit::Session& session = m_parts.session;
    m_parts.status.showMessage(tr("Writing the script and trying it on the originals…"));
    session.run(m_exporting, this,
                [this, path, instances = session.instances(session.allIds()), edits = session.edits(),
                 context = session.evaluator().context()](const edit::Session::Work& work) {
                    const auto exported = exporter::exportScript(instances, edits, context, work.cancelled);
                    return [this, path, exported] { writeExported(exported, path); };
                });
}

void FileCommands::writeExported(const exporter::ExportedScript& exported, const QString& path)
{
    QStatusBar& status = m_parts.status;
    status.clearMessage();
    if (!exported.leftOut.isEmpty()) {
        LeaveOutDialog dialog(exported, &m_parts.window);
        if (dialog.exec() != QDialog::Accepted) {
            status.showMessage(tr("No script was written."), messageTime);
            return;
        }
    }
    QSaveFile file(path);
    const QByteArray text = exported.text.toUtf8();
    if (!file.open(QIODevice::WriteOnly) || file.write(text) != text.size() || !file.commit()) {
        m_parts.questions.ask(&m_parts.window,
                              {Questions::Kind::Warning, tr("Export Edits as Script"),
                               tr("The script could not be written: %1.").arg(file.errorString()),
                               tr("Choose another folder or name.")});
        return;
    }
    const QString done = tr("The edits were exported to %1.").arg(QDir::toNativeSeparators(path));
    status.showMessage(exported.namesOriginals ? done + u' '
                               + tr("The script holds original IDs or UIDs: keep it with the originals.")
                                               : done,
                       messageTime);
}

} // namespace ui
