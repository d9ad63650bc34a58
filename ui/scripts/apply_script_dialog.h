#pragma once

#include "core/edit/session.h"
#include "ui/scripts/script_count.h"
#include "ui/scripts/script_draft.h"
#include "ui/widgets/record_model.h"

#include <QDialog>
#include <optional>

class QLabel;
class QListWidget;
class QPushButton;
class QSplitter;
class QTimer;
class QTreeView;

namespace ui {

class Questions;
class ScriptOptions;
class SourceView;

/// One statement with the number of files that it changes.
struct ScriptStatementRow {
    script::StatementInfo statement;
    QString attribute; ///< that it assigns or deletes
    int all = 0;
    int selected = 0;
    QString uncounted = {}; ///< why there are no numbers; empty when there are
};

/// Chooses a script, shows what it says, what is wrong with it and how many files each statement touches, and
/// makes one edit of it for all or for the selected files.
class ApplyScriptDialog : public QDialog {
    Q_OBJECT
public:
    /// Session and questions must outlive the dialog.
    ApplyScriptDialog(edit::Session& session, catalog::InstanceIds selected, Questions& questions,
                      QWidget* parent = nullptr);
    ~ApplyScriptDialog() override;

    /// What was asked for, after exec() == Accepted; null before.
    edit::EditPtr edit() const { return m_edit; }

    /// Shows a script file, listed like those that come with the program.
    void showScript(const QString& path);
    void showDraft(const ScriptDraft& draft);
    /// The script that the user wants to edit instead of applying it, after exec() == Rejected.
    const std::optional<ScriptDraft>& wantedInEditor() const { return m_wantedInEditor; }

private:
    using StatementModel = RecordModel<ScriptStatementRow>;
    using ProblemModel = RecordModel<script::Problem>;

    QWidget* makeScriptList();
    QWidget* makeScriptPage();
    QWidget* makeButtons();
    void browse();
    void load(const ScriptDraft& draft);
    ScriptDraft current() const;
    void parse();
    void startCount();
    void showCounts();
    void showTrial(const ScriptTrial& trial);
    void showProblems(const QList<script::Problem>& problems);
    void showSummary();
    QString whyUncounted() const;
    QString obstacle() const;
    void apply(bool allFiles);
    void finish(bool allFiles);
    bool agreesTo(const ScriptTrial& trial);
    std::optional<script::VariableValues> askForVariables(const catalog::InstanceIds& instances);

    edit::Session& m_session;
    edit::Lane m_lane;
    Questions& m_questions;
    catalog::InstanceIds m_selected;
    catalog::InstanceIds m_all;
    edit::EditPtr m_edit;
    QList<ScriptDraft> m_drafts; ///< those of the list, in its order
    std::optional<ScriptDraft> m_wantedInEditor;
    QString m_name; ///< of the script that is shown; empty: none
    QString m_text; ///< of the script
    script::VariableValues m_values; ///< of its variables, as typed in before
    QString m_unreadable; ///< why the file could not be read; empty when it could
    script::ParseResult m_parsed;
    std::shared_ptr<ScriptCount> m_count; ///< shared with the worker
    bool m_counted = false; ///< the numbers are final
    std::optional<bool> m_pending; ///< to be applied when it has been tried: to all files, or to the selected
    StatementModel* m_statements;
    ProblemModel* m_problems;
    QTimer* m_timer;
    QListWidget* m_scripts = nullptr;
    QLabel* m_title = nullptr;
    QLabel* m_summary = nullptr;
    ScriptOptions* m_options = nullptr;
    SourceView* m_source = nullptr;
    QTreeView* m_statementView = nullptr;
    QTreeView* m_problemView = nullptr;
    QLabel* m_obstacle = nullptr;
    QPushButton* m_applyAll = nullptr;
    QPushButton* m_applySelected = nullptr;
};

} // namespace ui
