#include "core/script/path.h"

#include "core/script/path_states.h"

#include <QStringList>
#include <algorithm>
#include <optional>

namespace script {

namespace {

using dicom::DataSet;
using dicom::Element;
using dicom::Tag;
using Level = Path::Level;

/// Attributes at every depth: to a Changer what PathStates are, for many paths at once.
class Everywhere {
public:
    explicit Everywhere(const QList<Tag>& tags)
        : m_tags(&tags)
    {
    }

    QList<Tag> tagsIn(const DataSet& holder) const
    {
        QList<Tag> found;
        for (const auto& element : holder)
            if (std::binary_search(m_tags->begin(), m_tags->end(), element->tag()))
                found << element->tag();
        return found;
    }
    static bool endsHere() { return false; }
    static bool isEmpty() { return false; }
    static bool goesInside() { return true; }
    Everywhere inside(const DataSet& /*holder*/, Tag /*sequence*/, size_t /*item*/) const { return *this; }

private:
    const QList<Tag>* m_tags;
};

/// Walks over data sets, and puts the items that were changed back on the way out.
class Changer {
public:
    explicit Changer(const ChangeMatch& change)
        : m_change(change)
    {
    }

    template <typename States>
    bool run(DataSet& holder, const States& states)
    {
        const QList<Tag> tags = states.tagsIn(holder);
        bool changed = !tags.isEmpty() && m_change({holder, m_enclosing, tags, false});
        if (!states.goesInside())
            return changed;
        m_enclosing.push_back(&holder);
        const DataSet before = holder; // its sequences are replaced on the way
        for (const auto& element : before)
            if (element->isSequence())
                changed = items(holder, *element, states) || changed;
        m_enclosing.pop_back();
        return changed;
    }

private:
    /// Copies the list of items only when one of them changes.
    template <typename States>
    bool items(DataSet& holder, const Element& element, const States& states)
    {
        const Element::Items& before = element.items();
        std::optional<Element::Items> after;
        for (size_t i = 0; i < before.size(); ++i) {
            const States inside = states.inside(holder, element.tag(), i);
            DataSet item = before[i];
            bool changed = inside.endsHere() && m_change({item, m_enclosing, {}, true});
            if (!inside.isEmpty())
                changed = run(item, inside) || changed;
            if (!changed)
                continue;
            if (!after)
                after = before;
            (*after)[i] = std::move(item);
        }
        if (!after)
            return false;
        holder.set(Element::make(element.tag(), std::move(*after)));
        return true;
    }

    const ChangeMatch& m_change;
    Holders m_enclosing;
};

/// The tag of "*/(gggg,eeee)".
std::optional<Tag> tagEverywhere(const Path& path)
{
    if (path.steps.size() != 2)
        return std::nullopt;
    const Path::Step& last = path.steps.back();
    const bool isTag =
        last.level == Level::Tag && last.tags.isExact() && !last.byCreator && last.item == Path::NoItem;
    return path.steps[0].level == Level::Here && isTag ? std::optional(last.tags.tag()) : std::nullopt;
}

} // namespace

bool Path::Step::matches(const DataSet& holder, Tag tag) const
{
    if (!byCreator)
        return tags.matches(tag);
    return tag.isPrivate() && tag.creatorTag().element != 0 && tags.matchesInBlock(tag)
        && holder.creatorOf(tag) == creator;
}

bool Path::isSingle() const
{
    for (size_t i = 0; i < steps.size(); ++i) {
        const bool last = i + 1 == steps.size();
        const Step& step = steps[i];
        if (step.level != Level::Tag || !step.tags.isExact() || (last ? step.item != NoItem : step.item < 0))
            return false;
    }
    return !steps.empty();
}

bool Path::isPlainTag() const
{
    return steps.size() == 1 && isSingle() && !steps[0].byCreator;
}

QString Path::toString() const
{
    QStringList texts;
    for (const Step& step : steps) {
        const QString item = step.item == AllItems ? QStringLiteral("[%]")
            : step.item >= 0                       ? QStringLiteral("[%1]").arg(step.item)
                                                   : QString();
        const QString tag = step.level == Level::Here ? QStringLiteral("*")
            : step.level == Level::Below              ? QStringLiteral("+")
            : step.level == Level::Child              ? QStringLiteral(".")
                                                      : step.tags.toString(step.byCreator, step.creator);
        texts << tag + item;
    }
    return texts.join(u'/');
}

QList<Tag> tagsOf(const DataSet& holder)
{
    QList<Tag> tags;
    for (const auto& element : holder)
        tags << element->tag();
    return tags;
}

QList<Tag> matchingTags(const DataSet& holder, const Path::Step& step)
{
    if (step.tags.isExact() && !step.byCreator) {
        const Tag tag = step.tags.tag();
        return holder.contains(tag) ? QList<Tag>{tag} : QList<Tag>();
    }
    QList<Tag> tags;
    for (const auto& element : holder)
        if (step.matches(holder, element->tag()))
            tags << element->tag();
    return tags;
}

void forEachMatch(const DataSet& root, const Path& path,
                  const std::function<bool(const Holders&, const Element&)>& visit)
{
    DataSet same = root; // nothing is changed, so nothing is copied but the list of elements
    bool going = true;
    changeMatches(same, path, [&](const Match& match) {
        Holders holders = match.enclosing;
        holders.push_back(&match.holder);
        for (const Tag tag : match.tags)
            going = going && visit(holders, *match.holder.find(tag));
        return false;
    });
}

bool changeMatches(DataSet& root, const Path& path, const ChangeMatch& change)
{
    return Changer(change).run(root, PathStates(path));
}

bool changeMatches(DataSet& root, const QList<Tag>& everywhere, const ChangeMatch& change)
{
    return Changer(change).run(root, Everywhere(everywhere));
}

std::vector<PathGroup> grouped(const std::vector<Path>& paths)
{
    std::vector<PathGroup> groups;
    for (const Path& path : paths) {
        const auto tag = tagEverywhere(path);
        if (!tag) {
            groups.push_back({{}, &path});
            continue;
        }
        if (groups.empty() || groups.back().path)
            groups.emplace_back();
        groups.back().everywhere << *tag;
    }
    for (PathGroup& group : groups)
        std::sort(group.everywhere.begin(), group.everywhere.end());
    return groups;
}

bool changeMatches(DataSet& root, const PathGroup& group, const ChangeMatch& change)
{
    return group.path ? changeMatches(root, *group.path, change)
                      : changeMatches(root, group.everywhere, change);
}

} // namespace script
