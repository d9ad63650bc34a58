#include "ui/widgets/parts.h"

#include <QAction>
#include <QApplication>
#include <QClipboard>
#include <QCoreApplication>
#include <QDir>
#include <QHeaderView>
#include <QLabel>
#include <QLocale>
#include <QTreeView>
#include <algorithm>

namespace ui {

namespace {

void copySelection(const QTreeView* view)
{
    QModelIndexList rows = view->selectionModel()->selectedRows();
    std::sort(rows.begin(), rows.end());
    QStringList lines;
    for (const QModelIndex& row : rows) {
        QStringList cells;
        for (int column = 0; column < view->model()->columnCount(); ++column)
            cells << row.siblingAtColumn(column).data().toString();
        lines << cells.join(u'\t');
    }
    QApplication::clipboard()->setText(lines.join(u'\n'));
}

} // namespace

QTreeView* makeTable(QAbstractItemModel* model, const QString& name, QWidget* parent)
{
    auto* view = new QTreeView(parent);
    view->setModel(model);
    view->setRootIsDecorated(false);
    view->setItemsExpandable(false);
    view->setUniformRowHeights(true);
    view->setAllColumnsShowFocus(true);
    view->setSelectionMode(QAbstractItemView::ExtendedSelection);
    view->setTextElideMode(Qt::ElideMiddle);
    view->setTabKeyNavigation(false);
    view->setAccessibleName(name);
    auto* copy = new QAction(QCoreApplication::translate("Dialogs", "&Copy"), view);
    copy->setShortcut(QKeySequence::Copy);
    copy->setShortcutContext(Qt::WidgetShortcut);
    QObject::connect(copy, &QAction::triggered, view, [view] { copySelection(view); });
    view->addAction(copy);
    view->setContextMenuPolicy(Qt::ActionsContextMenu);
    return view;
}

void fitColumns(QTreeView* view, int most)
{
    const int gap = view->fontMetrics().averageCharWidth() * 2;
    const int widest = view->fontMetrics().averageCharWidth() * most;
    for (int column = 0; column < view->model()->columnCount() - 1; ++column) {
        view->resizeColumnToContents(column);
        view->setColumnWidth(column, std::min(view->columnWidth(column), widest) + gap);
    }
}

QLabel* makeText(const QString& text, QWidget* parent)
{
    auto* label = new QLabel(text, parent);
    label->setTextFormat(Qt::PlainText);
    label->setWordWrap(true);
    return label;
}

QLabel* makeHeading(const QString& text, QWidget* parent)
{
    QLabel* label = makeText(text, parent);
    QFont font = label->font();
    font.setBold(true);
    font.setPointSizeF(font.pointSizeF() * 1.15);
    label->setFont(font);
    return label;
}

void showIcon(QLabel* label, QStyle::StandardPixmap icon)
{
    const int size = label->style()->pixelMetric(QStyle::PM_LargeIconSize, nullptr, label);
    label->setPixmap(label->style()->standardIcon(icon, nullptr, label).pixmap(size));
    label->setVisible(true);
}

QString numberText(qsizetype number)
{
    return QLocale().toString(number);
}

QString filesText(qint64 count)
{
    return count == 1 ? QCoreApplication::translate("Dialogs", "1 file")
                      : QCoreApplication::translate("Dialogs", "%1 files").arg(QLocale().toString(count));
}

QString filesTitle(qint64 count)
{
    return count == 1 ? QCoreApplication::translate("Dialogs", "1 File")
                      : QCoreApplication::translate("Dialogs", "%1 Files").arg(QLocale().toString(count));
}

QString shownPath(const QString& path, int most)
{
    const QString native = QDir::toNativeSeparators(path);
    if (native.size() <= most)
        return native;
    const int head = most / 3;
    return native.left(head) + u'…' + native.right(most - head - 1);
}

} // namespace ui
