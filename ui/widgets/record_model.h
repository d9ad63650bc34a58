#pragma once

#include <QAbstractTableModel>
#include <QList>
#include <functional>

namespace ui {

/// A read-only table over plain records: a list of rows, and one function for each column.
template <typename Record>
class RecordModel : public QAbstractTableModel {
public:
    struct Column {
        QString title;
        std::function<QString(const Record&)> text;
        std::function<QString(const Record&)> toolTip = {}; ///< none: the text itself
    };

    explicit RecordModel(QList<Column> columns, QObject* parent = nullptr)
        : QAbstractTableModel(parent)
        , m_columns(std::move(columns))
    {
    }

    void setRecords(QList<Record> records)
    {
        beginResetModel();
        m_records = std::move(records);
        endResetModel();
    }
    const QList<Record>& records() const { return m_records; }

    /// Lets `change` alter the records in place (not their number); selection and scroll position stay.
    void update(const std::function<void(QList<Record>&)>& change)
    {
        change(m_records);
        if (!m_records.isEmpty())
            Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, columnCount() - 1));
    }

    int rowCount(const QModelIndex& parent = {}) const override
    {
        return parent.isValid() ? 0 : static_cast<int>(m_records.size());
    }
    int columnCount(const QModelIndex& parent = {}) const override
    {
        return parent.isValid() ? 0 : static_cast<int>(m_columns.size());
    }

    QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override
    {
        if (!checkIndex(index, CheckIndexOption::IndexIsValid))
            return {};
        const Column& column = m_columns[index.column()];
        const Record& record = m_records[index.row()];
        switch (role) {
        case Qt::DisplayRole:
            return column.text(record);
        case Qt::ToolTipRole:
            return column.toolTip ? column.toolTip(record) : column.text(record);
        default:
            return {};
        }
    }

    QVariant headerData(int section, Qt::Orientation orientation, int role) const override
    {
        if (orientation != Qt::Horizontal || section < 0 || section >= m_columns.size())
            return {};
        return role == Qt::DisplayRole ? QVariant(m_columns[section].title)
            : role == Qt::TextAlignmentRole
            ? QVariant::fromValue(Qt::Alignment(Qt::AlignLeft | Qt::AlignVCenter))
            : QVariant();
    }

private:
    QList<Column> m_columns;
    QList<Record> m_records;
};

} // namespace ui
