#pragma once

#include "ui/attributes/edit_target.h"

#include <QStyledItemDelegate>

namespace ui {

/// Draws cells of the attribute table, where a part of the text is quieter or struck through, and edits
/// values in place.
class AttributeDelegate : public QStyledItemDelegate {
    Q_OBJECT
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    void paint(QPainter* painter, const QStyleOptionViewItem& option,
               const QModelIndex& index) const override;
    QWidget* createEditor(QWidget* parent, const QStyleOptionViewItem& option,
                          const QModelIndex& index) const override;
    void setEditorData(QWidget* editor, const QModelIndex& index) const override;
    void setModelData(QWidget* editor, QAbstractItemModel* model, const QModelIndex& index) const override;
    void updateEditorGeometry(QWidget* editor, const QStyleOptionViewItem& option,
                              const QModelIndex& index) const override;

Q_SIGNALS:
    /// A value was typed that can be set. The field is gone.
    void entered(const ui::EditTarget& target, const QString& text);
    /// A field was left with a text that cannot be set. The field is gone.
    void refused(const ui::EditTarget& target, const QString& reason);

protected:
    bool eventFilter(QObject* object, QEvent* event) override;
};

} // namespace ui
