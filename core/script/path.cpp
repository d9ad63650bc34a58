#include "core/script/path.h"

#include <QStringList>
#include <algorithm>

namespace script {

namespace {

using dicom::DataSet;
using dicom::Element;
using dicom::Tag;
using Level = Path::Level;

QList<Tag> allTags(const DataSet& holder)
{
    QList<Tag> tags;
    for (const auto& element : holder)
        if (!element->tag().isFileMeta())
            tags << element->tag();
    return tags;
}

bool isChosen(int wanted, size_t item)
{
    return wanted < 0 || wanted == static_cast<int>(item);
}

/// Walks along a path, and puts the items that were changed back on the way out.
class Changer {
public:
    Changer(const Path& path, const std::function<bool(const Match&)>& change)
        : m_steps(path.steps)
        , m_change(change)
    {
    }

    bool run(DataSet& holder, size_t at) { return run(holder, at, m_steps[at].level); }

private:
    bool isLast(size_t at) const { return at + 1 == m_steps.size(); }

    bool run(DataSet& holder, size_t at, Level level)
    {
        switch (level) {
        case Level::Tag:
            return atTags(holder, at);
        case Level::Here: {
            const bool here = enter(holder, at);
            return items(holder, [&](DataSet& item) { return run(item, at, Level::Here); }) || here;
        }
        case Level::Below:
            return items(holder, [&](DataSet& item) { return run(item, at, Level::Here); });
        case Level::Child:
            return items(holder, [&](DataSet& item) { return enter(item, at); });
        }
        return false;
    }

    /// What a level of the path leads to in this data set.
    bool enter(DataSet& holder, size_t at)
    {
        if (!isLast(at))
            return run(holder, at + 1);
        return finish(holder, allTags(holder), false);
    }

    bool atTags(DataSet& holder, size_t at)
    {
        const Path::Step& step = m_steps[at];
        const QList<Tag> tags = matchingTags(holder, step);
        if (isLast(at) && step.item == Path::NoItem)
            return !tags.isEmpty() && finish(holder, tags, false);
        bool changed = false;
        for (const Tag tag : tags)
            changed = sequence(holder, tag, step.item,
                               [&](DataSet& item) {
                                   return isLast(at) ? finish(item, {}, true) : run(item, at + 1);
                               })
                || changed;
        return changed;
    }

    template <typename What>
    bool items(DataSet& holder, const What& what)
    {
        bool changed = false;
        for (const Tag tag : allTags(holder))
            changed = sequence(holder, tag, Path::AllItems, what) || changed;
        return changed;
    }

    template <typename What>
    bool sequence(DataSet& holder, Tag tag, int wanted, const What& what)
    {
        const Element* element = holder.find(tag);
        if (!element || !element->isSequence())
            return false;
        Element::Items items = element->items();
        bool changed = false;
        m_enclosing.push_back(&holder);
        for (size_t i = 0; i < items.size(); ++i)
            changed = (isChosen(wanted, i) && what(items[i])) || changed;
        m_enclosing.pop_back();
        if (changed)
            holder.set(Element::make(tag, std::move(items)));
        return changed;
    }

    bool finish(DataSet& holder, QList<Tag> tags, bool isItem)
    {
        return m_change({holder, m_enclosing, std::move(tags), isItem});
    }

    const std::vector<Path::Step>& m_steps;
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

QList<Tag> matchingTags(const DataSet& holder, const Path::Step& step)
{
    if (step.tags.isExact() && !step.byCreator) {
        const Tag tag = step.tags.tag();
        return holder.contains(tag) && !tag.isFileMeta() ? QList<Tag>{tag} : QList<Tag>();
    }
    QList<Tag> tags;
    for (const auto& element : holder)
        if (!element->tag().isFileMeta() && step.matches(holder, element->tag()))
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
    return Changer(path, change).run(root, 0);
}

quint16 blockOf(const DataSet& holder, quint16 group, const QString& creator)
{
    for (auto it = holder.lowerBound({group, 0x10}); it != holder.end(); ++it) {
        const Tag tag = (*it)->tag();
        if (tag.group != group || tag.element > 0xFF)
            return 0;
        if (holder.creatorOf({group, static_cast<quint16>(tag.element << 8)}) == creator)
            return tag.element;
    }
    return 0;
}

} // namespace script
