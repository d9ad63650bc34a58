// What the main window asks in dialogs, and what comes of the answers.

#include "ui/main_window.h"

#include "ui/attribute_pane.h"
#include "ui/dialogs/add_attribute_dialog.h"
#include "ui/dialogs/apply_script_dialog.h"
#include "ui/dialogs/edit_value_dialog.h"
#include "ui/dialogs/save_dialog.h"
#include "ui/guide_window.h"
#include "ui/recent_folders.h"

#include <QMessageBox>

namespace ui {

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
    auto* window = new MainWindow(m_questions, m_session.evaluator().context());
    window->show();
    window->open({folder});
}

void MainWindow::applyScript()
{
    ApplyScriptDialog dialog(m_session, m_selected, m_questions, this);
    if (dialog.exec() == QDialog::Accepted)
        m_editing->pushUnlessMerging(dialog.edit());
}

void MainWindow::save()
{
    SaveDialog dialog(m_session, m_selected, m_questions, this);
    dialog.exec();
    if (!dialog.overwritten().isEmpty()) {
        m_session.reload(dialog.overwritten());
        m_editing->rebuild();
    }
    if (dialog.savedCopy())
        m_session.markSaved();
    updateTitle();
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
