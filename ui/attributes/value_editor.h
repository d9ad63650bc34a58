#pragma once

#include "ui/attributes/edit_target.h"
#include "ui/attributes/value_rules.h"

#include <QWidget>

class QComboBox;
class QLabel;
class QLineEdit;

namespace ui {

/// The field for a value in the table: a line, with the present values to choose from where the files differ,
/// and below it the reason when the text cannot be set. It comes to its end once: by accepted(), refused() or
/// abandoned(); also when the table takes it away.
class ValueEditor : public QWidget {
    Q_OBJECT
public:
    ValueEditor(EditTarget target, QWidget* parent);
    ~ValueEditor() override;

    const EditTarget& target() const { return m_target; }
    QString text() const;
    bool isAcceptable() const { return m_verdict.level != ValueVerdict::Level::Refused; }
    /// The words below the field; empty when there is nothing to say.
    QString reason() const;
    /// Takes the cell's place; the reason stands below it, or above where there is no room.
    void place(const QRect& cell);
    /// Emits accepted() or abandoned(); false when the text cannot be set: the field stays and shows why.
    bool tryAccept();
    /// Comes to its end as it is when the focus leaves it.
    void leave();
    /// Emits nothing any more.
    void discard() { m_done = true; }

Q_SIGNALS:
    void accepted();
    /// It was left with a text that cannot be set, for the reason that reason() gives.
    void refused();
    /// There is nothing to set: the text was not touched.
    void abandoned();

protected:
    bool eventFilter(QObject* object, QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void hideEvent(QHideEvent* event) override;

private:
    void check();
    void placeReason();

    EditTarget m_target;
    ValueRules m_rules;
    ValueVerdict m_verdict;
    bool m_touched = false; ///< the user typed or chose something
    bool m_done = false; ///< one end is enough: Enter reaches both the line and the table
    QLineEdit* m_line = nullptr;
    QComboBox* m_choice = nullptr; ///< null where the files agree
    QLabel* m_reason = nullptr; ///< a sibling, so that it may be wider and lower than the cell
};

} // namespace ui
