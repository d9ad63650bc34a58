#include "ui/saving/save_report_page.h"

#include "ui/saving/save_review.h"
#include "ui/widgets/parts.h"

#include <QLabel>
#include <QTabWidget>
#include <QTreeView>
#include <QVBoxLayout>
#include <algorithm>

namespace ui {

SaveReportPage::SaveReportPage(QWidget* parent)
    : QWidget(parent)
    , m_outcomes(makeOutcomeModel(this))
    , m_remains(makeRemainderModel(this))
    , m_tabs(new QTabWidget)
    , m_outcomeView(makeTable(m_outcomes, tr("Outcomes")))
    , m_remainView(makeTable(m_remains, tr("What remains")))
    , m_remainNote(makeText())
{
    auto* remains = new QWidget;
    auto* remainsLayout = new QVBoxLayout(remains);
    remainsLayout->addWidget(m_remainNote);
    remainsLayout->addWidget(m_remainView, 1);
    m_tabs->setAccessibleName(tr("Report"));
    m_tabs->addTab(m_outcomeView, tr("Files"));
    m_tabs->addTab(remains, tr("What Remains"));
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_tabs);
}

void SaveReportPage::showReport(job::JobReport report)
{
    m_written = std::move(report.written);
    m_outcomes->setRecords(sortedOutcomes(m_written));
    fitColumns(m_outcomeView, 70);
    const int bad = notWritten();
    m_tabs->setTabText(0,
                       bad > 0 ? tr("Not Written (%1) and Written").arg(bad)
                               : tr("Files (%1)").arg(m_written.files.size()));
    m_tabs->setCurrentIndex(bad > 0 ? 0 : 1);
    showRemains(report.remains);
}

catalog::InstanceIds SaveReportPage::doneIds() const
{
    catalog::InstanceIds ids;
    for (const writer::FileOutcome& outcome : m_written.files)
        if (outcome.isDone())
            ids << outcome.file.instance->id;
    std::sort(ids.begin(), ids.end());
    return ids;
}

int SaveReportPage::notWritten() const
{
    return m_written.notWritten() + m_written.count(writer::FileOutcome::Status::NotReached);
}

QString SaveReportPage::noteOfOverwriting(const QString& originals) const
{
    const QString done = notWritten() == 0
        ? tr("They took the place of the originals.")
        : tr("Files that were not written are as they were, and their edits are kept.");
    return originals.isEmpty() || m_written.written() == 0
        ? done
        : done + u' ' + tr("The originals are in %1.").arg(shownPath(originals));
}

QString SaveReportPage::noteOfCopies(const writer::Plan& plan) const
{
    const QStringList folders = targetFolders(plan);
    const QString where = folders.size() == 1 ? tr("They are in %1.").arg(shownPath(folders.first()))
                                              : tr("They are in %1 folders.").arg(folders.size());
    const QString originals = tr("The originals are as they were.");
    return m_written.written() > 0 ? where + u' ' + originals : originals;
}

void SaveReportPage::showRemains(const QList<residue::Remainder>& remainders)
{
    m_remains->setRecords(remainders);
    fitColumns(m_remainView);
    m_tabs->setTabText(1, tr("What Remains (%1)").arg(remainders.size()));
    m_remainNote->setText(
        remainders.isEmpty()
            ? tr("No names, IDs, dates, free text or private attributes were found in the written files.")
            : tr("These may still tell who the patient is. Look through them before you share the files."));
}

} // namespace ui
