#pragma once

#include "core/catalog/instance.h"

#include <QAbstractTableModel>

namespace ui {

/// Files that were not loaded, and those that are and should be looked at.
class IssueModel : public QAbstractTableModel {
    Q_OBJECT
public:
    enum Column { KindColumn, FileColumn, ReasonColumn, FolderColumn, ColumnCount };

    using QAbstractTableModel::QAbstractTableModel;

    /// Keeps the rows that are the same at the beginning.
    void setIssues(const QList<catalog::Issue>& issues);
    const QList<catalog::Issue>& issues() const { return m_issues; }

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

private:
    QList<catalog::Issue> m_issues;
};

} // namespace ui
