#include "ui/saving/save_dialog.h"
#include "ui/widgets/screen_fit.h"

#include "ui/saving/save_choice_page.h"
#include "ui/widgets/parts.h"

#include <QApplication>
#include <QClipboard>
#include <QDir>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QLabel>
#include <QProgressBar>
#include <QPushButton>
#include <QScrollArea>
#include <QSet>
#include <QSplitter>
#include <QStackedWidget>
#include <QTabWidget>
#include <QTimer>
#include <QTreeView>
#include <QVBoxLayout>
#include <algorithm>

namespace ui {

namespace {

catalog::InstanceIds othersThan(const catalog::InstanceIds& all, const catalog::InstanceIds& chosen)
{
    const QSet<catalog::InstanceId> known(chosen.begin(), chosen.end());
    catalog::InstanceIds others;
    std::copy_if(all.begin(), all.end(), std::back_inserter(others),
                 [&](catalog::InstanceId id) { return !known.contains(id); });
    return others;
}

/// A new folder beside the first one that was opened.
QString originalsBeside(const QList<catalog::InstancePtr>& instances)
{
    if (instances.isEmpty())
        return {};
    const QString wanted = QDir::cleanPath(instances.first()->root()) + QStringLiteral("-originals");
    QString free = wanted;
    for (int number = 2; QFileInfo::exists(free); ++number)
        free = QStringLiteral("%1-%2").arg(wanted).arg(number);
    return free;
}

/// On a small screen the buttons must stay in sight.
QScrollArea* scrollable(QWidget* page)
{
    auto* area = new QScrollArea;
    area->setWidget(page);
    area->setWidgetResizable(true);
    area->setFrameShape(QFrame::NoFrame);
    return area;
}

enum Page { ChoicePage, ReviewPage, ProgressPage, ReportPage };

} // namespace

SaveDialog::SaveDialog(edit::Session& session, catalog::InstanceIds selected, Questions& questions,
                       QWidget* parent)
    : QDialog(parent)
    , m_session(session)
    , m_selected(std::move(selected))
    , m_changes(makeChangeModel(this))
    , m_files(makePlannedFileModel(this))
    , m_notices(makeNoticeModel(this))
    , m_outcomes(makeOutcomeModel(this))
    , m_remains(makeRemainderModel(this))
    , m_timer(new QTimer(this))
    , m_pages(new QStackedWidget)
    , m_choice(new SaveChoicePage(static_cast<int>(m_selected.size()), session.catalog().size(), questions))
    , m_icon(new QLabel)
    , m_heading(makeHeading())
    , m_note(makeText())
{
    setWindowTitle(tr("Save"));
    m_pages->addWidget(scrollable(m_choice));
    m_pages->addWidget(makeReviewPage());
    m_pages->addWidget(makeProgressPage());
    m_pages->addWidget(makeReportPage());
    auto* layout = new QVBoxLayout(this);
    auto* words = new QVBoxLayout;
    words->addWidget(m_heading);
    words->addWidget(m_note);
    auto* top = new QHBoxLayout;
    top->addWidget(m_icon);
    top->addLayout(words, 1);
    layout->addLayout(top);
    layout->addWidget(m_pages, 1);
    layout->addWidget(makeButtons());
    m_timer->setInterval(50);
    connect(m_timer, &QTimer::timeout, this, &SaveDialog::showProgress);
    connect(m_choice, &SaveChoicePage::changed, this, &SaveDialog::showButtons);
    resizeWithinScreen(this, {fontMetrics().averageCharWidth() * 150, fontMetrics().height() * 34});
    const auto instances = session.instances(session.allIds());
    const QString suffix = m_choice->destination().suffix;
    m_choice->proposeSuffixes(
        writer::freeSuffix(instances, writer::Destination::Kind::AdjacentFolder, suffix),
        writer::freeSuffix(instances, writer::Destination::Kind::SameFolder, suffix));
    m_choice->proposeOriginals(originalsBeside(instances));
    enter(Step::Choosing);
}

void SaveDialog::proposeOverwriting(const QString& originals)
{
    m_choice->proposeOverwriting(originals);
}

SaveDialog::~SaveDialog()
{
    if (m_progress)
        m_progress->stop = true;
}

// --- pages

QWidget* SaveDialog::makeReviewPage()
{
    m_changeView = makeTable(m_changes, tr("Changes"));
    m_fileView = makeTable(m_files, tr("Planned files"));
    m_noticeView = makeTable(m_notices, tr("To know before writing"));
    m_reviewTabs = new QTabWidget;
    m_reviewTabs->setAccessibleName(tr("What will be written"));
    m_reviewTabs->addTab(m_changeView, tr("Changes"));
    m_reviewTabs->addTab(m_fileView, tr("Files"));
    auto* below = new QWidget;
    auto* belowLayout = new QVBoxLayout(below);
    belowLayout->setContentsMargins(0, 0, 0, 0);
    m_noticeTitle = makeText();
    m_noticeTitle->setBuddy(m_noticeView);
    belowLayout->addWidget(m_noticeTitle);
    belowLayout->addWidget(m_noticeView, 1);
    auto* splitter = new QSplitter(Qt::Vertical);
    splitter->setChildrenCollapsible(false);
    splitter->addWidget(m_reviewTabs);
    splitter->addWidget(below);
    splitter->setStretchFactor(0, 3);
    splitter->setStretchFactor(1, 2);
    return splitter;
}

QWidget* SaveDialog::makeProgressPage()
{
    auto* page = new QWidget;
    m_bar = new QProgressBar;
    m_bar->setAccessibleName(tr("Progress"));
    m_barText = makeText();
    auto* layout = new QVBoxLayout(page);
    layout->addStretch();
    layout->addWidget(m_bar);
    layout->addWidget(m_barText);
    layout->addStretch();
    return page;
}

QWidget* SaveDialog::makeReportPage()
{
    m_outcomeView = makeTable(m_outcomes, tr("Outcomes"));
    m_remainView = makeTable(m_remains, tr("What remains"));
    m_remainNote = makeText();
    auto* remains = new QWidget;
    auto* layout = new QVBoxLayout(remains);
    layout->addWidget(m_remainNote);
    layout->addWidget(m_remainView, 1);
    m_reportTabs = new QTabWidget;
    m_reportTabs->setAccessibleName(tr("Report"));
    m_reportTabs->addTab(m_outcomeView, tr("Files"));
    m_reportTabs->addTab(remains, tr("What Remains"));
    return m_reportTabs;
}

QWidget* SaveDialog::makeButtons()
{
    auto* row = new QWidget;
    auto* layout = new QHBoxLayout(row);
    layout->setContentsMargins(0, 0, 0, 0);
    m_obstacle = makeText();
    m_copy = new QPushButton(tr("Cop&y Report"));
    m_back = new QPushButton(tr("&Back"));
    m_go = new QPushButton;
    m_close = new QPushButton;
    layout->addWidget(m_copy);
    layout->addWidget(m_obstacle, 1);
    for (QPushButton* button : {m_back, m_go, m_close})
        layout->addWidget(button);
    for (QPushButton* button : {m_copy, m_back, m_go, m_close})
        button->setAutoDefault(false);
    connect(m_copy, &QPushButton::clicked, this, &SaveDialog::copyReport);
    connect(m_back, &QPushButton::clicked, this, &SaveDialog::goBack);
    connect(m_go, &QPushButton::clicked, this, &SaveDialog::goOn);
    connect(m_close, &QPushButton::clicked, this, &SaveDialog::reject);
    return row;
}

// --- steps

void SaveDialog::enter(Step step)
{
    m_step = step;
    static const QHash<Step, Page> pages = {{Step::Choosing, ChoicePage},   {Step::Reviewing, ReviewPage},
                                            {Step::Reviewed, ReviewPage},   {Step::Writing, ProgressPage},
                                            {Step::Stopping, ProgressPage}, {Step::Reported, ReportPage}};
    m_pages->setCurrentIndex(pages.value(step));
    if (step == Step::Choosing) {
        showHeading(tr("Where do the files go, and which?"),
                    tr("Nothing is written before you have seen what would change."));
    } else if (step == Step::Reviewing) {
        showHeading(tr("Looking at what would change…"), filesText(m_instances.size()));
    }
    showHeadingIcon();
    showButtons();
}

QString SaveDialog::deed() const
{
    const QString files = filesTitle(m_review.toWrite.size());
    return overwrites() ? tr("&Overwrite %1").arg(files) : tr("&Write %1").arg(files);
}

void SaveDialog::showHeading(const QString& heading, const QString& note)
{
    m_heading->setText(heading);
    m_note->setText(note);
}

/// What is dangerous or went wrong, at a glance.
void SaveDialog::showHeadingIcon()
{
    const bool problems = m_step == Step::Reviewed && m_review.hasProblems();
    const bool incomplete = m_step == Step::Reported && m_report.written() < m_report.files.size();
    const bool irrevocable = m_step == Step::Reviewed && overwrites();
    m_icon->setVisible(false);
    if (problems)
        showIcon(m_icon, QStyle::SP_MessageBoxCritical);
    else if (incomplete || irrevocable)
        showIcon(m_icon, QStyle::SP_MessageBoxWarning);
}

void SaveDialog::showButtons()
{
    const bool choosing = m_step == Step::Choosing;
    const bool reviewing = m_step == Step::Reviewing || m_step == Step::Reviewed;
    const bool writing = m_step == Step::Writing || m_step == Step::Stopping;
    const bool reported = m_step == Step::Reported;
    QString obstacle = choosing ? m_choice->obstacle() : QString();
    if (m_step == Step::Reviewed && m_review.hasProblems())
        obstacle = tr("The problems above stand in the way.");
    else if (m_step == Step::Reviewed && m_review.toWrite.isEmpty())
        obstacle = m_review.leftAlone > 0 ? tr("Nothing changes, so there is nothing to write.")
                                          : tr("There is no file that could be written.");
    m_obstacle->setText(obstacle);
    m_copy->setVisible(reported);
    m_back->setVisible(reviewing);
    m_go->setVisible(choosing || reviewing);
    m_go->setEnabled(obstacle.isEmpty() && m_step != Step::Reviewing);
    m_go->setText(choosing ? tr("&Review Changes…") : m_step == Step::Reviewing ? tr("Write…") : deed());
    m_close->setText(writing ? tr("&Stop") : reported ? tr("Close") : tr("Cancel"));
    m_close->setEnabled(m_step != Step::Stopping);
    QPushButton* usual = choosing || (reviewing && !overwrites()) ? m_go : reviewing ? m_back : m_close;
    usual->setDefault(true);
}

void SaveDialog::goOn()
{
    if (m_step == Step::Choosing)
        startReview();
    else if (m_step == Step::Reviewed)
        startWriting();
}

void SaveDialog::goBack()
{
    m_reviewing.cancel();
    enter(Step::Choosing);
}

void SaveDialog::reject()
{
    if (m_step == Step::Writing || m_step == Step::Stopping)
        requestStop();
    else if (m_step == Step::Reported)
        accept();
    else
        QDialog::reject();
}

// --- review

void SaveDialog::startReview()
{
    m_destination = m_choice->destination();
    m_instances = m_session.instances(m_choice->allFiles() ? m_session.allIds() : m_selected);
    m_edits = m_session.edits();
    m_changes->setRecords({});
    m_files->setRecords({});
    m_notices->setRecords({});
    m_noticeView->parentWidget()->setVisible(false);
    enter(Step::Reviewing);
    SaveRequest request{m_instances, {}, m_session.issues(), m_edits, m_destination};
    if (!m_choice->allFiles())
        request.others = m_session.instances(othersThan(m_session.allIds(), m_selected));
    m_session.run(m_reviewing, this, [this, request](const edit::Session::Work& work) {
        auto review = std::make_shared<SaveReview>(reviewSave(request, work.evaluator, work.cancelled));
        return [this, review] { showReview(std::move(*review)); };
    });
}

void SaveDialog::showReview(SaveReview review)
{
    m_review = std::move(review);
    m_changes->setRecords(m_review.changes);
    m_files->setRecords(m_review.toWrite);
    m_notices->setRecords(m_review.notices);
    m_reviewTabs->setTabText(0, tr("Changes (%1)").arg(m_review.changes.size()));
    m_reviewTabs->setTabText(1, tr("Files (%1)").arg(m_review.toWrite.size()));
    m_noticeView->parentWidget()->setVisible(!m_review.notices.isEmpty());
    m_noticeTitle->setText(
        m_review.hasProblems() || m_review.toWrite.size() + m_review.leftAlone < m_review.plan.files.size()
            ? tr("Problems and warnings:")
            : tr("Good to know before writing:"));
    fitColumns(m_changeView, 32); // before and after have to be seen without scrolling
    const int tagWidth = fontMetrics().averageCharWidth() * 18;
    m_changeView->setColumnWidth(0, std::min(m_changeView->columnWidth(0), tagWidth));
    fitColumns(m_fileView, 60);
    fitColumns(m_noticeView);
    showHeading(reviewHeading(), reviewNote());
    enter(Step::Reviewed);
    m_changeView->setFocus();
}

QString SaveDialog::reviewHeading() const
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

QString SaveDialog::reviewNote() const
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
    if (const auto left = m_review.plan.files.size() - m_review.toWrite.size() - m_review.leftAlone; left > 0)
        notes << tr("%1 will not be written; see below.").arg(filesText(left));
    return notes.join(u' ');
}

// --- writing

void SaveDialog::startWriting()
{
    m_progress = std::make_shared<Progress>();
    m_progress->total = static_cast<int>(m_review.plan.files.size());
    showHeading(
        (overwrites() ? tr("Overwriting %1…") : tr("Writing %1…")).arg(filesText(m_review.toWrite.size())),
        m_choice->readsFromMedium()
            ? tr("Every file is read back from the medium and compared before it counts as written.")
            : tr("Every file is read back and compared before it counts as written; the system may answer "
                 "from its cache."));
    enter(Step::Writing);
    showProgress();
    m_timer->start();
    job::Job whole{m_instances, m_edits, m_destination};
    whole.writing.readFromMedium = m_choice->readsFromMedium();
    whole.writing.job.seed = m_session.evaluator().context().seed;
    m_session.run(this,
                  [this, whole, plan = m_review.plan, shared = m_progress](const edit::Session::Work& work) {
                      const auto progress = [&](int done, int total) {
                          shared->done = done;
                          shared->total = total;
                          if (work.cancelled)
                              shared->stop = true;
                      };
                      auto report = std::make_shared<job::JobReport>(
                          job::run(whole, plan, work.evaluator, shared->stop, progress));
                      return [this, report] { showReport(std::move(*report)); };
                  });
}

void SaveDialog::showProgress()
{
    m_bar->setMaximum(std::max(1, m_progress->total.load()));
    m_bar->setValue(m_progress->done);
    const QString text =
        tr("%1 of %2").arg(QLocale().toString(m_progress->done.load()), filesText(m_progress->total));
    m_barText->setText(
        m_step == Step::Stopping
            ? tr("%1. Finishing the files that are being written; those that are done stay done.").arg(text)
            : text);
}

void SaveDialog::requestStop()
{
    if (m_step != Step::Writing)
        return;
    m_progress->stop = true;
    enter(Step::Stopping);
    showProgress();
}

// --- report

void SaveDialog::showReport(job::JobReport report)
{
    m_timer->stop();
    m_report = std::move(report.written);
    for (const catalog::Issue& issue : m_session.issues())
        if (issue.kind == catalog::Issue::Kind::Incomplete)
            m_report.problems << Error{Error::Kind::Cancelled, issue.reason, issue.remedy, issue.path};
    m_outcomes->setRecords(sortedOutcomes(m_report));
    fitColumns(m_outcomeView, 70);
    showHeading(headline(m_report), reportNote());
    const int bad = m_report.notWritten() + m_report.count(writer::FileOutcome::Status::NotReached);
    m_reportTabs->setTabText(0,
                             bad > 0 ? tr("Not Written (%1) and Written").arg(bad)
                                     : tr("Files (%1)").arg(m_report.files.size()));
    enter(Step::Reported);
    m_reportTabs->setCurrentIndex(bad > 0 ? 0 : 1);
    m_close->setFocus();
    showRemains(report.remains);
}

QString SaveDialog::reportNote() const
{
    if (overwrites()) {
        const QString done =
            m_report.notWritten() == 0 && m_report.count(writer::FileOutcome::Status::NotReached) == 0
            ? tr("They took the place of the originals.")
            : tr("Files that were not written are as they were, and their edits are kept.");
        const QString kept = m_destination.keepOriginalsIn;
        return kept.isEmpty() || m_report.written() == 0
            ? done
            : done + u' ' + tr("The originals are in %1.").arg(shownPath(kept));
    }
    const QStringList folders = targetFolders(m_review.plan);
    const QString where = folders.size() == 1 ? tr("They are in %1.").arg(shownPath(folders.first()))
                                              : tr("They are in %1 folders.").arg(folders.size());
    const QString originals = tr("The originals are as they were.");
    return m_report.written() > 0 ? where + u' ' + originals : originals;
}

void SaveDialog::showRemains(const QList<residue::Remainder>& remainders)
{
    m_remains->setRecords(remainders);
    fitColumns(m_remainView);
    m_reportTabs->setTabText(1, tr("What Remains (%1)").arg(remainders.size()));
    m_remainNote->setText(
        remainders.isEmpty()
            ? tr("No names, IDs, dates, free text or private attributes were found in the written files.")
            : tr("These may still tell who the patient is. Look through them before you share the files."));
}

void SaveDialog::copyReport()
{
    QApplication::clipboard()->setText(reportText(m_report, m_remains->records()));
    m_obstacle->setText(tr("The report was copied as text."));
}

// --- results

catalog::InstanceIds SaveDialog::overwritten() const
{
    catalog::InstanceIds ids;
    if (!overwrites())
        return ids;
    for (const writer::FileOutcome& outcome : m_report.files)
        if (outcome.isDone())
            ids << outcome.file.instance->id;
    std::sort(ids.begin(), ids.end());
    return ids;
}

QString SaveDialog::keptOriginals() const
{
    return m_report.written() > 0 ? m_review.plan.originals : QString();
}

bool SaveDialog::savedCopy() const
{
    if (overwrites() || m_report.files.isEmpty())
        return false;
    QSet<catalog::InstanceId> written;
    for (const writer::FileOutcome& outcome : m_report.files)
        if (outcome.isDone())
            written.insert(outcome.file.instance->id);
    return std::all_of(m_edits.begin(), m_edits.end(), [&](const edit::EditPtr& edit) {
        return std::all_of(edit->instances.begin(), edit->instances.end(),
                           [&](catalog::InstanceId id) { return written.contains(id); });
    });
}

} // namespace ui
