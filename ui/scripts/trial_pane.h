#pragma once

#include "core/edit/session.h"
#include "ui/scripts/trial.h"
#include "ui/widgets/record_model.h"

#include <QWidget>

class QLabel;
class QPushButton;
class QTreeView;

namespace ui {

/// Shows what a script does to one image as it is after the edits, before and after side by side.
class TrialPane : public QWidget {
    Q_OBJECT
public:
    /// The session must outlive the widget.
    explicit TrialPane(edit::Session& session, QWidget* parent = nullptr);
    ~TrialPane() override;

    /// The image that the script is tried on; -1: none.
    void setInstance(catalog::InstanceId instance);
    /// Tries what was parsed with the table, null where there is none.
    void setScript(const script::ParseResult& parsed, std::shared_ptr<const script::LookupTable> lookup);
    /// Those that were typed in for the script's variables.
    const script::VariableValues& values() const { return m_values; }
    void setValues(const script::VariableValues& values) { m_values = values; }

private:
    QString obstacle() const;
    void start();
    void show(const OneTrial& trial, qsizetype edits);
    void askForValues();

    edit::Session& m_session;
    edit::Lane m_lane;
    catalog::InstanceId m_instance = -1;
    script::ScriptPtr m_script; ///< null: nothing can be tried
    bool m_isWrong = false; ///< the text has an error
    std::shared_ptr<const script::LookupTable> m_lookup;
    script::VariableValues m_values;
    RecordModel<edit::MergedAttribute>* m_changes;
    QLabel* m_note;
    QPushButton* m_setValues;
    QTreeView* m_view;
};

} // namespace ui
