#include "core/catalog/catalog.h"

#include <QDate>
#include <algorithm>

namespace catalog {

namespace {

using Level = Node::Level;

/// Text with numbers compared by value: "2" before "10", "IM9" before "IM10".
int naturalCompare(const QString& a, const QString& b)
{
    qsizetype i = 0;
    qsizetype j = 0;
    while (i < a.size() && j < b.size()) {
        if (a[i].isDigit() && b[j].isDigit()) {
            const auto number = [](const QString& text, qsizetype& at) {
                const qsizetype from = at;
                while (at < text.size() && text[at].isDigit())
                    ++at;
                return QStringView(text).mid(from, at - from);
            };
            QStringView x = number(a, i);
            QStringView y = number(b, j);
            while (x.size() > 1 && x.front() == u'0')
                x = x.mid(1);
            while (y.size() > 1 && y.front() == u'0')
                y = y.mid(1);
            const int order = x.size() != y.size() ? (x.size() < y.size() ? -1 : 1) : x.compare(y);
            if (order != 0)
                return order;
        } else {
            const int order = QStringView(a).mid(i, 1).compare(QStringView(b).mid(j, 1), Qt::CaseInsensitive);
            if (order != 0)
                return order;
            ++i;
            ++j;
        }
    }
    return a.size() - i < b.size() - j ? -1 : (a.size() - i > b.size() - j ? 1 : a.compare(b));
}

/// What the children of a level are sorted by, first to last; null for what a level has not.
std::array<const QString*, 3> sortKeys(const Node& node)
{
    const TreeKeys& keys = node.keys;
    switch (node.level) {
    case Level::Patient:
        return {&keys.patientName, &keys.patientId, &node.key};
    case Level::Study:
        return {&keys.studyDate, &keys.studyDescription, &node.key};
    case Level::Series:
        return {&keys.seriesNumber, &keys.seriesDescription, &node.key};
    case Level::Instance:
        return {&keys.instanceNumber, nullptr, &node.key};
    case Level::Root:
        break;
    }
    return {nullptr, nullptr, &node.key};
}

bool before(const Node& a, const Node& b)
{
    const auto x = sortKeys(a);
    const auto y = sortKeys(b);
    for (size_t i = 0; i < x.size(); ++i)
        if (const int order = x[i] && y[i] ? naturalCompare(*x[i], *y[i]) : 0; order != 0)
            return order < 0;
    return false;
}

QString shownDate(const QString& date)
{
    const QDate day = QDate::fromString(date, QStringLiteral("yyyyMMdd"));
    return day.isValid() ? day.toString(Qt::ISODate) : date;
}

QString joined(const QStringList& parts)
{
    QStringList present;
    for (const QString& part : parts)
        if (!part.isEmpty())
            present << part;
    return present.join(QStringLiteral("  "));
}

QString orElse(const QString& text, const QString& otherwise)
{
    return text.isEmpty() ? otherwise : text;
}

} // namespace

int Node::row() const
{
    if (!parent)
        return 0;
    if (m_rowHint < static_cast<int>(parent->children.size())
        && parent->children[static_cast<size_t>(m_rowHint)].get() == this)
        return m_rowHint;
    // Siblings are sorted, so the place is found by search; equal neighbours are told apart by address.
    const auto& siblings = parent->children;
    auto it = std::lower_bound(siblings.begin(), siblings.end(), *this,
                               [](const std::unique_ptr<Node>& a, const Node& b) { return before(*a, b); });
    while (it != siblings.end() && it->get() != this)
        ++it;
    m_rowHint = static_cast<int>(it - siblings.begin());
    return m_rowHint;
}

Catalog::Catalog()
    : m_root(std::make_unique<Node>())
{
}

Node* Catalog::insert(Node& parent, std::unique_ptr<Node> child)
{
    child->parent = &parent;
    auto& siblings = parent.children;
    // Files mostly come in their order.
    const bool isLast = siblings.empty() || !before(*child, *siblings.back());
    const auto at = isLast
        ? siblings.end()
        : std::upper_bound(siblings.begin(), siblings.end(), *child,
                           [](const Node& a, const std::unique_ptr<Node>& b) { return before(a, *b); });
    const int row = static_cast<int>(at - siblings.begin());
    if (m_observer)
        m_observer->aboutToInsert(parent, row);
    Node* inserted = siblings.insert(at, std::move(child))->get();
    ++m_counts[static_cast<size_t>(inserted->level)];
    if (m_observer)
        m_observer->inserted();
    return inserted;
}

Node* Catalog::childFor(Node& parent, Level level, const QString& key, const TreeKeys& keys)
{
    Node*& known = m_groups[{&parent, key}];
    if (!known) {
        auto child = std::make_unique<Node>();
        child->level = level;
        child->key = key;
        child->keys = keys;
        known = insert(parent, std::move(child));
    }
    return known;
}

void Catalog::markDuplicates(const InstanceIds& same)
{
    for (const InstanceId id : same)
        if (Node* node = m_nodes.value(id))
            node->duplicate = same.size() > 1;
}

const Node* Catalog::add(const InstancePtr& instance)
{
    return add(instance, treeKeysOf(instance->kept().dataSet));
}

const Node* Catalog::add(const InstancePtr& instance, const TreeKeys& keys)
{
    Node* patient = childFor(*m_root, Level::Patient, keys.patientId + QChar(0) + keys.patientName, keys);
    Node* study = childFor(*patient, Level::Study, keys.studyUid, keys);
    Node* series = childFor(*study, Level::Series, keys.seriesUid, keys);
    auto node = std::make_unique<Node>();
    node->level = Level::Instance;
    node->key = instance->content ? instance->content->path : instance->path(); // the same string, once
    node->keys = keys;
    node->instance = instance;
    node->instanceCount = 1;
    InstanceIds& same = m_bySopUid[keys.sopUid];
    if (!keys.sopUid.isEmpty())
        same << instance->id;
    node->duplicate = same.size() > 1;
    Node* inserted = insert(*series, std::move(node));
    m_nodes.insert(instance->id, inserted);
    for (Node* above = series; above; above = above->parent)
        ++above->instanceCount;
    markDuplicates(same);
    return inserted;
}

void Catalog::forget(const Node& node)
{
    m_groups.remove({node.parent, node.key});
    --m_counts[static_cast<size_t>(node.level)];
}

void Catalog::erase(Node& node)
{
    Node* parent = node.parent;
    if (!parent)
        return; // the root stays
    const int row = node.row();
    if (m_observer)
        m_observer->aboutToRemove(*parent, row);
    parent->children.erase(parent->children.begin() + row);
    if (m_observer)
        m_observer->removed();
}

void Catalog::remove(InstanceId id)
{
    Node* node = m_nodes.take(id);
    if (!node)
        return;
    InstanceIds& same = m_bySopUid[node->keys.sopUid];
    same.removeOne(id);
    markDuplicates(same);
    for (Node* above = node->parent; above; above = above->parent)
        --above->instanceCount;
    // What becomes empty goes in one step, so an observer never meets a group without an instance.
    Node* top = node;
    forget(*top);
    for (Node* above = node->parent; above && above != m_root.get() && above->instanceCount == 0;
         above = above->parent) {
        top = above;
        forget(*top);
    }
    erase(*top);
}

const Node* Catalog::node(InstanceId id) const
{
    return m_nodes.value(id);
}

InstancePtr Catalog::instance(InstanceId id) const
{
    const Node* found = node(id);
    return found ? found->instance : nullptr;
}

InstanceIds Catalog::ids() const
{
    InstanceIds ids = m_nodes.keys();
    std::sort(ids.begin(), ids.end());
    return ids;
}

int Catalog::count(Level level) const
{
    return m_counts[static_cast<size_t>(level)];
}

InstanceIds Catalog::duplicatesOf(InstanceId id) const
{
    const Node* found = node(id);
    InstanceIds others = found ? m_bySopUid.value(found->keys.sopUid) : InstanceIds();
    others.removeOne(id);
    return others;
}

namespace {

void collect(const Node& node, InstanceIds& ids)
{
    if (node.instance)
        ids << node.instance->id;
    for (const auto& child : node.children)
        collect(*child, ids);
}

} // namespace

InstanceIds instancesBelow(const Node& node)
{
    InstanceIds ids;
    collect(node, ids);
    std::sort(ids.begin(), ids.end());
    return ids;
}

QString label(Level level, const TreeKeys& keys, int instanceCount)
{
    switch (level) {
    case Level::Patient:
        if (keys.patientName.isEmpty())
            return keys.patientId.isEmpty() ? QStringLiteral("No name, no ID")
                                            : QStringLiteral("No name, ID %1").arg(keys.patientId);
        return joined({keys.patientName,
                       keys.patientId.isEmpty() ? QString() : QStringLiteral("(%1)").arg(keys.patientId)});
    case Level::Study:
        return joined({orElse(shownDate(keys.studyDate), QStringLiteral("(no date)")),
                       orElse(keys.studyDescription, keys.studyId)});
    case Level::Series:
        return joined({keys.seriesNumber, keys.modality, keys.seriesDescription,
                       QStringLiteral("(%1)").arg(instanceCount)});
    case Level::Instance:
        return orElse(keys.instanceNumber, QStringLiteral("(no number)"));
    case Level::Root:
        break;
    }
    return {};
}

} // namespace catalog
