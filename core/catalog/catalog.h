#pragma once

#include "core/catalog/instance.h"
#include "core/dicom/data_set.h"

#include <QHash>
#include <QSet>
#include <functional>
#include <memory>

namespace catalog {

/// What the tree shows of an instance, and what it is grouped by.
struct TreeKeys {
    QString patientName, patientId;
    QString studyUid, studyDate, studyDescription, studyId;
    QString seriesUid, seriesNumber, modality, seriesDescription;
    QString sopUid, instanceNumber;
    friend bool operator==(const TreeKeys&, const TreeKeys&) = default;
};
TreeKeys treeKeysOf(const dicom::DataSet& dataSet);

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
    int instanceCount() const;
};

/// Patients, studies, series and instances by what stands in the files (pending edits do not move anything).
/// A value type of one thread.
class Catalog {
public:
    Catalog();
    /// Where one instance belongs: inserts it and the nodes it needs. `about(parent, row)` is called before
    /// each insertion and `done()` after it, so that an item model can follow.
    using About = std::function<void(Node& parent, int row)>;
    using After = std::function<void()>;
    Node* add(InstancePtr instance, const About& about = {}, const After& done = {});
    /// Removes the instance, and nodes that become empty; `about` names the node that goes.
    void remove(InstanceId id, const About& about = {}, const After& done = {});

    const Node& root() const { return *m_root; }
    Node& root() { return *m_root; }
    const Node* node(InstanceId id) const; ///< null when it is not there
    InstancePtr instance(InstanceId id) const;
    int size() const { return static_cast<int>(m_nodes.size()); }
    int count(Node::Level level) const;

private:
    std::unique_ptr<Node> m_root;
    QHash<InstanceId, Node*> m_nodes;
    QHash<QString, InstanceIds> m_bySopUid;
};

/// Ids of all instances below the node.
InstanceIds instancesBelow(const Node& node);

/// The words of a node, from these keys: "DOE^JANE  (MRN0042)", "2014-01-29  CT CHEST", "2  CT  Lung 1.0
/// (400)", "17".
QString label(Node::Level level, const TreeKeys& keys, int instanceCount);

} // namespace catalog
