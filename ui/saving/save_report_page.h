#pragma once

#include "core/job/job.h"
#include "ui/saving/save_report.h"

#include <QWidget>

class QLabel;
class QTabWidget;
class QTreeView;

namespace ui {

/// What became of a save, and what remains in the written files.
class SaveReportPage : public QWidget {
    Q_OBJECT
public:
    explicit SaveReportPage(QWidget* parent = nullptr);

    void showReport(job::JobReport report);
    const writer::WriteReport& written() const { return m_written; }
    /// Instances whose files are as the edits want them, ascending.
    catalog::InstanceIds doneIds() const;
    /// Files that are not as they should be.
    int notWritten() const;

    QString heading() const { return headline(m_written); }
    /// Where the files are. `originals`: the folder that they are kept in, when they are.
    QString noteOfOverwriting(const QString& originals) const;
    QString noteOfCopies(const writer::Plan& plan) const;
    /// All of it as text, to be pasted elsewhere.
    QString text() const { return reportText(m_written, m_remains->records()); }

private:
    void showRemains(const QList<residue::Remainder>& remainders);

    writer::WriteReport m_written;
    OutcomeModel* m_outcomes;
    RemainderModel* m_remains;
    QTabWidget* m_tabs;
    QTreeView* m_outcomeView;
    QTreeView* m_remainView;
    QLabel* m_remainNote;
};

} // namespace ui
