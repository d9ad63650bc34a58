#pragma once

#include "ui/saving/save_review.h"

#include <QWidget>

class QLabel;
class QTabWidget;
class QTreeView;

namespace ui {

/// What a save would do: changes, files, and what is to be known before; with the words above them.
class SaveReviewPage : public QWidget {
    Q_OBJECT
public:
    explicit SaveReviewPage(QWidget* parent = nullptr);

    /// Empty again, while it is being looked at.
    void clear();
    void showReview(SaveReview review, const writer::Destination& destination);
    const SaveReview& review() const { return m_review; }

    QString heading() const;
    QString note() const;
    /// Why nothing can be written; empty when something can.
    QString obstacle() const;

private:
    bool overwrites() const { return m_destination.kind == writer::Destination::Kind::Overwrite; }
    /// Files that the plan has, and that neither are written nor left alone on purpose.
    qsizetype notWritten() const;

    SaveReview m_review;
    writer::Destination m_destination;
    ChangeModel* m_changes;
    PlannedFileModel* m_files;
    NoticeModel* m_notices;
    QTabWidget* m_tabs;
    QTreeView* m_changeView;
    QTreeView* m_fileView;
    QTreeView* m_noticeView;
    QLabel* m_noticeTitle;
};

} // namespace ui
