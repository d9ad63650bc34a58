#pragma once

#include "core/catalog/instance.h"
#include "core/catalog/tree_keys.h"

#include <QHash>
#include <QSet>
#include <array>
#include <memory>

namespace catalog {

/// A node of the tree; children in natural order (numbers by value). Owned by the catalog.
struct Node {
    enum class Level { Root, Patient, Study, Series, Instance };
    Level level = Level::Root;
    Node* parent = nullptr;
    std::vector<std::unique_ptr<Node>> children;
    QString key; ///< what the siblings are told apart by
    TreeKeys keys; ///< of the first instance below, from the files
    InstancePtr instance; ///< at the instance level
    bool duplicate = false; ///< another instance has the same SOP Instance UID
    int row() const; ///< position among the siblings
    int instanceCount = 0; ///< instances below, this one included

private:
    mutable int m_rowHint = 0; ///< where row() found the node last; views ask for it over and over
};

/// Follows a catalog as it changes; what an item model needs.
class CatalogObserver {
public:
    virtual ~CatalogObserver() = default;
    virtual void aboutToInsert(const Node& parent, int row) = 0;
    virtual void inserted() = 0;
    virtual void aboutToRemove(const Node& parent, int row) = 0;
    virtual void removed() = 0;
};

/// Patients, studies, series and instances by what stands in the files (pending edits do not move anything).
/// Belongs to one thread.
class Catalog {
public:
    Catalog();
    /// Not owned; null for none.
    void setObserver(CatalogObserver* observer) { m_observer = observer; }
    /// Inserts the instance and the nodes that it needs; returns its node.
    const Node* add(const InstancePtr& instance);
    /// The same where the keys are known already.
    const Node* add(const InstancePtr& instance, const TreeKeys& keys);
    /// Removes the instance, and nodes that become empty.
    void remove(InstanceId id);

    const Node& root() const { return *m_root; }
    const Node* node(InstanceId id) const; ///< null when it is not there
    InstancePtr instance(InstanceId id) const; ///< null when it is not there
    InstanceIds ids() const;
    int size() const { return static_cast<int>(m_nodes.size()); }
    /// Nodes of that level.
    int count(Node::Level level) const;
    /// The other open instances with the same SOP Instance UID.
    InstanceIds duplicatesOf(InstanceId id) const;

private:
    Node* childFor(Node& parent, Node::Level level, const QString& key, const TreeKeys& keys);
    Node* insert(Node& parent, std::unique_ptr<Node> child);
    void markDuplicates(const InstanceIds& same); ///< of one SOP Instance UID
    void forget(const Node& node);
    void erase(Node& node);

    std::unique_ptr<Node> m_root;
    CatalogObserver* m_observer = nullptr;
    QHash<InstanceId, Node*> m_nodes;
    QHash<QString, InstanceIds> m_bySopUid;
    QHash<std::pair<const Node*, QString>, Node*>
        m_groups; ///< patients, studies and series by parent and key
    std::array<int, 5> m_counts{}; ///< nodes by level
};

/// Ids of all instances below the node.
InstanceIds instancesBelow(const Node& node);

/// The words of a node, from these keys: "DOE^JANE  (MRN0042)", "No name, ID MRN0042", "2014-01-29  CT
/// CHEST", "2  CT  Lung 1.0 (400)", "17".
QString label(Node::Level level, const TreeKeys& keys, int instanceCount);

} // namespace catalog
