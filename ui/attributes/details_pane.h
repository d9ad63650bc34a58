#pragma once

#include "core/edit/merge.h"

#include <QAbstractTableModel>
#include <QWidget>

class QLabel;
class QPlainTextEdit;
class QTableView;

namespace ui {

/// The values that an attribute has, each with the number of files; the files without it come last.
class DistinctModel : public QAbstractTableModel {
    Q_OBJECT
public:
    using QAbstractTableModel::QAbstractTableModel;

    void setAttribute(const edit::MergedAttribute& attribute);
    const edit::DistinctValue& value(int row) const { return m_values[row]; }

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

private:
    QList<edit::DistinctValue> m_values;
};

/// All that is known of one attribute: its whole value, what it is, what it was, and where it differs.
class DetailsPane : public QWidget {
    Q_OBJECT
public:
    explicit DetailsPane(QWidget* parent = nullptr);

    /// Null: nothing.
    void setAttribute(const edit::MergedAttribute* attribute);

Q_SIGNALS:
    /// The files with this value are to be selected.
    void valueChosen(const dicom::AttributePath& path, const edit::DistinctValue& value);

private:
    void buildDistinct();
    void fillValue(const edit::MergedAttribute& attribute);

    QLabel* m_title = nullptr;
    QLabel* m_facts = nullptr;
    QLabel* m_old = nullptr;
    QPlainTextEdit* m_value = nullptr;
    QTableView* m_distinct = nullptr;
    DistinctModel* m_model = nullptr;
    edit::MergedAttribute m_attribute;
};

} // namespace ui
