#pragma once

#include "core/script/script.h"

#include <QWidget>
#include <memory>

class QComboBox;
class QLabel;
class QPushButton;

namespace ui {

class Questions;

/// How a script is read: its language, detected or chosen, and the table that its lookup[] uses.
class ScriptOptions : public QWidget {
    Q_OBJECT
public:
    /// Questions must outlive the widget.
    explicit ScriptOptions(Questions& questions, QWidget* parent = nullptr);

    /// Auto or what was chosen.
    script::Dialect dialect() const;
    /// Null when there is none.
    const std::shared_ptr<const script::LookupTable>& lookup() const { return m_lookup; }
    /// Says what was found and, for a script that looks values up, offers to choose the table.
    void showParsed(const script::ParseResult& parsed);
    /// For another script; Auto goes back to detection.
    void choose(script::Dialect dialect);
    /// The file of the table; empty when there is none.
    const QString& lookupPath() const { return m_lookupPath; }
    /// Shows a table file, or none; says why when it cannot be used.
    void loadTable(const QString& path);

Q_SIGNALS:
    void dialectChosen();
    void lookupChosen();

private:
    void chooseTable();

    Questions& m_questions;
    std::shared_ptr<const script::LookupTable> m_lookup;
    QString m_lookupPath;
    QComboBox* m_dialect;
    QWidget* m_tableRow;
    QLabel* m_tableName;
};

QString languageName(script::Dialect dialect);

} // namespace ui
