#include "ui/attributes/attribute_view.h"

#include "core/dicom/value.h"
#include "ui/attributes/attribute_delegate.h"
#include "ui/attributes/attribute_model.h"
#include "ui/attributes/value_editor.h"
#include "ui/widgets/icons.h"

#include <QHBoxLayout>
#include <QHeaderView>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QLocale>
#include <QMouseEvent>
#include <QScrollBar>
#include <QToolButton>
#include <QVBoxLayout>
#include <algorithm>

namespace ui {

void AttributeView::keyPressEvent(QKeyEvent* event)
{
    const bool enter = event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter;
    if ((enter || event->key() == Qt::Key_F2) && state() != EditingState && currentIndex().isValid()) {
        editRow(currentIndex());
        event->accept();
        return;
    }
    QTreeView::keyPressEvent(event);
}

void AttributeView::mouseDoubleClickEvent(QMouseEvent* event)
{
    const QModelIndex index = indexAt(event->position().toPoint());
    if (index.isValid() && event->button() == Qt::LeftButton)
        editRow(index);
    else
        QTreeView::mouseDoubleClickEvent(event);
}

void AttributeView::editRow(const QModelIndex& index)
{
    const QPersistentModelIndex row(index);
    Q_EMIT editingWanted();
    if (!row.isValid())
        return;
    const QModelIndex first = row.sibling(row.row(), 0);
    const QModelIndex value = row.sibling(row.row(), AttributeModel::ValueColumn);
    if (model()->hasChildren(first)) {
        setExpanded(first, !isExpanded(first));
    } else if (value.flags() & Qt::ItemIsEditable) {
        const QString text = value.data(Qt::EditRole).toString();
        if (text.contains(u'\n') || text.contains(u'\r') || isColumnHidden(AttributeModel::ValueColumn)) {
            Q_EMIT dialogWanted(first);
            return;
        }
        // Where there is room enough to type, the table does not move sideways.
        const int before = horizontalScrollBar()->value();
        const int room = viewport()->width() - columnViewportPosition(AttributeModel::ValueColumn);
        scrollTo(value);
        setCurrentIndex(value);
        if (room > fontMetrics().averageCharWidth() * 16 && room <= viewport()->width())
            horizontalScrollBar()->setValue(before);
        edit(value);
    }
}

} // namespace ui
