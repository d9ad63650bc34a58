#include "ui/saving/save_dialog.h"

#include "ui/saving/save_choice_page.h"
#include "ui/saving/save_progress_page.h"
#include "ui/saving/save_report_page.h"
#include "ui/saving/save_review_page.h"
#include "ui/widgets/parts.h"
#include "ui/widgets/screen_fit.h"

#include <QApplication>
#include <QClipboard>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QScrollArea>
#include <QSet>
#include <QStackedWidget>
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

enum Page { ChoicePage, ReviewPage, ProgressPage, ReportPage };

} // namespace

SaveDialog::SaveDialog(edit::Session& session, catalog::InstanceIds selected, Questions& questions,
                       QWidget* parent)
    : QDialog(parent)
    , m_session(session)
    , m_selected(std::move(selected))
    , m_pages(new QStackedWidget)
    , m_choice(new SaveChoicePage(static_cast<int>(m_selected.size()), session.catalog().size(), questions))
    , m_review(new SaveReviewPage)
    , m_progress(new SaveProgressPage)
    , m_report(new SaveReportPage)
    , m_icon(new QLabel)
    , m_heading(makeHeading())
    , m_note(makeText())
{
    setWindowTitle(tr("Save"));
    m_pages->addWidget(scrollable(m_choice));
    m_pages->addWidget(m_review);
    m_pages->addWidget(m_progress);
    m_pages->addWidget(m_report);
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
    connect(m_choice, &SaveChoicePage::changed, this, &SaveDialog::showButtons);
    resizeWithinScreen(this, {fontMetrics().averageCharWidth() * 150, fontMetrics().height() * 34});
    m_choice->propose(session.instances(session.allIds()));
    enter(Step::Choosing);
}

void SaveDialog::proposeOverwriting(const QString& originals)
{
    m_choice->proposeOverwriting(originals);
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
    const QString files = filesTitle(m_review->review().toWrite.size());
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
    const bool problems = m_step == Step::Reviewed && m_review->review().hasProblems();
    const bool incomplete =
        m_step == Step::Reported && m_report->written().written() < m_report->written().files.size();
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
    const QString obstacle = choosing ? m_choice->obstacle()
        : m_step == Step::Reviewed    ? m_review->obstacle()
                                      : QString();
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
    m_review->clear();
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
    m_review->showReview(std::move(review), m_destination);
    showHeading(m_review->heading(), m_review->note());
    enter(Step::Reviewed);
    m_review->setFocus();
}

// --- writing

void SaveDialog::startWriting()
{
    const QString files = filesText(m_review->review().toWrite.size());
    showHeading(
        (overwrites() ? tr("Overwriting %1…") : tr("Writing %1…")).arg(files),
        m_choice->readsFromMedium()
            ? tr("Every file is read back from the medium and compared before it counts as written.")
            : tr("Every file is read back and compared before it counts as written; the system may answer "
                 "from its cache."));
    enter(Step::Writing);
    const auto shared = m_progress->begin(static_cast<int>(m_review->review().plan.files.size()));
    job::Job whole{m_instances, m_edits, m_destination};
    whole.writing.readFromMedium = m_choice->readsFromMedium();
    whole.writing.job.seed = m_session.evaluator().context().seed;
    m_session.run(this,
                  [this, whole, plan = m_review->review().plan, shared](const edit::Session::Work& work) {
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

void SaveDialog::requestStop()
{
    if (m_step != Step::Writing)
        return;
    m_progress->stop();
    enter(Step::Stopping);
}

// --- report

void SaveDialog::showReport(job::JobReport report)
{
    m_progress->end();
    for (const catalog::Issue& issue : m_session.issues())
        if (issue.kind == catalog::Issue::Kind::Incomplete)
            report.written.problems << Error{Error::Kind::Cancelled, issue.reason, issue.remedy, issue.path};
    m_report->showReport(std::move(report));
    showHeading(m_report->heading(),
                overwrites() ? m_report->noteOfOverwriting(m_destination.keepOriginalsIn)
                             : m_report->noteOfCopies(m_review->review().plan));
    enter(Step::Reported);
    m_close->setFocus();
}

void SaveDialog::copyReport()
{
    QApplication::clipboard()->setText(m_report->text());
    m_obstacle->setText(tr("The report was copied as text."));
}

// --- results

catalog::InstanceIds SaveDialog::overwritten() const
{
    return overwrites() ? m_report->doneIds() : catalog::InstanceIds();
}

QString SaveDialog::keptOriginals() const
{
    return m_report->written().written() > 0 ? m_review->review().plan.originals : QString();
}

bool SaveDialog::savedCopy() const
{
    const catalog::InstanceIds done = m_report->doneIds();
    return !overwrites() && !done.isEmpty()
        && std::all_of(m_edits.begin(), m_edits.end(), [&](const edit::EditPtr& edit) {
               return std::includes(done.begin(), done.end(), edit->instances.begin(), edit->instances.end());
           });
}

} // namespace ui
