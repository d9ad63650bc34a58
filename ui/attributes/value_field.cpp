#include "ui/attributes/value_field.h"

#include <QCheckBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QStyle>
#include <QVBoxLayout>

namespace ui {

ValueField::ValueField(QWidget* parent)
    : QWidget(parent)
    , m_line(new QLineEdit)
    , m_lines(new QPlainTextEdit)
    , m_icon(new QLabel)
    , m_reason(new QLabel)
    , m_useUid(new QPushButton(tr("&Use a Valid UID Made from It")))
    , m_reencode(new QCheckBox(tr("Re-encode the file's &text as Unicode (ISO_IR 192)")))
{
    m_lines->setTabChangesFocus(true);
    m_lines->setLineWrapMode(QPlainTextEdit::WidgetWidth);
    m_reason->setWordWrap(true);
    m_reason->setTextFormat(Qt::PlainText);
    m_reason->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_useUid->setAutoDefault(false);
    m_useUid->setAccessibleName(tr("Use a valid UID made from the text"));
    m_reencode->setAccessibleName(tr("Re-encode as Unicode"));
    setFocusProxy(m_line);

    auto* reasonRow = new QHBoxLayout;
    reasonRow->addWidget(m_icon, 0, Qt::AlignTop);
    reasonRow->addWidget(m_reason, 1);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_line);
    layout->addWidget(m_lines);
    layout->addLayout(reasonRow);
    layout->addWidget(m_useUid, 0, Qt::AlignLeft);
    layout->addWidget(m_reencode);

    connect(m_line, &QLineEdit::textChanged, this, &ValueField::check);
    connect(m_lines, &QPlainTextEdit::textChanged, this, &ValueField::check);
    connect(m_reencode, &QCheckBox::toggled, this, &ValueField::check);
    connect(m_useUid, &QPushButton::clicked, this, [this] {
        setText(m_verdict.offeredUid);
        input()->setFocus();
    });
    setRules({});
}

bool ValueField::hasSeveralLines() const
{
    return m_rules.vr == dicom::Vr::LT || m_rules.vr == dicom::Vr::ST || m_rules.vr == dicom::Vr::UT;
}

QWidget* ValueField::input() const
{
    return hasSeveralLines() ? static_cast<QWidget*>(m_lines) : m_line;
}

void ValueField::setRules(const ValueRules& rules)
{
    const QString kept = text();
    const bool hadFocus = input()->hasFocus();
    const bool hadLines = hasSeveralLines();
    m_rules = rules;
    m_line->setVisible(!hasSeveralLines());
    m_lines->setVisible(hasSeveralLines());
    setFocusProxy(input());
    if (hadFocus)
        input()->setFocus();
    if (hadLines != hasSeveralLines())
        setText(kept);
    else
        check();
}

void ValueField::setText(const QString& text)
{
    m_original = text;
    const QSignalBlocker blockLine(m_line), blockLines(m_lines);
    m_line->setText(hasSeveralLines() ? QString() : text);
    m_lines->setPlainText(hasSeveralLines() ? text : QString());
    check();
}

QString ValueField::text() const
{
    if (!hasSeveralLines())
        return m_line->text();
    QString typed = m_lines->toPlainText();
    QString original = m_original;
    original.replace(QStringLiteral("\r\n"), QStringLiteral("\n")).replace(u'\r', u'\n');
    if (typed == original)
        return m_original;
    return typed.replace(u'\n', QStringLiteral("\r\n")); // PS3.5 section 6.1.3: lines end with CR LF
}

void ValueField::selectAll()
{
    m_line->selectAll();
    m_lines->selectAll();
}

bool ValueField::reencode() const
{
    return m_verdict.otherCharacterSet && m_reencode->isChecked();
}

void ValueField::setInputName(const QString& name)
{
    m_line->setAccessibleName(name);
    m_lines->setAccessibleName(name);
}

void ValueField::check()
{
    m_verdict = judge(m_rules, text(), m_reencode->isChecked());
    showVerdict();
    Q_EMIT changed();
}

void ValueField::showVerdict()
{
    const bool speaks = !m_verdict.reason.isEmpty();
    const auto icon = isAcceptable() ? QStyle::SP_MessageBoxWarning : QStyle::SP_MessageBoxCritical;
    const int size = style()->pixelMetric(QStyle::PM_SmallIconSize, nullptr, this);
    m_icon->setPixmap(style()->standardIcon(icon, nullptr, this).pixmap(size));
    m_icon->setVisible(speaks);
    m_reason->setVisible(speaks);
    m_reason->setText(m_verdict.reason);
    m_line->setAccessibleDescription(m_verdict.reason);
    m_lines->setAccessibleDescription(m_verdict.reason);
    m_useUid->setVisible(!m_verdict.offeredUid.isEmpty());
    m_useUid->setToolTip(m_verdict.offeredUid);
    m_reencode->setVisible(m_verdict.otherCharacterSet);
    updateGeometry();
}

} // namespace ui
