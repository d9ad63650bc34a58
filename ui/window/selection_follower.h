#pragma once

#include "core/edit/session.h"

#include <QObject>
#include <QTimer>
#include <memory>

class QTreeView;

namespace ui {

class CatalogModel;
class TreeState;

/// Which images are selected in the tree: one notice for many changes, the only patient selected by itself,
/// and the same images selected again when overwritten files have gone and come back.
class SelectionFollower : public QObject {
    Q_OBJECT
public:
    /// All must outlive it; the tree shows the model.
    SelectionFollower(QTreeView& tree, CatalogModel& model, edit::Session& session, QObject* parent);
    ~SelectionFollower() override;

    const edit::InstanceIds& instances() const { return m_instances; }
    void select(const edit::InstanceIds& ids);
    /// What is done next is done to what the user sees selected, not to what was selected before.
    void settle();
    /// Follows what happens to the session: call with every event.
    void follow(const edit::SessionEvent& event);

Q_SIGNALS:
    /// The user or the window chose something else; what was selected is still shown.
    void aboutToChange();
    void changed(const edit::InstanceIds& instances);

private:
    void apply();
    void selectSinglePatient();
    void beginReload();
    void endReload();

    QTreeView& m_tree;
    CatalogModel& m_model;
    edit::Session& m_session;
    QTimer m_timer; ///< one reading for many changes of the selection
    edit::InstanceIds m_instances;
    bool m_userSelected = false; ///< the selection was made by the user, not by the window
    bool m_selecting = false; ///< the window itself changes the selection
    int m_reloads = 0; ///< lots of overwritten files that are going and coming back
    std::unique_ptr<TreeState> m_treeState; ///< from before they went
};

} // namespace ui
