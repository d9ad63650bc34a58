#pragma once

#include <QFrame>
#include <functional>

class QLabel;
class QPushButton;

namespace ui {

/// A line at the top of the window that says something and offers one thing to do about it, without being in
/// the way.
class MessageBar : public QFrame {
    Q_OBJECT
public:
    explicit MessageBar(QWidget* parent = nullptr);

    /// Replaces what it said. Without a button text there is nothing to do but to close it.
    void say(const QString& text, const QString& button = {}, std::function<void()> act = {});
    /// Takes back what it offers with this button; says nothing then. Other messages stay.
    void withdraw(const QString& button);
    QString text() const;

private:
    QLabel* m_text;
    QPushButton* m_button;
    std::function<void()> m_act;
};

} // namespace ui
