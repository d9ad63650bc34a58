#pragma once

#include <QTreeView>

namespace ui {

/// The table itself: Enter, F2 and a double click edit the row's value, whatever the column.
class AttributeView : public QTreeView {
    Q_OBJECT
public:
    using QTreeView::QTreeView;

Q_SIGNALS:
    /// The row's value cannot be edited in place but in a dialog; of the view's model.
    void dialogWanted(const QModelIndex& index);
    /// The user asks for a field, which opens when this has been heard.
    void editingWanted();

protected:
    void keyPressEvent(QKeyEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;

private:
    void editRow(const QModelIndex& index);
};

} // namespace ui
