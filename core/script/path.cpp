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

/// Walks over data sets, each once, with all places in the path that it stands at there, and puts the items
/// that were changed back on the way out. To follow each way along the path by itself would take for ever
/// where several steps mean any depth.
class Changer {
public:
    Changer(const Path& path, const std::function<bool(const Match&)>& change)
        : m_steps(path.steps)
        , m_change(change)
    {
    }

    bool run(DataSet& holder) { return run(holder, {{0, Mode::Begins}}); }

private:
    enum class Mode {
        Begins, ///< the step begins in this data set
        Deeper, ///< it began above and means any depth
        Arrived ///< it meant this data set
    };
    struct State {
        size_t step;
        Mode mode;
        friend bool operator==(const State&, const State&) = default;
    };
    using States = std::vector<State>;

    static void add(States& states, const State& state)
    {
        if (std::find(states.begin(), states.end(), state) == states.end())
            states.push_back(state);
    }
    bool isLast(size_t step) const { return step + 1 == m_steps.size(); }
    Level levelOf(const State& state) const { return m_steps[state.step].level; }
    bool means(const State& state) const
    {
        return state.mode != Mode::Begins || levelOf(state) == Level::Here;
    }
    bool goesDeeper(const State& state) const
    {
        return state.mode == Mode::Deeper
            || (state.mode == Mode::Begins
                && (levelOf(state) == Level::Here || levelOf(state) == Level::Below));
    }

    bool run(DataSet& holder, States states)
    {
        const QList<Tag> tags = chosen(holder, states);
        bool changed = !tags.isEmpty() && m_change({holder, m_enclosing, tags, false});
        m_enclosing.push_back(&holder);
        for (const Tag tag : allTags(holder))
            changed = items(holder, tag, states) || changed;
        m_enclosing.pop_back();
        return changed;
    }

    /// The attributes of this data set that the path names; adds the steps that begin here because those
    /// before them mean it.
    QList<Tag> chosen(const DataSet& holder, States& states) const
    {
        QList<Tag> tags;
        for (size_t i = 0; i < states.size(); ++i) { // it grows
            const State state = states[i];
            const Path::Step& step = m_steps[state.step];
            if (means(state) && !isLast(state.step))
                add(states, {state.step + 1, Mode::Begins});
            else if (means(state))
                tags += allTags(holder);
            else if (step.level == Level::Tag && isLast(state.step) && step.item == Path::NoItem)
                tags += matchingTags(holder, step);
        }
        std::sort(tags.begin(), tags.end());
        tags.erase(std::unique(tags.begin(), tags.end()), tags.end());
        return tags;
    }

    /// Into the items of a sequence.
    bool items(DataSet& holder, Tag tag, const States& states)
    {
        const Element* element = holder.find(tag);
        if (!element || !element->isSequence())
            return false;
        Element::Items items = element->items();
        bool changed = false;
        for (size_t i = 0; i < items.size(); ++i) {
            bool isMeant = false;
            States inside = statesIn(holder, tag, i, states, isMeant);
            if (isMeant)
                changed = m_change({items[i], m_enclosing, {}, true}) || changed;
            if (!inside.empty())
                changed = run(items[i], std::move(inside)) || changed;
        }
        if (changed)
            holder.set(Element::make(tag, std::move(items)));
        return changed;
    }

    /// `isMeant`: the path ends in the item itself.
    States statesIn(const DataSet& holder, Tag tag, size_t item, const States& states, bool& isMeant) const
    {
        States inside;
        for (const State& state : states) {
            const Path::Step& step = m_steps[state.step];
            if (goesDeeper(state))
                add(inside, {state.step, Mode::Deeper});
            else if (state.mode == Mode::Begins && step.level == Level::Child)
                add(inside, {state.step, Mode::Arrived});
            else if (state.mode == Mode::Begins && step.matches(holder, tag) && isChosen(step.item, item)) {
                if (!isLast(state.step))
                    add(inside, {state.step + 1, Mode::Begins});
                else
                    isMeant = isMeant || step.item != Path::NoItem;
            }
        }
        return inside;
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
    return Changer(path, change).run(root);
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
