#include "ui/attributes/attribute_delegate.h"

#include "ui/attributes/attribute_model.h"
#include "ui/attributes/value_editor.h"

#include <QAbstractProxyModel>
#include <QApplication>
#include <QKeyEvent>
#include <QPainter>

namespace ui {

namespace {

/// The index of the attribute model behind the view's proxies.
QModelIndex sourceOf(const QModelIndex& index)
{
    QModelIndex source = index;
    while (const auto* proxy = qobject_cast<const QAbstractProxyModel*>(source.model()))
        source = proxy->mapToSource(source);
    return source;
}

QColor quieter(const QColor& text, const QColor& ground)
{
    const auto mix = [](int a, int b) { return (a * 6 + b * 4) / 10; };
    return {mix(text.red(), ground.red()), mix(text.green(), ground.green()),
            mix(text.blue(), ground.blue())};
}

/// The text in up to three manners: struck, plain, quiet.
void paintParts(QPainter* painter, const QStyleOptionViewItem& option, const QRect& area, const QString& text,
                int struck, int quiet)
{
    const bool selected = option.state & QStyle::State_Selected;
    const auto group = option.state & QStyle::State_Enabled ? QPalette::Normal : QPalette::Disabled;
    const QColor plain = option.palette.color(group, selected ? QPalette::HighlightedText : QPalette::Text);
    const QColor ground = option.palette.color(group, selected ? QPalette::Highlight : QPalette::Base);
    struct Part {
        QString text;
        bool struck, quiet;
    };
    const auto length = text.size();
    const Part parts[] = {{text.left(struck), true, false},
                          {text.mid(struck, length - struck - quiet), false, false},
                          {text.right(quiet), false, true}};
    QRect rest = area;
    for (const Part& part : parts) {
        if (part.text.isEmpty() || rest.width() <= 0)
            continue;
        QFont font = option.font;
        font.setStrikeOut(part.struck);
        painter->setFont(font);
        painter->setPen(part.quiet ? quieter(plain, ground) : plain);
        const QFontMetrics metrics(font);
        // Room for the end of the text is kept free: "(deleted)" must not be what is cut off.
        const int reserved = part.quiet ? 0 : metrics.horizontalAdvance(text.right(quiet));
        const int width = qMax(rest.width() - reserved, qMin(rest.width(), metrics.averageCharWidth() * 8));
        const QString shown = metrics.elidedText(part.text, Qt::ElideRight, width);
        painter->drawText(rest, Qt::AlignLeft | Qt::AlignVCenter | Qt::TextSingleLine, shown);
        rest.setLeft(rest.left() + metrics.horizontalAdvance(shown));
    }
}

} // namespace

void AttributeDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option,
                              const QModelIndex& index) const
{
    const int quiet = index.data(AttributeModel::QuietLengthRole).toInt();
    const int struck = index.data(AttributeModel::StruckLengthRole).toInt();
    if (quiet == 0 && struck == 0) {
        QStyledItemDelegate::paint(painter, option, index);
        return;
    }
    QStyleOptionViewItem cell = option;
    initStyleOption(&cell, index);
    const QString text = std::exchange(cell.text, QString());
    const QStyle* style = cell.widget ? cell.widget->style() : QApplication::style();
    style->drawControl(QStyle::CE_ItemViewItem, &cell, painter, cell.widget);
    cell.text = text;
    const QRect area = style->subElementRect(QStyle::SE_ItemViewItemText, &cell, cell.widget);
    const int margin = style->pixelMetric(QStyle::PM_FocusFrameHMargin, &cell, cell.widget) + 1;
    painter->save();
    painter->setClipRect(cell.rect);
    paintParts(painter, cell, area.adjusted(margin, 0, -margin, 0), text, struck, quiet);
    painter->restore();
}

// --- editing

QWidget* AttributeDelegate::createEditor(QWidget* parent, const QStyleOptionViewItem&,
                                         const QModelIndex& index) const
{
    const QModelIndex source = sourceOf(index);
    const auto* model = qobject_cast<const AttributeModel*>(source.model());
    const edit::MergedAttribute* attribute = model ? model->attribute(source) : nullptr;
    if (!attribute)
        return nullptr;
    auto* editor = new ValueEditor({model->instances(), *attribute}, parent);
    auto* self = const_cast<AttributeDelegate*>(this); // Qt's signals are not const
    // The field says what it was opened for: the row may be another one's, or gone, when it is left.
    connect(editor, &ValueEditor::accepted, self, [self, editor] {
        const EditTarget target = editor->target();
        const QString text = editor->text();
        Q_EMIT self->closeEditor(editor, QAbstractItemDelegate::NoHint);
        Q_EMIT self->entered(target, text);
    });
    connect(editor, &ValueEditor::refused, self, [self, editor] {
        const EditTarget target = editor->target();
        const QString reason = editor->reason();
        Q_EMIT self->closeEditor(editor, QAbstractItemDelegate::NoHint);
        Q_EMIT self->refused(target, reason);
    });
    connect(editor, &ValueEditor::abandoned, self,
            [self, editor] { Q_EMIT self->closeEditor(editor, QAbstractItemDelegate::NoHint); });
    return editor;
}

void AttributeDelegate::setEditorData(QWidget* editor, const QModelIndex&) const
{
    // The editor knows its attribute; a refresh of the table must not undo what is being typed.
    Q_UNUSED(editor)
}

void AttributeDelegate::setModelData(QWidget* editor, QAbstractItemModel*, const QModelIndex&) const
{
    static_cast<ValueEditor*>(editor)->leave();
}

void AttributeDelegate::updateEditorGeometry(QWidget* editor, const QStyleOptionViewItem& option,
                                             const QModelIndex&) const
{
    static_cast<ValueEditor*>(editor)->place(option.rect);
}

bool AttributeDelegate::eventFilter(QObject* object, QEvent* event)
{
    auto* editor = qobject_cast<ValueEditor*>(object);
    if (editor && event->type() == QEvent::KeyPress) {
        const auto* key = static_cast<QKeyEvent*>(event);
        if (key->key() == Qt::Key_Return || key->key() == Qt::Key_Enter) {
            editor->tryAccept();
            return true;
        }
        if (key->key() == Qt::Key_Escape)
            editor->discard();
    }
    return QStyledItemDelegate::eventFilter(object, event);
}

} // namespace ui
