#pragma once

#include "ui/value_rules.h"

#include <QWidget>

class QComboBox;
class QLabel;
class QLineEdit;

namespace ui {

/// The field for a value in the table: a line, with the present values to choose from where the files differ,
/// and below it the reason when the text cannot be set.
class ValueEditor : public QWidget {
    Q_OBJECT
public:
    ValueEditor(edit::MergedAttribute attribute, QWidget* parent);
    ~ValueEditor() override;

    QString text() const;
    bool isAcceptable() const { return m_verdict.level != ValueVerdict::Level::Refused; }
    /// The words below the field; empty when there is nothing to say.
    QString reason() const;
    /// Takes the cell's place; the reason stands below it, or above where there is no room.
    void place(const QRect& cell);
    /// Emits accepted(), or shows again why not.
    void tryAccept();
    /// Emits nothing any more.
    void discard() { m_done = true; }

Q_SIGNALS:
    void accepted();
    /// There is nothing to set: the text was not touched, or the focus left while it cannot be set.
    void abandoned();

protected:
    bool eventFilter(QObject* object, QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    void check();
    void placeReason();
    void finish();

    edit::MergedAttribute m_attribute;
    ValueRules m_rules;
    ValueVerdict m_verdict;
    bool m_touched = false; ///< the user typed or chose something
    bool m_done = false; ///< one end is enough: Enter reaches both the line and the table
    QLineEdit* m_line = nullptr;
    QComboBox* m_choice = nullptr; ///< null where the files agree
    QLabel* m_reason = nullptr; ///< a sibling, so that it may be wider and lower than the cell
};

} // namespace ui
