#pragma once

#include "ui/catalog/issue_model.h"

#include <QDockWidget>
#include <QSortFilterProxyModel>

class QTreeView;

namespace ui {

/// The list of issues; a double click or Enter jumps to the image where it is open.
class IssuesDock : public QDockWidget {
    Q_OBJECT
public:
    explicit IssuesDock(QWidget* parent = nullptr);

    IssueModel& model() { return m_model; }

Q_SIGNALS:
    void instanceWanted(int id);

private:
    void copyPaths() const;
    void jump(const QModelIndex& index);

    IssueModel m_model;
    QSortFilterProxyModel m_sorted;
    QTreeView* m_view = nullptr;
};

} // namespace ui
