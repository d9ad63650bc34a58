#pragma once

#include "core/edit/session.h"
#include "ui/scripts/script_count.h"
#include "ui/scripts/script_draft.h"

#include <QDialog>
#include <optional>

class QLabel;
class QPushButton;
class QTimer;

namespace ui {

class Questions;
class ScriptDetails;
class ScriptList;
class ScriptOptions;

/// Chooses a script, shows what it says, what is wrong with it and how many files each statement touches, and
/// makes one edit of it for all or for the selected files.
class ApplyScriptDialog : public QDialog {
    Q_OBJECT
public:
    /// Session and questions must outlive the dialog.
    ApplyScriptDialog(edit::Session& session, catalog::InstanceIds selected, Questions& questions,
                      QWidget* parent = nullptr);

    /// What was asked for, after exec() == Accepted; null before.
    edit::EditPtr edit() const { return m_edit; }

    /// Lists a script and chooses it.
    void showScript(const QString& path);
    void showDraft(const ScriptDraft& draft);
    /// The script that the user wants to edit instead of applying it, after exec() == Rejected.
    const std::optional<ScriptDraft>& wantedInEditor() const { return m_wantedInEditor; }

private:
    QWidget* makeScriptPage();
    QWidget* makeButtons();
    void connectParts();
    void load(const ScriptDraft& draft);
    ScriptDraft current() const;
    void parse();
    void startCount();
    void showCounts();
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
    std::optional<ScriptDraft> m_wantedInEditor;
    QString m_name; ///< of the script that is shown; empty: none
    QString m_text; ///< of the script
    script::VariableValues m_values; ///< of its variables, as typed in before
    QString m_unreadable; ///< why the file could not be read; empty when it could
    script::ParseResult m_parsed;
    std::shared_ptr<ScriptCount> m_count; ///< shared with the worker
    bool m_counted = false; ///< the numbers are final
    std::optional<bool> m_pending; ///< to be applied when it has been tried: to all files, or to the selected
    QTimer* m_timer;
    ScriptList* m_scripts;
    QLabel* m_title;
    QLabel* m_summary;
    ScriptOptions* m_options;
    ScriptDetails* m_details;
    QLabel* m_obstacle = nullptr;
    QPushButton* m_applyAll = nullptr;
    QPushButton* m_applySelected = nullptr;
};

} // namespace ui
