#include "ui/widgets/message_bar.h"

#include "ui/widgets/icons.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QStyle>
#include <QToolButton>

namespace ui {

MessageBar::MessageBar(QWidget* parent)
    : QFrame(parent)
    , m_text(new QLabel(this))
    , m_button(new QPushButton(this))
{
    setFrameShape(QFrame::StyledPanel);
    setAutoFillBackground(true);
    setBackgroundRole(QPalette::ToolTipBase);
    setAccessibleName(tr("Message"));
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(8, 4, 4, 4);
    auto* sign = new QLabel(this);
    const int size = style()->pixelMetric(QStyle::PM_SmallIconSize);
    sign->setPixmap(icon(QStringLiteral("dialog-information")).pixmap(size));
    layout->addWidget(sign);
    m_text->setWordWrap(true);
    m_text->setTextFormat(Qt::PlainText);
    m_text->setForegroundRole(QPalette::ToolTipText);
    layout->addWidget(m_text, 1);
    layout->addWidget(m_button);
    auto* close = new QToolButton(this);
    close->setIcon(icon(QStringLiteral("window-close")));
    close->setAutoRaise(true);
    close->setAccessibleName(tr("Close Message"));
    close->setToolTip(tr("Close this message"));
    layout->addWidget(close);
    connect(close, &QToolButton::clicked, this, &QWidget::hide);
    connect(m_button, &QPushButton::clicked, this, [this] {
        hide();
        const Offer offer = std::exchange(m_offer, {});
        if (offer.act)
            offer.act();
    });
    m_button->setAccessibleName(tr("Do It"));
    hide();
}

void MessageBar::say(const QString& text)
{
    say(text, Offer());
}

void MessageBar::say(const QString& text, Offer offer)
{
    m_text->setText(text);
    m_button->setText(offer.button);
    m_button->setAccessibleName(offer.button);
    m_button->setVisible(!offer.button.isEmpty());
    m_offer = std::move(offer);
    show();
}

void MessageBar::withdraw(Topic topic)
{
    if (m_offer.topic != topic)
        return;
    m_offer = {};
    hide();
}

QString MessageBar::text() const
{
    return isHidden() ? QString() : m_text->text();
}

} // namespace ui
