// What the main window asks in dialogs, and what comes of the answers.

#include "ui/window/main_window.h"

#include "ui/attributes/add_attribute_dialog.h"
#include "ui/attributes/attribute_pane.h"
#include "ui/attributes/edit_value_dialog.h"
#include "ui/saving/recovery.h"
#include "ui/saving/save_dialog.h"
#include "ui/scripts/apply_script_dialog.h"
#include "ui/scripts/leave_out_dialog.h"
#include "ui/scripts/script_editor.h"
#include "ui/widgets/guide_window.h"
#include "ui/widgets/message_bar.h"
#include "ui/widgets/parts.h"
#include "ui/widgets/recent_folders.h"
#include "ui/window/status_bar.h"

#include <QDir>
#include <QMessageBox>
#include <QSaveFile>
#include <QStandardPaths>

namespace ui {

namespace {

constexpr int messageTime = 15'000; // milliseconds

} // namespace

void MainWindow::openFolder()
{
    const QString folder = m_questions.folder(this, tr("Open Folder"), RecentFolders::startFolder());
    if (!folder.isEmpty())
        open({folder});
}

void MainWindow::openFiles()
{
    open(m_questions.openFiles(this, RecentFolders::startFolder()));
}

void MainWindow::openInNewWindow()
{
    const QString folder =
        m_questions.folder(this, tr("Open Folder in New Window"), RecentFolders::startFolder());
    if (folder.isEmpty())
        return;
    openWindow({folder}, m_session.evaluator().context());
}

MainWindow* MainWindow::openWindow(const QStringList& paths, const edit::Context& context)
{
    auto* window = new MainWindow(m_questions, context); // deletes itself when it is closed
    window->show();
    window->open(paths);
    return window;
}

void MainWindow::applyScript()
{
    ApplyScriptDialog dialog(m_session, m_selected, m_questions, this);
    runScriptDialog(dialog);
}

void MainWindow::runScriptDialog(ApplyScriptDialog& dialog)
{
    if (dialog.exec() == QDialog::Accepted)
        m_editing->pushUnlessMerging(dialog.edit());
    else if (dialog.wantedInEditor()) {
        showScriptEditor();
        (void)m_scriptEditor->open(*dialog.wantedInEditor());
    }
}

void MainWindow::showScriptEditor()
{
    if (!m_scriptEditor) {
        // A window of its own, not one that stays above this one; the destructor deletes it at the latest.
        m_scriptEditor = new ScriptEditor(m_session, m_questions);
        m_scriptEditor->setWindowIcon(windowIcon());
        m_scriptEditor->setAttribute(Qt::WA_DeleteOnClose);
        m_scriptEditor->setInstance(m_selected.value(0, -1));
        connect(m_scriptEditor, &ScriptEditor::applyWanted, this, [this](const ScriptDraft& draft) {
            if (!commitTyped())
                return;
            settleSelection();
            ApplyScriptDialog dialog(m_session, m_selected, m_questions, m_scriptEditor);
            dialog.showDraft(draft);
            runScriptDialog(dialog);
        });
    }
    m_scriptEditor->show();
    m_scriptEditor->raise();
    m_scriptEditor->activateWindow();
}

void MainWindow::save()
{
    SaveDialog dialog(m_session, m_selected, m_questions, this);
    if (!m_originals.isEmpty())
        dialog.proposeOverwriting(m_originals);
    dialog.exec();
    if (!dialog.overwritten().isEmpty()) {
        m_session.reload(dialog.overwritten());
        m_editing->rebuild();
    }
    if (dialog.savedCopy())
        m_session.markSaved();
    offerOriginals(dialog);
    updateTitle();
}

/// Whoever overwrites without keeping the originals cannot go back to those of an earlier save either.
void MainWindow::offerOriginals(const SaveDialog& dialog)
{
    const QString button = tr("Restore Originals…");
    const QString kept = dialog.keptOriginals();
    if (kept.isEmpty() && dialog.overwritten().isEmpty())
        return;
    m_recovering->setOriginals(kept);
    if (kept.isEmpty())
        m_message->withdraw(button);
    else
        m_message->say(tr("The originals are in %1.").arg(shownPath(kept)), button,
                       [this] { m_recovering->restore(); });
}

void MainWindow::exportEdits()
{
    const QString path =
        m_questions.exportedScript(this, QStandardPaths::writableLocation(QStandardPaths::DocumentsLocation));
    if (path.isEmpty())
        return;
    m_status->showMessage(tr("Writing the script and trying it on the originals…"));
    m_session.run(QStringLiteral("export-script"), this,
                  [this, path, instances = m_session.instances(m_session.allIds()), edits = m_session.edits(),
                   context = m_session.evaluator().context()](const edit::Session::Work& work) {
                      const auto exported = exporter::exportScript(instances, edits, context, work.cancelled);
                      return [this, path, exported] { writeExported(exported, path); };
                  });
}

void MainWindow::writeExported(const exporter::ExportedScript& exported, const QString& path)
{
    m_status->clearMessage();
    if (!exported.leftOut.isEmpty()) {
        LeaveOutDialog dialog(exported, this);
        if (dialog.exec() != QDialog::Accepted) {
            m_status->showMessage(tr("No script was written."), messageTime);
            return;
        }
    }
    QSaveFile file(path);
    const QByteArray text = exported.text.toUtf8();
    if (!file.open(QIODevice::WriteOnly) || file.write(text) != text.size() || !file.commit()) {
        m_questions.ask(this,
                        {Questions::Kind::Warning, tr("Export Edits as Script"),
                         tr("The script could not be written: %1.").arg(file.errorString()),
                         tr("Choose another folder or name.")});
        return;
    }
    const QString done = tr("The edits were exported to %1.").arg(QDir::toNativeSeparators(path));
    m_status->showMessage(exported.namesOriginals ? done + u' '
                                  + tr("The script holds original IDs or UIDs: keep it with the originals.")
                                                  : done,
                          messageTime);
}

void MainWindow::addAttribute()
{
    AddAttributeDialog dialog(m_session, m_selected, this);
    if (dialog.exec() != QDialog::Accepted)
        return;
    m_editing->pushUnlessMerging(dialog.edit());
    const auto* operations = std::get_if<QList<edit::AttributeOperation>>(&dialog.edit()->operation);
    if (operations && !operations->isEmpty())
        m_attributes->showAttribute(operations->constFirst().path);
}

void MainWindow::editInDialog()
{
    const edit::MergedAttribute* current = m_attributes->currentAttribute();
    if (!current || !AttributeModel::isEditable(*current) || !m_attributes->model().isCurrent())
        return;
    const edit::MergedAttribute attribute = *current;
    const edit::InstanceIds ids = m_attributes->model().instances();
    EditValueDialog dialog(attribute, static_cast<int>(ids.size()), this);
    if (dialog.exec() != QDialog::Accepted)
        return;
    switch (dialog.choice()) {
    case EditValueDialog::Choice::Set:
        m_editing->assignDecided(ids, attribute, dialog.text(), dialog.reencode());
        break;
    case EditValueDialog::Choice::Clear:
        m_editing->act(ids, {attribute}, edit::Action::Clear);
        break;
    case EditValueDialog::Choice::Delete:
        m_editing->act(ids, {attribute}, edit::Action::Delete);
        break;
    case EditValueDialog::Choice::Revert:
        m_editing->act(ids, {attribute}, edit::Action::Keep);
        break;
    }
}

void MainWindow::showGuide()
{
    (new GuideWindow(this))->show();
}

void MainWindow::showAbout()
{
    m_questions.ask(this,
                    {Questions::Kind::Information, tr("About DicomBrowser"),
                     QStringLiteral("DicomBrowser " DICOMBROWSER_VERSION),
                     tr("Shows, edits and de-identifies the metadata of DICOM images, many files at once.\n\n"
                        "BSD 2-Clause licence. Built with Qt %1 and DCMTK.")
                         .arg(QString::fromLatin1(qVersion()))});
}

} // namespace ui
