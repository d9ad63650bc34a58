#include "core/dicom/attribute_path.h"

#include "core/dicom/scope.h"

#include <QRegularExpression>
#include <tuple>

namespace dicom {

namespace {

using Step = AttributePath::Step;

QString quoted(QString text)
{
    text.replace(u'\\', QStringLiteral("\\\\")).replace(u'"', QStringLiteral("\\\""));
    return u'"' + text + u'"';
}

QString unquoted(const QString& text)
{
    static const QRegularExpression escape(QStringLiteral(R"(\\(.))"));
    return QString(text).replace(escape, QStringLiteral("\\1"));
}

QString stepText(const Step& step)
{
    QString text = toString(step.tag);
    if (step.tag.isPrivate() && !step.tag.isPrivateCreator())
        text.insert(text.size() - 1, u' ' + quoted(step.creator));
    if (step.item == AttributePath::AllItems)
        text += QStringLiteral("[*]");
    else if (step.item != AttributePath::NoItem)
        text += QStringLiteral("[%1]").arg(step.item);
    return text;
}

bool names(const Step& step, const DataSet& holder)
{
    if (!step.tag.isPrivate() || step.tag.isPrivateCreator())
        return true;
    return holder.creatorOf(step.tag) == step.creator;
}

const Element* elementAt(const Step& step, const DataSet& holder)
{
    return names(step, holder) ? holder.find(step.tag) : nullptr;
}

/// Calls visit(index) for the items that the step means.
template <typename Visit>
void forItems(const Step& step, const Element::Items& items, Visit visit)
{
    for (size_t i = 0; i < items.size(); ++i)
        if (step.item == AttributePath::AllItems || step.item == static_cast<int>(i))
            visit(i);
}

void walk(const DataSet& holder, const std::vector<Step>& steps, size_t at,
          const std::function<void(const DataSet&, const Element&)>& visit)
{
    const Element* element = elementAt(steps[at], holder);
    if (!element)
        return;
    if (at + 1 == steps.size()) {
        visit(holder, *element);
        return;
    }
    forItems(steps[at], element->items(), [&](size_t i) { walk(element->items()[i], steps, at + 1, visit); });
}

int changeBelow(DataSet& holder, const Scope& inherited, const std::vector<Step>& steps, size_t at,
                const std::function<bool(DataSet&, const Scope&)>& change)
{
    const Scope own = scopeOf(holder, inherited);
    if (at + 1 == steps.size())
        return change(holder, own) ? 1 : 0;
    const Element* sequence = elementAt(steps[at], holder);
    if (!sequence)
        return 0;
    Element::Items items = sequence->items();
    int changed = 0;
    forItems(steps[at], items,
             [&](size_t i) { changed += changeBelow(items[i], own, steps, at + 1, change); });
    if (changed > 0)
        holder.set(Element::make(steps[at].tag, std::move(items)));
    return changed;
}

} // namespace

AttributePath AttributePath::child(int item, Tag tag, QString creator) const
{
    AttributePath path = *this;
    path.m_steps.back().item = item;
    path.m_steps.push_back({tag, std::move(creator)});
    return path;
}

AttributePath AttributePath::parent() const
{
    AttributePath path = *this;
    path.m_steps.pop_back();
    if (!path.m_steps.empty())
        path.m_steps.back().item = NoItem;
    return path;
}

QString AttributePath::toString() const
{
    QString text;
    for (const Step& step : m_steps)
        text += (text.isEmpty() ? QString() : QStringLiteral("/")) + stepText(step);
    return text;
}

std::optional<AttributePath> AttributePath::parse(QStringView text)
{
    static const QRegularExpression pattern(QStringLiteral(
        R"re(\G(/?)\(([0-9A-Fa-f]{4}),([0-9A-Fa-f]{4})(?: "((?:[^"\\]|\\.)*)")?\)(?:\[(\*|\d{1,9})\])?)re"));
    AttributePath path;
    qsizetype at = 0;
    const QString whole = text.toString();
    while (at < whole.size()) {
        const auto match = pattern.match(whole, at);
        if (!match.hasMatch() || match.captured(1).isEmpty() != path.isEmpty())
            return std::nullopt;
        Step step{{static_cast<quint16>(match.captured(2).toUInt(nullptr, 16)),
                   static_cast<quint16>(match.captured(3).toUInt(nullptr, 16))},
                  unquoted(match.captured(4))};
        const QString item = match.captured(5);
        if (!item.isEmpty())
            step.item = item == u"*" ? AllItems : item.toInt();
        if (!path.isEmpty() && path.m_steps.back().item == NoItem)
            return std::nullopt;
        path.m_steps.push_back(std::move(step));
        at = match.capturedEnd();
    }
    if (path.isEmpty() || path.m_steps.back().item != NoItem)
        return std::nullopt;
    return path;
}

bool operator<(const AttributePath& a, const AttributePath& b)
{
    return std::lexicographical_compare(a.m_steps.begin(), a.m_steps.end(), b.m_steps.begin(),
                                        b.m_steps.end(), [](const Step& x, const Step& y) {
                                            return std::tie(x.tag, x.creator, x.item)
                                                < std::tie(y.tag, y.creator, y.item);
                                        });
}

void forEach(const DataSet& root, const AttributePath& path,
             const std::function<void(const DataSet&, const Element&)>& visit)
{
    if (!path.isEmpty())
        walk(root, path.steps(), 0, visit);
}

int changeHolders(DataSet& root, const AttributePath& path,
                  const std::function<bool(DataSet&, const Scope&)>& change)
{
    return path.isEmpty() ? 0 : changeBelow(root, {}, path.steps(), 0, change);
}

bool changeEverywhere(DataSet& root, const std::function<bool(DataSet&)>& change)
{
    bool changed = false;
    const DataSet before = root;
    for (const ElementPtr& element : before) {
        if (!element->isSequence())
            continue;
        Element::Items items = element->items();
        bool below = false;
        for (DataSet& item : items)
            below = changeEverywhere(item, change) || below;
        if (below)
            root.set(Element::make(element->tag(), std::move(items)));
        changed = changed || below;
    }
    return change(root) || changed;
}

} // namespace dicom
