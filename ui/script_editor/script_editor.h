#pragma once

#include "core/edit/session.h"
#include "ui/dialogs/record_model.h"
#include "ui/script_editor/trial.h"

#include <QMainWindow>
#include <QTimer>

class QComboBox;
class QLabel;
class QTreeView;

namespace ui {

class Questions;
class SourceView;

/// Writes scripts: checks them while they are typed, and shows what they do to one of the selected images.
class ScriptEditor : public QMainWindow {
    Q_OBJECT
public:
    /// Session and questions must outlive the window.
    ScriptEditor(edit::Session& session, Questions& questions, QWidget* parent = nullptr);
    ~ScriptEditor() override;

    /// The image that the script is tried on; -1: none.
    void setInstance(catalog::InstanceId instance);
    /// Asks before a changed text is lost; false when the user wants to stay with it, or it cannot be read.
    bool open(const QString& path);
    bool isChanged() const;
    QString path() const { return m_path; }

Q_SIGNALS:
    /// The user wants to apply the script, read as `dialect` (or detected); `name` is what to call it.
    void applyWanted(const QString& name, const QString& source, script::Dialect dialect);

protected:
    void closeEvent(QCloseEvent* event) override;

private:
    using ProblemModel = RecordModel<script::Problem>;
    using ChangeModel = RecordModel<edit::MergedAttribute>;

    void buildActions();
    QWidget* buildPage();
    bool mayLeave();
    void start(const QString& path, const QString& source);
    bool save();
    bool saveAs();
    bool write(const QString& path);
    void check();
    void startTrial();
    void showTrial(const OneTrial& trial);
    void updateTitle();
    QString name() const;
    script::Dialect dialect() const; ///< Auto or what was chosen

    edit::Session& m_session;
    Questions& m_questions;
    catalog::InstanceId m_instance = -1;
    QString m_path;
    script::ParseResult m_parsed;
    ProblemModel* m_problems;
    ChangeModel* m_changes;
    QTimer m_pause; ///< checks when the user stops typing
    SourceView* m_source = nullptr;
    QComboBox* m_dialect = nullptr;
    QTreeView* m_problemView = nullptr;
    QTreeView* m_changeView = nullptr;
    QLabel* m_trialNote = nullptr;
    QAction* m_apply = nullptr;
};

} // namespace ui
