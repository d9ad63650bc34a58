#include "ui/attributes/value_editor.h"

#include "core/dicom/value.h"

#include <QApplication>
#include <QComboBox>
#include <QFocusEvent>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <utility>

namespace ui {

namespace {

constexpr qsizetype mostChoices = 200;

QStringList choicesOf(const edit::MergedAttribute& attribute)
{
    const auto& values = attribute.values.isEmpty() ? attribute.originals : attribute.values;
    QStringList texts;
    for (const edit::DistinctValue& value : values.first(qMin(mostChoices, values.size())))
        texts << dicom::valueText(*value.element, value.characterSet);
    texts.removeDuplicates();
    return texts;
}

/// As a tool tip, below the field when something is wrong with the text.
void dress(QLabel& reason)
{
    reason.setWordWrap(true);
    reason.setAutoFillBackground(true);
    reason.setBackgroundRole(QPalette::ToolTipBase);
    reason.setForegroundRole(QPalette::ToolTipText);
    reason.setFrameShape(QFrame::Box);
    reason.setMargin(4);
    reason.hide();
}

} // namespace

ValueEditor::ValueEditor(EditTarget target, QWidget* parent)
    : QWidget(parent)
    , m_target(std::move(target))
    , m_rules(rulesFor(m_target.attribute))
    , m_reason(new QLabel(parent))
{
    const QStringList choices = choicesOf(m_target.attribute);
    const bool differs = choices.size() > 1;
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    if (differs) {
        m_choice = new QComboBox(this);
        m_choice->setEditable(true);
        m_choice->setInsertPolicy(QComboBox::NoInsert);
        m_choice->addItems(choices);
        m_choice->setAccessibleName(tr("New value of %1").arg(m_target.attribute.name));
        m_line = m_choice->lineEdit();
        // Nothing is chosen yet: whoever leaves the field again must not make all files alike.
        m_choice->setCurrentIndex(-1);
        m_line->setPlaceholderText(tr("Choose or type one value for all"));
    } else {
        m_line = new QLineEdit(choices.value(0), this);
        m_line->setFrame(false);
    }
    m_line->setAccessibleName(tr("New value of %1").arg(m_target.attribute.name));
    layout->addWidget(differs ? static_cast<QWidget*>(m_choice) : m_line);
    setFocusProxy(m_line);
    setAutoFillBackground(true);
    dress(*m_reason);
    connect(m_line, &QLineEdit::textChanged, this, [this] {
        m_touched = true;
        check();
    });
    connect(m_line, &QLineEdit::returnPressed, this, &ValueEditor::tryAccept);
    // A combo box takes the focus for its line.
    for (QWidget* focused : {static_cast<QWidget*>(m_choice), static_cast<QWidget*>(m_line)})
        if (focused)
            focused->installEventFilter(this);
    m_line->selectAll();
}

ValueEditor::~ValueEditor()
{
    delete m_reason;
}

QString ValueEditor::text() const
{
    return m_line->text();
}

QString ValueEditor::reason() const
{
    if (isAcceptable() && m_verdict.otherCharacterSet)
        return tr(
            "The character set of the files cannot hold this. Enter asks whether to re-encode their text as "
            "Unicode.");
    return m_verdict.reason;
}

void ValueEditor::check()
{
    m_verdict = judge(m_rules, text(), true);
    m_reason->setText(reason());
    placeReason();
}

bool ValueEditor::tryAccept()
{
    if (m_done)
        return true;
    check();
    if (m_touched && !isAcceptable()) {
        QApplication::beep();
        return false;
    }
    leave();
    return true;
}

void ValueEditor::leave()
{
    if (std::exchange(m_done, true))
        return;
    if (!m_touched)
        Q_EMIT abandoned();
    else if (isAcceptable())
        Q_EMIT accepted();
    else
        Q_EMIT refused();
}

/// The table takes its fields away when their rows go.
void ValueEditor::hideEvent(QHideEvent* event)
{
    QWidget::hideEvent(event);
    if (!event->spontaneous())
        leave();
}

bool ValueEditor::eventFilter(QObject* object, QEvent* event)
{
    if (event->type() == QEvent::FocusOut && !m_done && isVisible()) {
        const auto reason = static_cast<QFocusEvent*>(event)->reason();
        if (reason != Qt::PopupFocusReason && reason != Qt::ActiveWindowFocusReason)
            leave();
    }
    return QWidget::eventFilter(object, event);
}

/// The line lets Enter through after it was handled; the table would begin to edit again.
void ValueEditor::keyPressEvent(QKeyEvent* event)
{
    if (event->key() != Qt::Key_Return && event->key() != Qt::Key_Enter)
        QWidget::keyPressEvent(event);
}

void ValueEditor::place(const QRect& cell)
{
    QRect area = cell;
    area.setHeight(qMax(cell.height(), sizeHint().height()));
    area.setWidth(qMax(cell.width(), fontMetrics().averageCharWidth() * 20));
    setGeometry(area);
    placeReason();
}

void ValueEditor::placeReason()
{
    m_reason->setVisible(!reason().isEmpty());
    if (reason().isEmpty())
        return;
    const int width =
        qMin(parentWidget()->width(), qMax(this->width(), fontMetrics().averageCharWidth() * 45));
    m_reason->resize(width, m_reason->heightForWidth(width));
    const int left = qMin(x(), parentWidget()->width() - width);
    const bool below = geometry().bottom() + m_reason->height() < parentWidget()->height();
    m_reason->move(qMax(0, left), below ? geometry().bottom() + 1 : y() - m_reason->height());
    m_reason->raise();
}

} // namespace ui
