#include "ui/saving/save_review_page.h"

#include "ui/widgets/parts.h"

#include <QLabel>
#include <QSplitter>
#include <QTabWidget>
#include <QTreeView>
#include <QVBoxLayout>
#include <algorithm>

namespace ui {

SaveReviewPage::SaveReviewPage(QWidget* parent)
    : QWidget(parent)
    , m_changes(makeChangeModel(this))
    , m_files(makePlannedFileModel(this))
    , m_notices(makeNoticeModel(this))
    , m_tabs(new QTabWidget)
    , m_changeView(makeTable(m_changes, tr("Changes")))
    , m_fileView(makeTable(m_files, tr("Planned files")))
    , m_noticeView(makeTable(m_notices, tr("To know before writing")))
    , m_noticeTitle(makeText())
{
    m_tabs->setAccessibleName(tr("What will be written"));
    m_tabs->addTab(m_changeView, tr("Changes"));
    m_tabs->addTab(m_fileView, tr("Files"));
    m_noticeTitle->setBuddy(m_noticeView);
    auto* below = new QWidget;
    auto* belowLayout = new QVBoxLayout(below);
    belowLayout->setContentsMargins(0, 0, 0, 0);
    belowLayout->addWidget(m_noticeTitle);
    belowLayout->addWidget(m_noticeView, 1);
    auto* splitter = new QSplitter(Qt::Vertical);
    splitter->setChildrenCollapsible(false);
    splitter->addWidget(m_tabs);
    splitter->addWidget(below);
    splitter->setStretchFactor(0, 3);
    splitter->setStretchFactor(1, 2);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(splitter);
    setFocusProxy(m_changeView);
}

void SaveReviewPage::clear()
{
    m_changes->setRecords({});
    m_files->setRecords({});
    m_notices->setRecords({});
    m_noticeView->parentWidget()->setVisible(false);
}

void SaveReviewPage::showReview(SaveReview review, const writer::Destination& destination)
{
    m_review = std::move(review);
    m_destination = destination;
    m_changes->setRecords(m_review.changes);
    m_files->setRecords(m_review.toWrite);
    m_notices->setRecords(m_review.notices);
    m_tabs->setTabText(0, tr("Changes (%1)").arg(m_review.changes.size()));
    m_tabs->setTabText(1, tr("Files (%1)").arg(m_review.toWrite.size()));
    m_noticeView->parentWidget()->setVisible(!m_review.notices.isEmpty());
    m_noticeTitle->setText(m_review.hasProblems() || notWritten() > 0 ? tr("Problems and warnings:")
                                                                      : tr("Good to know before writing:"));
    fitColumns(m_changeView, 32); // before and after have to be seen without scrolling
    const int tagWidth = fontMetrics().averageCharWidth() * 18;
    m_changeView->setColumnWidth(0, std::min(m_changeView->columnWidth(0), tagWidth));
    fitColumns(m_fileView, 60);
    fitColumns(m_noticeView);
}

qsizetype SaveReviewPage::notWritten() const
{
    return m_review.plan.files.size() - m_review.toWrite.size() - m_review.leftAlone;
}

QString SaveReviewPage::heading() const
{
    const QString files = filesText(m_review.toWrite.size());
    if (m_review.hasProblems())
        return tr("Nothing can be written yet");
    if (overwrites())
        return tr("%1 will be replaced").arg(files);
    const QStringList folders = targetFolders(m_review.plan);
    if (folders.size() == 1)
        return tr("%1 will be written to %2").arg(files, shownPath(folders.first()));
    return tr("%1 will be written to %2 folders").arg(files).arg(folders.size());
}

QString SaveReviewPage::note() const
{
    if (m_review.hasProblems())
        return tr("Solve the problems below, or go back and choose another place.");
    QStringList notes;
    if (overwrites())
        notes << (m_destination.keepOriginalsIn.isEmpty()
                      ? tr("The originals are not kept: this cannot be undone.")
                      : tr("The originals are copied to %1 first.")
                            .arg(shownPath(m_destination.keepOriginalsIn)))
              << tr("Saving ends Undo for the edits of these files.");
    else
        notes << tr("The originals stay as they are.");
    if (m_review.unedited > 0)
        notes << tr("%1 will be copied as they are: no edit changes them.").arg(filesText(m_review.unedited));
    if (m_review.leftAlone > 0)
        notes << tr("%1 will be left alone: nothing in them changes.").arg(filesText(m_review.leftAlone));
    if (notWritten() > 0)
        notes << tr("%1 will not be written; see below.").arg(filesText(notWritten()));
    return notes.join(u' ');
}

QString SaveReviewPage::obstacle() const
{
    if (m_review.hasProblems())
        return tr("The problems above stand in the way.");
    if (!m_review.toWrite.isEmpty())
        return {};
    return m_review.leftAlone > 0 ? tr("Nothing changes, so there is nothing to write.")
                                  : tr("There is no file that could be written.");
}

} // namespace ui
