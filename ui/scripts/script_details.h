#pragma once

#include "core/script/script.h"
#include "ui/scripts/script_count.h"
#include "ui/widgets/record_model.h"

#include <QSplitter>

class QTreeView;

namespace ui {

class SourceView;

/// One statement with the number of files that it changes.
struct ScriptStatementRow {
    script::StatementInfo statement;
    QString attribute; ///< that it assigns or deletes
    int all = 0;
    int selected = 0;
    QString uncounted = {}; ///< why there are no numbers; empty when there are
};

/// A script: its text, its statements with the numbers of files that they change, and what there is to say
/// about it. What is chosen in the tables is shown in the text.
class ScriptDetails : public QSplitter {
    Q_OBJECT
public:
    explicit ScriptDetails(QWidget* parent = nullptr);

    void showParsed(const QString& text, const script::ParseResult& parsed);
    /// No numbers, and why; without a reason they are zero until showCounts() comes.
    void clearCounts(const QString& reason);
    void showCounts(const ScriptCount& count);
    /// What a trial had to say, besides what was known from parsing.
    void showTrial(const ScriptTrial& trial);
    qsizetype statementCount() const { return m_statements->records().size(); }

private:
    using StatementModel = RecordModel<ScriptStatementRow>;
    using ProblemModel = RecordModel<script::Problem>;
    void showProblems(const QList<script::Problem>& problems);

    QList<script::Problem> m_parsed; ///< what was known from parsing
    StatementModel* m_statements;
    ProblemModel* m_problems;
    SourceView* m_source;
    QTreeView* m_statementView;
    QTreeView* m_problemView;
};

} // namespace ui
