#include "ui/catalog/catalog_model.h"

#include "ui/widgets/icons.h"

#include <QFont>
#include <algorithm>

namespace ui {

using catalog::Node;

namespace {

const Node& firstInstance(const Node& node)
{
    return node.children.empty() ? node : firstInstance(*node.children.front());
}

QString iconName(const Node& node)
{
    if (node.duplicate)
        return QStringLiteral("mark-duplicate");
    switch (node.level) {
    case Node::Level::Patient:
        return QStringLiteral("mark-patient");
    case Node::Level::Study:
        return QStringLiteral("mark-study");
    case Node::Level::Series:
        return QStringLiteral("mark-series");
    default:
        return QStringLiteral("mark-image");
    }
}

} // namespace

CatalogModel::CatalogModel(edit::Session& session, QObject* parent)
    : QAbstractItemModel(parent)
    , m_session(session)
{
    m_session.setCatalogObserver(this);
    connect(&m_session, &edit::Session::changed, this, &CatalogModel::follow);
}

CatalogModel::~CatalogModel()
{
    m_session.setCatalogObserver(nullptr);
}

// --- following the catalog

void CatalogModel::aboutToInsert(const Node& parent, int row)
{
    beginInsertRows(indexOf(&parent), row, row);
}

void CatalogModel::inserted()
{
    endInsertRows();
}

void CatalogModel::aboutToRemove(const Node& parent, int row)
{
    beginRemoveRows(indexOf(&parent), row, row);
    forget(*parent.children[static_cast<size_t>(row)]);
}

void CatalogModel::forget(const Node& gone)
{
    m_edited.remove(&gone);
    for (const auto& child : gone.children)
        forget(*child);
}

void CatalogModel::removed()
{
    endRemoveRows();
}

void CatalogModel::follow(const edit::SessionEvent& event)
{
    using Kind = edit::SessionEvent::Kind;
    switch (event.kind) {
    case Kind::Loaded:
    case Kind::Closed:
        notifyAbove(event.instances);
        break;
    case Kind::Labels:
    case Kind::Reloaded:
        markEdited();
        notifyAbove(event.instances);
        break;
    default:
        break;
    }
}

void CatalogModel::markEdited()
{
    m_edited.clear();
    if (m_session.editedCount() == 0)
        return;
    for (const edit::InstanceId id : m_session.allIds())
        if (m_session.isEdited(id))
            for (const Node* node = m_session.catalog().node(id); node && !m_edited.contains(node);
                 node = node->parent)
                m_edited.insert(node);
}

/// Counts and labels of everything that holds these instances may be others now.
void CatalogModel::notifyAbove(const edit::InstanceIds& ids)
{
    QSet<const Node*> holders;
    for (const edit::InstanceId id : ids)
        for (const Node* node = m_session.catalog().node(id); node && !holders.contains(node->parent);
             node = node->parent)
            if (node->parent)
                holders.insert(node->parent);
    if (holders.isEmpty() || ids.isEmpty())
        holders.insert(&m_session.catalog().root());
    for (const Node* holder : holders)
        if (!holder->children.empty())
            Q_EMIT dataChanged(indexOf(holder->children.front().get()),
                               indexOf(holder->children.back().get()));
}

// --- finding

const Node* CatalogModel::node(const QModelIndex& index) const
{
    return index.isValid() ? static_cast<const Node*>(index.internalPointer()) : &m_session.catalog().root();
}

QModelIndex CatalogModel::indexOf(const Node* node) const
{
    return node && node->parent ? createIndex(node->row(), 0, node) : QModelIndex();
}

edit::InstanceIds CatalogModel::instancesBelow(const QModelIndexList& indexes) const
{
    edit::InstanceIds ids;
    for (const QModelIndex& index : indexes)
        ids += catalog::instancesBelow(*node(index));
    std::sort(ids.begin(), ids.end());
    ids.erase(std::unique(ids.begin(), ids.end()), ids.end());
    return ids;
}

// --- structure

QModelIndex CatalogModel::index(int row, int column, const QModelIndex& parent) const
{
    if (!hasIndex(row, column, parent))
        return {};
    return createIndex(row, column, node(parent)->children[static_cast<size_t>(row)].get());
}

QModelIndex CatalogModel::parent(const QModelIndex& index) const
{
    return index.isValid() ? indexOf(node(index)->parent) : QModelIndex();
}

int CatalogModel::rowCount(const QModelIndex& parent) const
{
    return static_cast<int>(node(parent)->children.size());
}

int CatalogModel::columnCount(const QModelIndex&) const
{
    return 1;
}

// --- words

QString CatalogModel::labelInFile(const Node& node) const
{
    return catalog::label(node.level, node.keys, node.instanceCount);
}

QString CatalogModel::labelOf(const Node& node) const
{
    const QString words = catalog::label(node.level, shownKeys(node), node.instanceCount);
    return node.level == Node::Level::Patient ? words + numberOfNameless(node) : words;
}

catalog::TreeKeys CatalogModel::shownKeys(const Node& node) const
{
    return m_edited.contains(&node) ? m_session.keysOf(firstInstance(node).instance->id) : node.keys;
}

/// " (2)" for the second of several patients that have neither name nor ID: nothing else tells them apart.
QString CatalogModel::numberOfNameless(const Node& patient) const
{
    const auto isNameless = [this](const Node& node) {
        const catalog::TreeKeys keys = shownKeys(node);
        return keys.patientName.isEmpty() && keys.patientId.isEmpty();
    };
    if (!isNameless(patient))
        return {};
    int number = 0;
    int count = 0;
    for (const auto& sibling : patient.parent->children) {
        count += isNameless(*sibling) ? 1 : 0;
        number = sibling.get() == &patient ? count : number;
    }
    return count > 1 ? QStringLiteral(" (%1)").arg(number) : QString();
}

QString CatalogModel::toolTipOf(const Node& node) const
{
    QStringList lines{labelOf(node)};
    if (m_edited.contains(&node))
        lines << (labelOf(node) == labelInFile(node) ? tr("Edited, not saved")
                                                     : tr("Edited; in the files: %1").arg(labelInFile(node)));
    if (node.duplicate)
        lines << tr("Another open file has the same SOP Instance UID");
    if (node.instance)
        lines << node.instance->path();
    else
        lines << tr("%n image(s)", nullptr, node.instanceCount);
    return lines.join(u'\n').toHtmlEscaped().replace(u'\n', QStringLiteral("<br>"));
}

QVariant CatalogModel::data(const QModelIndex& index, int role) const
{
    if (!index.isValid())
        return {};
    const Node& shown = *node(index);
    const bool edited = m_edited.contains(&shown);
    switch (role) {
    case Qt::DisplayRole:
        return shown.duplicate ? tr("%1  duplicate").arg(labelOf(shown)) : labelOf(shown);
    case Qt::AccessibleDescriptionRole:
        return edited ? tr("edited") : QString();
    case Qt::DecorationRole:
        return edited ? keptEditedIcon(iconName(shown)) : icon(iconName(shown));
    case Qt::ToolTipRole:
        return toolTipOf(shown);
    case Qt::FontRole: {
        QFont font;
        font.setItalic(edited);
        return edited ? QVariant(font) : QVariant();
    }
    case EditedRole:
        return edited;
    case LevelRole:
        return static_cast<int>(shown.level);
    default:
        return {};
    }
}

QVariant CatalogModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    return section == 0 && orientation == Qt::Horizontal && role == Qt::DisplayRole ? tr("Patients")
                                                                                    : QVariant();
}

} // namespace ui
