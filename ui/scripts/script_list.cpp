#include "ui/scripts/script_list.h"

#include "core/job/scripts.h"
#include "ui/widgets/questions.h"

#include <QDir>
#include <QFileInfo>
#include <QLabel>
#include <QListWidget>
#include <QPushButton>
#include <QVBoxLayout>

namespace ui {

ScriptList::ScriptList(Questions& questions, QWidget* parent)
    : QWidget(parent)
    , m_questions(questions)
    , m_list(new QListWidget)
{
    auto* label = new QLabel(tr("Sc&ripts:"));
    m_list->setAccessibleName(tr("Scripts"));
    label->setBuddy(m_list);
    setFocusProxy(m_list);
    auto* browseButton = new QPushButton(tr("&Browse…"));
    browseButton->setAutoDefault(false);
    browseButton->setToolTip(tr("Choose a script file (.das)"));
    auto* editButton = new QPushButton(tr("&Edit…"));
    editButton->setAutoDefault(false);
    editButton->setToolTip(tr("Open the script in the script editor instead of applying it"));
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(label);
    layout->addWidget(m_list, 1);
    layout->addWidget(browseButton);
    layout->addWidget(editButton);
    connect(browseButton, &QPushButton::clicked, this, &ScriptList::browse);
    connect(editButton, &QPushButton::clicked, this, &ScriptList::editingWanted);
    connect(m_list, &QListWidget::currentRowChanged, this, [this](int row) {
        if (row >= 0)
            Q_EMIT chosen(m_drafts[row]);
    });
}

void ScriptList::showBundled()
{
    for (const QString& name : job::bundledScripts())
        showFile(QStringLiteral(":/schemes/%1.das").arg(name));
    m_list->setCurrentRow(0);
}

void ScriptList::showFile(const QString& path)
{
    for (int row = 0; row < m_list->count(); ++row)
        if (m_drafts[row].path == path) {
            m_list->setCurrentRow(row);
            Q_EMIT chosen(m_drafts[row]); // it may have been changed since
            return;
        }
    showDraft({QFileInfo(path).fileName(), path, {}});
}

void ScriptList::showDraft(const ScriptDraft& draft)
{
    auto* item = new QListWidgetItem(draft.name);
    item->setToolTip(draft.path.isEmpty()              ? tr("From the editor")
                         : draft.path.startsWith(u':') ? tr("Comes with the program")
                                                       : QDir::toNativeSeparators(draft.path));
    m_drafts << draft;
    m_list->addItem(item);
    m_list->setCurrentItem(item);
}

ScriptDraft ScriptList::current() const
{
    return m_drafts.value(m_list->currentRow());
}

void ScriptList::browse()
{
    const QString path = m_questions.openScript(this, {});
    if (!path.isEmpty())
        showFile(path);
}

} // namespace ui
