#include "core/script/path.h"

#include "core/script/path_states.h"

#include <QStringList>
#include <algorithm>

namespace script {

namespace {

using dicom::DataSet;
using dicom::Element;
using dicom::Tag;
using Level = Path::Level;

QList<Tag> sequencesOf(const DataSet& holder)
{
    QList<Tag> tags;
    for (const auto& element : holder)
        if (element->isSequence())
            tags << element->tag();
    return tags;
}

/// Walks over data sets, and puts the items that were changed back on the way out.
class Changer {
public:
    explicit Changer(const std::function<bool(const Match&)>& change)
        : m_change(change)
    {
    }

    bool run(DataSet& holder, const PathStates& states)
    {
        const QList<Tag> tags = states.tagsIn(holder);
        bool changed = !tags.isEmpty() && m_change({holder, m_enclosing, tags, false});
        if (!states.goesInside())
            return changed;
        m_enclosing.push_back(&holder);
        for (const Tag tag : sequencesOf(holder))
            changed = items(holder, tag, states) || changed;
        m_enclosing.pop_back();
        return changed;
    }

private:
    bool items(DataSet& holder, Tag tag, const PathStates& states)
    {
        const Element* element = holder.find(tag);
        if (!element || !element->isSequence())
            return false;
        Element::Items items = element->items();
        bool changed = false;
        for (size_t i = 0; i < items.size(); ++i) {
            const PathStates inside = states.inside(holder, tag, i);
            if (inside.endsHere())
                changed = m_change({items[i], m_enclosing, {}, true}) || changed;
            if (!inside.isEmpty())
                changed = run(items[i], inside) || changed;
        }
        if (changed)
            holder.set(Element::make(tag, std::move(items)));
        return changed;
    }

    const std::function<bool(const Match&)>& m_change;
    Holders m_enclosing;
};

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

bool changeMatches(DataSet& root, const Path& path, const std::function<bool(const Match&)>& change)
{
    return Changer(change).run(root, PathStates(path));
}

} // namespace script
