#pragma once

#include "core/edit/session.h"

#include <QAbstractItemModel>
#include <QItemSelection>

namespace ui {

/// Patients, studies, series and instances of a session, labelled as they are after the edits. Follows the
/// catalog as it changes; a session has one such model at a time.
class CatalogModel : public QAbstractItemModel, private catalog::CatalogObserver {
    Q_OBJECT
public:
    enum Role { EditedRole = Qt::UserRole + 1, LevelRole };

    explicit CatalogModel(edit::Session& session, QObject* parent = nullptr);
    ~CatalogModel() override;

    const catalog::Node* node(const QModelIndex& index) const;
    QModelIndex indexOf(const catalog::Node* node) const;
    /// All instances below the indexes, ascending, each once.
    edit::InstanceIds instancesBelow(const QModelIndexList& indexes) const;
    /// The fewest rows that stand for exactly these instances (ascending).
    QItemSelection selectionOf(const edit::InstanceIds& ids) const;

    QModelIndex index(int row, int column, const QModelIndex& parent = {}) const override;
    QModelIndex parent(const QModelIndex& index) const override;
    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

private:
    void aboutToInsert(const catalog::Node& parent, int row) override;
    void inserted() override;
    void aboutToRemove(const catalog::Node& parent, int row) override;
    void removed() override;
    void follow(const edit::SessionEvent& event);
    void forget(const catalog::Node& gone);
    void markEdited();
    void notifyAbove(const edit::InstanceIds& ids);
    QString labelOf(const catalog::Node& node) const;
    catalog::TreeKeys shownKeys(const catalog::Node& node) const;
    QString numberOfNameless(const catalog::Node& patient) const;
    QString labelInFile(const catalog::Node& node) const;
    QString toolTipOf(const catalog::Node& node) const;

    edit::Session& m_session;
    QSet<const catalog::Node*> m_edited; ///< nodes with an edited instance below
};

} // namespace ui
