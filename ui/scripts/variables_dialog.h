#pragma once

#include "core/edit/session.h"
#include "ui/scripts/variable_values.h"

#include <QDialog>
#include <vector>

class QLabel;
class QLineEdit;
class QPushButton;
class QTimer;

namespace ui {

/// Asks for the visible variables of a script: one row for each, in the order of dependence, with what it
/// would be for the files. Rows that nobody typed into follow those before them, and keep what each file
/// gives.
class VariablesDialog : public QDialog {
    Q_OBJECT
public:
    enum class Purpose { Apply, Try };

    /// Rows of variables that the run has a value for begin with it, as if typed. The session must outlive
    /// the dialog.
    VariablesDialog(edit::Session& session, edit::ScriptRun run, catalog::InstanceIds instances,
                    Purpose purpose, QWidget* parent = nullptr);
    ~VariablesDialog() override;

    /// Whether there is anything to ask.
    static bool isNeeded(const script::Script& script);
    /// Those that were typed in.
    script::VariableValues values() const;

private:
    struct Row {
        script::VariableInfo variable;
        qsizetype index = 0; ///< among the script's variables
        QLineEdit* field = nullptr;
        QLabel* note = nullptr;
        bool typed = false;
    };
    QString introduction(Purpose purpose) const;
    QWidget* makeRows();
    void makeRow(const script::VariableInfo& variable, qsizetype index);
    void typed(size_t row);
    void restore(size_t row);
    void startWork();
    void showValues(const QList<InitialValues>& values);
    void showNote(const Row& row, const InitialValues& values) const;
    void updateApply();

    edit::Session& m_session;
    edit::Lane m_lane;
    edit::ScriptRun m_run;
    catalog::InstanceIds m_instances;
    std::vector<Row> m_rows;
    QTimer* m_timer;
    QLabel* m_obstacle;
    QPushButton* m_apply;
};

} // namespace ui
