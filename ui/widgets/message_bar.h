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

    /// What an offer is about, for those that can be taken back.
    enum class Topic { Other, Rest, Originals };
    struct Offer {
        Topic topic = Topic::Other;
        QString button;
        std::function<void()> act;
    };
    /// Replaces what it said. Without an offer there is nothing to do but to close it.
    void say(const QString& text);
    void say(const QString& text, Offer offer);
    /// Takes back the offer of that topic; says nothing then. Other messages stay.
    void withdraw(Topic topic);
    QString text() const;

private:
    QLabel* m_text;
    QPushButton* m_button;
    Offer m_offer;
};

} // namespace ui
