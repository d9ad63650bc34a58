#pragma once

#include "core/edit/session.h"
#include "ui/scripts/script_draft.h"
#include "ui/widgets/record_model.h"

#include <QMainWindow>
#include <QTimer>

class QMenu;
class QToolBar;
class QTreeView;

namespace ui {

class Questions;
class ScriptHighlighter;
class ScriptOptions;
class SourceView;
class TrialPane;

/// Writes scripts: checks them while they are typed, and shows what they do to one of the selected images.
class ScriptEditor : public QMainWindow {
    Q_OBJECT
public:
    /// Session and questions must outlive the window.
    ScriptEditor(edit::Session& session, Questions& questions, QWidget* parent = nullptr);

    /// The image that the script is tried on; -1: none.
    void setInstance(catalog::InstanceId instance);
    /// Asks before a changed text is lost; false when the user wants to stay with it, or it cannot be read.
    bool open(const QString& path);
    /// The same for a script with its language, table and values.
    bool open(const ScriptDraft& draft);
    bool isChanged() const;
    QString path() const { return m_path; }

Q_SIGNALS:
    /// The user wants to apply the script.
    void applyWanted(const ui::ScriptDraft& draft);

protected:
    void closeEvent(QCloseEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    using ProblemModel = RecordModel<script::Problem>;

    struct Command;
    QAction* add(const Command& command, QMenu* menu, QToolBar* tools);
    void buildScriptMenu(QToolBar* tools);
    void buildEditMenu();
    QWidget* buildPage();
    bool mayLeave();
    void start(const QString& path, const QString& source, const QString& proposed = {});
    bool save();
    bool saveAs();
    bool write(const QString& path);
    void check();
    void updateTitle();
    QString name() const;
    ScriptDraft draft() const;

    Questions& m_questions;
    QString m_path; ///< of the file; empty: in none yet
    QString m_proposed; ///< a name for a text that is in no file yet; may be empty
    script::ParseResult m_parsed;
    ProblemModel* m_problems;
    QTimer m_pause; ///< checks when the user stops typing
    SourceView* m_source = nullptr;
    ScriptHighlighter* m_highlighter = nullptr;
    ScriptOptions* m_options;
    QTreeView* m_problemView = nullptr;
    TrialPane* m_trial;
    QAction* m_apply = nullptr;
};

} // namespace ui
