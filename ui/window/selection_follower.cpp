#include "ui/window/selection_follower.h"

#include "ui/catalog/catalog_model.h"
#include "ui/catalog/tree_state.h"

#include <QTreeView>

namespace ui {

using edit::SessionEvent;

namespace {

constexpr int firstInterval =
    150; ///< ms before the table is read that nobody asked for; often all is open then
constexpr int growingInterval = 800; ///< ms between readings of the table while files are still being added

} // namespace

SelectionFollower::SelectionFollower(QTreeView& tree, CatalogModel& model, edit::Session& session,
                                     QObject* parent)
    : QObject(parent)
    , m_tree(tree)
    , m_model(model)
    , m_session(session)
{
    m_timer.setSingleShot(true);
    connect(&m_timer, &QTimer::timeout, this, &SelectionFollower::apply);
    connect(m_tree.selectionModel(), &QItemSelectionModel::selectionChanged, this, [this] {
        m_userSelected = m_userSelected || !m_selecting;
        Q_EMIT aboutToChange();
        m_timer.start(m_selecting ? firstInterval : 0);
    });
}

SelectionFollower::~SelectionFollower() = default;

void SelectionFollower::follow(const SessionEvent& event)
{
    switch (event.kind) {
    case SessionEvent::Kind::Loaded:
        selectSinglePatient();
        if (!m_timer.isActive())
            m_timer.start(m_session.progress().running ? growingInterval : 0);
        break;
    case SessionEvent::Kind::Closed:
        m_userSelected = m_userSelected && m_session.catalog().size() > 0;
        m_timer.start(0);
        break;
    case SessionEvent::Kind::Reloading:
        beginReload();
        break;
    case SessionEvent::Kind::Reloaded:
        endReload();
        break;
    case SessionEvent::Kind::ScanFinished:
        selectSinglePatient();
        m_timer.start(0);
        break;
    default:
        break;
    }
}

void SelectionFollower::apply()
{
    if (m_reloads > 0)
        return; // nodes go and come while files are read again; the selection is the one from before
    m_instances = m_model.instancesBelow(m_tree.selectionModel()->selectedRows());
    Q_EMIT changed(m_instances);
}

void SelectionFollower::settle()
{
    if (!m_timer.isActive())
        return;
    m_timer.stop();
    apply();
}

/// While there is one patient only, it is selected; unless the user chose something.
void SelectionFollower::selectSinglePatient()
{
    if (m_userSelected)
        return;
    const auto patients = m_session.catalog().root().children.size();
    m_selecting = true;
    if (patients == 1 && !m_tree.selectionModel()->hasSelection()) {
        const QModelIndex patient = m_model.index(0, 0);
        m_tree.setCurrentIndex(patient);
        m_tree.expand(patient);
    } else if (patients > 1) {
        m_tree.clearSelection();
    }
    for (int row = 0; patients == 1 && row < m_model.rowCount(m_model.index(0, 0)); ++row)
        m_tree.expand(m_model.index(row, 0, m_model.index(0, 0)));
    m_selecting = false;
}

void SelectionFollower::select(const edit::InstanceIds& ids)
{
    const QItemSelection rows = m_model.selectionOf(ids);
    m_userSelected = true;
    if (!rows.isEmpty()) {
        const QModelIndex first = rows.first().topLeft();
        m_tree.selectionModel()->setCurrentIndex(first, QItemSelectionModel::NoUpdate);
        m_tree.scrollTo(first);
    }
    m_tree.selectionModel()->select(rows, QItemSelectionModel::ClearAndSelect | QItemSelectionModel::Rows);
}

/// Nodes go and come while overwritten files are taken in; the tree is to look as before when that is done.
void SelectionFollower::beginReload()
{
    if (m_reloads++ > 0)
        return;
    if (m_timer.isActive()) {
        m_timer.stop();
        m_instances = m_model.instancesBelow(m_tree.selectionModel()->selectedRows());
    }
    m_treeState = std::make_unique<TreeState>(m_tree, m_model, m_session);
}

void SelectionFollower::endReload()
{
    if (--m_reloads > 0)
        return;
    select(m_instances);
    m_treeState->restore(m_tree, m_model, m_session);
    m_treeState.reset();
    m_timer.start(0);
}

} // namespace ui
