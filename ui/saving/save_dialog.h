#pragma once

#include "core/edit/session.h"
#include "core/job/job.h"
#include "ui/saving/save_review.h"

#include <QDialog>

class QLabel;
class QPushButton;
class QStackedWidget;

namespace ui {

class Questions;
class SaveChoicePage;
class SaveProgressPage;
class SaveReportPage;
class SaveReviewPage;

/// Saves: where and which, what would change, the writing itself with progress and stop, and the report with
/// what remains. Nothing is written before the review was shown and its button, which names the deed and the
/// number of files, was pressed.
class SaveDialog : public QDialog {
    Q_OBJECT
public:
    /// Session and questions must outlive the dialog.
    SaveDialog(edit::Session& session, catalog::InstanceIds selected, Questions& questions,
               QWidget* parent = nullptr);
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
    QWidget* makeButtons();
    void enter(Step step);
    void showButtons();
    void showHeading(const QString& heading, const QString& note);
    void showHeadingIcon();
    void goOn();
    void goBack();
    void startReview();
    void showReview(SaveReview review);
    void startWriting();
    void requestStop();
    void showReport(job::JobReport report);
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

    QStackedWidget* m_pages;
    SaveChoicePage* m_choice;
    SaveReviewPage* m_review;
    SaveProgressPage* m_progress;
    SaveReportPage* m_report;
    QLabel* m_icon;
    QLabel* m_heading;
    QLabel* m_note;
    QLabel* m_obstacle = nullptr;
    QPushButton* m_back = nullptr;
    QPushButton* m_copy = nullptr;
    QPushButton* m_go = nullptr;
    QPushButton* m_close = nullptr;
};

} // namespace ui
