#include "ui/scripts/source_view.h"

#include <QFontDatabase>
#include <QPaintEvent>
#include <QPainter>
#include <QTextBlock>
#include <algorithm>

namespace ui {

class SourceView::Margin : public QWidget {
public:
    explicit Margin(SourceView* view)
        : QWidget(view)
        , m_view(view)
    {
    }

protected:
    void paintEvent(QPaintEvent* event) override { m_view->paintMargin(event); }

private:
    SourceView* m_view;
};

SourceView::SourceView(QWidget* parent)
    : QPlainTextEdit(parent)
    , m_margin(new Margin(this))
{
    setReadOnly(true);
    setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    setTabChangesFocus(true);
    setLineWrapMode(NoWrap);
    setFont(QFontDatabase::systemFont(QFontDatabase::FixedFont));
    setAccessibleName(tr("Script text"));
    connect(this, &QPlainTextEdit::blockCountChanged, this, &SourceView::placeMargin);
    connect(this, &QPlainTextEdit::updateRequest, this, [this](const QRect& area, int dy) {
        if (dy)
            m_margin->scroll(0, dy);
        else
            m_margin->update(0, area.y(), m_margin->width(), area.height());
    });
    placeMargin();
}

void SourceView::setEditable()
{
    setReadOnly(false);
    setTextInteractionFlags(Qt::TextEditorInteraction);
}

void SourceView::setSource(const QString& source, const QList<script::Problem>& problems)
{
    setPlainText(source);
    setProblems(problems);
}

void SourceView::setProblems(const QList<script::Problem>& problems)
{
    m_problems.clear();
    for (const script::Problem& problem : problems)
        if (problem.length > 0 || problem.severity != script::Problem::Severity::Note)
            m_problems << problem; // notes on the whole script have no place
    placeMargin();
    markProblems();
    m_margin->update();
}

void SourceView::goTo(int line, int column, int length)
{
    QTextCursor cursor = cursorFor(line, column, length);
    if (!cursor.hasSelection())
        cursor.select(QTextCursor::LineUnderCursor);
    setTextCursor(cursor);
    centerCursor();
}

QTextCursor SourceView::cursorFor(int line, int column, int length) const
{
    const QTextBlock block = document()->findBlockByNumber(std::max(0, line - 1));
    QTextCursor cursor(block.isValid() ? block : document()->lastBlock());
    const int inLine = std::min(std::max(0, column - 1), std::max(0, cursor.block().length() - 1));
    cursor.setPosition(cursor.block().position() + inLine);
    const int end = std::min(cursor.position() + length, document()->characterCount() - 1);
    cursor.setPosition(std::max(end, cursor.position()), QTextCursor::KeepAnchor);
    return cursor;
}

void SourceView::markProblems()
{
    QList<QTextEdit::ExtraSelection> marks;
    for (const script::Problem& problem : m_problems) {
        QTextEdit::ExtraSelection mark;
        mark.cursor = cursorFor(problem.line, problem.column, std::max(1, problem.length));
        if (!mark.cursor.hasSelection())
            mark.cursor.select(QTextCursor::LineUnderCursor);
        mark.format.setUnderlineStyle(QTextCharFormat::WaveUnderline);
        mark.format.setUnderlineColor(palette().color(QPalette::Text));
        const bool standsOut = isReadOnly() && problem.severity != script::Problem::Severity::Note;
        if (standsOut) { // where one types, a wave must do
            mark.format.setBackground(palette().brush(QPalette::Highlight));
            mark.format.setForeground(palette().brush(QPalette::HighlightedText));
        }
        marks << mark;
    }
    setExtraSelections(marks);
}

int SourceView::marginWidth() const
{
    const auto digits = QString::number(std::max(10, blockCount())).size();
    const int digitWidth = fontMetrics().horizontalAdvance(u'9');
    return digitWidth * static_cast<int>(digits + 3);
}

void SourceView::placeMargin()
{
    setViewportMargins(marginWidth(), 0, 0, 0);
    const QRect inside = contentsRect();
    m_margin->setGeometry(inside.left(), inside.top(), marginWidth(), inside.height());
}

void SourceView::resizeEvent(QResizeEvent* event)
{
    QPlainTextEdit::resizeEvent(event);
    placeMargin();
}

void SourceView::paintMargin(QPaintEvent* event)
{
    QPainter painter(m_margin);
    painter.fillRect(event->rect(), palette().window());
    painter.setPen(palette().color(QPalette::WindowText));
    painter.setFont(font());
    const int gap = fontMetrics().horizontalAdvance(u'9');
    for (QTextBlock block = firstVisibleBlock(); block.isValid(); block = block.next()) {
        const QRectF area = blockBoundingGeometry(block).translated(contentOffset());
        if (area.top() > event->rect().bottom())
            break;
        const int line = block.blockNumber() + 1;
        const bool marked =
            std::any_of(m_problems.begin(), m_problems.end(),
                        [line](const script::Problem& problem) { return problem.line == line; });
        const QRectF place(0, area.top(), m_margin->width() - gap, fontMetrics().height());
        painter.drawText(place, Qt::AlignRight, QString::number(line));
        if (marked)
            painter.drawText(place.adjusted(gap / 2.0, 0, 0, 0), Qt::AlignLeft, QStringLiteral("▸"));
    }
}

} // namespace ui
