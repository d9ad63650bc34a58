#pragma once

#include "ui/attributes/value_rules.h"

#include <QWidget>

class QCheckBox;
class QLabel;
class QLineEdit;
class QPlainTextEdit;
class QPushButton;

namespace ui {

/// A field for one attribute value with the reason beside it when the value cannot be set, the offer of a
/// valid UID, and the choice to re-encode the file's text where its character set cannot hold the value.
/// Several lines for LT, ST and UT.
class ValueField : public QWidget {
    Q_OBJECT
public:
    explicit ValueField(QWidget* parent = nullptr);

    void setRules(const ValueRules& rules);
    void setText(const QString& text);
    QString text() const;
    void selectAll();
    /// True when the user chose to re-encode and the text needs it.
    bool reencode() const;
    const ValueVerdict& verdict() const { return m_verdict; }
    bool isAcceptable() const { return m_verdict.level != ValueVerdict::Level::Refused; }
    /// What the input is called for screen readers, e.g. the attribute's name.
    void setInputName(const QString& name);
    /// The widget that takes the text now: a QLineEdit or a QPlainTextEdit (a label's buddy).
    QWidget* input() const;

Q_SIGNALS:
    /// The text, the choice to re-encode or the rules changed.
    void changed();

private:
    bool hasSeveralLines() const;
    void check();
    void showVerdict();

    ValueRules m_rules;
    ValueVerdict m_verdict;
    QString m_original; ///< as set, to give back the same line ends when nothing was typed
    QLineEdit* m_line;
    QPlainTextEdit* m_lines;
    QLabel* m_icon;
    QLabel* m_reason;
    QPushButton* m_useUid;
    QCheckBox* m_reencode;
};

} // namespace ui
