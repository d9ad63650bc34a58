#pragma once

#include "core/edit/session.h"
#include "core/job/job.h"
#include "ui/saving/save_report.h"
#include "ui/saving/save_review.h"

#include <QDialog>
#include <atomic>
#include <memory>

class QLabel;
class QProgressBar;
class QPushButton;
class QStackedWidget;
class QTabWidget;
class QTimer;
class QTreeView;

namespace ui {

class Questions;
class SaveChoicePage;

/// Saves: where and which, what would change, the writing itself with progress and stop, and the report with
/// what remains. Nothing is written before the review was shown and its button, which names the deed and the
/// number of files, was pressed.
class SaveDialog : public QDialog {
    Q_OBJECT
public:
    /// Session and questions must outlive the dialog.
    SaveDialog(edit::Session& session, catalog::InstanceIds selected, Questions& questions,
               QWidget* parent = nullptr);
    ~SaveDialog() override;
    /// Chooses to overwrite, with the originals in this folder, as a save that is gone on with did.
    void proposeOverwriting(const QString& originals);

    /// Instances whose files were replaced, ascending; whatever exec() returned.
    catalog::InstanceIds overwritten() const;
    /// True when copies of all edited instances were written, so that no edit is unsaved.
    bool savedCopy() const;

    /// The folder that originals were kept in; empty: none were.
    QString keptOriginals() const;

public Q_SLOTS:
    void reject() override;

private:
    enum class Step { Choosing, Reviewing, Reviewed, Writing, Stopping, Reported };
    /// Shared with the worker that writes.
    struct Progress {
        std::atomic<bool> stop{false};
        std::atomic<int> done{0};
        std::atomic<int> total{0};
    };

    QWidget* makeReviewPage();
    QWidget* makeProgressPage();
    QWidget* makeReportPage();
    QWidget* makeButtons();
    void enter(Step step);
    void showButtons();
    void showHeading(const QString& heading, const QString& note);
    void showHeadingIcon();
    void goOn();
    void goBack();
    void startReview();
    void showReview(SaveReview review);
    QString reviewHeading() const;
    QString reviewNote() const;
    QString reportNote() const;
    void startWriting();
    void showProgress();
    void requestStop();
    void showReport(job::JobReport report);
    void showRemains(const QList<residue::Remainder>& remainders);
    void copyReport();
    bool overwrites() const { return m_destination.kind == writer::Destination::Kind::Overwrite; }
    QString deed() const;

    edit::Session& m_session;
    edit::Lane m_reviewing;
    catalog::InstanceIds m_selected;
    Step m_step = Step::Choosing;
    writer::Destination m_destination;
    QList<catalog::InstancePtr> m_instances; ///< chosen ones
    edit::EditList m_edits; ///< as they were reviewed
    SaveReview m_review;
    writer::WriteReport m_report;
    std::shared_ptr<Progress> m_progress;
    ChangeModel* m_changes;
    PlannedFileModel* m_files;
    NoticeModel* m_notices;
    OutcomeModel* m_outcomes;
    RemainderModel* m_remains;
    QTimer* m_timer;

    QStackedWidget* m_pages;
    SaveChoicePage* m_choice;
    QLabel* m_icon;
    QLabel* m_heading;
    QLabel* m_note;
    QTabWidget* m_reviewTabs = nullptr;
    QTreeView* m_changeView = nullptr;
    QTreeView* m_fileView = nullptr;
    QTreeView* m_noticeView = nullptr;
    QLabel* m_noticeTitle = nullptr;
    QProgressBar* m_bar = nullptr;
    QLabel* m_barText = nullptr;
    QTabWidget* m_reportTabs = nullptr;
    QTreeView* m_outcomeView = nullptr;
    QTreeView* m_remainView = nullptr;
    QLabel* m_remainNote = nullptr;
    QLabel* m_obstacle = nullptr;
    QPushButton* m_back = nullptr;
    QPushButton* m_copy = nullptr;
    QPushButton* m_go = nullptr;
    QPushButton* m_close = nullptr;
};

} // namespace ui
