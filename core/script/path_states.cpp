#include "core/script/path_states.h"

#include <algorithm>

namespace script {

namespace {

using dicom::DataSet;
using dicom::Tag;
using Level = Path::Level;

bool isChosen(int wanted, size_t item)
{
    return wanted < 0 || wanted == static_cast<int>(item);
}

} // namespace

PathStates::PathStates(const Path& path)
    : PathStates(path.steps)
{
    add({0, Mode::Begins});
    close();
}

void PathStates::add(const State& state)
{
    if (std::find(m_states.begin(), m_states.end(), state) == m_states.end())
        m_states.push_back(state);
}

bool PathStates::meansAll(const State& state) const
{
    return state.mode != Mode::Begins || (*m_steps)[state.step].level == Level::Here;
}

bool PathStates::goesDeeper(const State& state) const
{
    const Level level = (*m_steps)[state.step].level;
    return state.mode == Mode::Deeper
        || (state.mode == Mode::Begins && (level == Level::Here || level == Level::Below));
}

/// Adds the steps that begin here because those before them mean this data set.
void PathStates::close()
{
    for (size_t i = 0; i < m_states.size(); ++i) // it grows
        if (const State state = m_states[i]; meansAll(state) && !isLast(state))
            add({state.step + 1, Mode::Begins});
}

QList<Tag> PathStates::tagsIn(const DataSet& holder) const
{
    QList<Tag> tags;
    for (const State& state : m_states) {
        const Path::Step& step = (*m_steps)[state.step];
        if (!isLast(state))
            continue;
        if (meansAll(state))
            tags += tagsOf(holder);
        else if (step.level == Level::Tag && step.item == Path::NoItem)
            tags += matchingTags(holder, step);
    }
    std::sort(tags.begin(), tags.end());
    tags.erase(std::unique(tags.begin(), tags.end()), tags.end());
    return tags;
}

bool PathStates::goesInside() const
{
    return std::any_of(m_states.begin(), m_states.end(), [&](const State& state) {
        const Path::Step& step = (*m_steps)[state.step];
        const bool isTag = step.level == Level::Tag && state.mode == Mode::Begins;
        return goesDeeper(state) || (state.mode == Mode::Begins && step.level == Level::Child)
            || (isTag && (!isLast(state) || step.item != Path::NoItem));
    });
}

PathStates PathStates::inside(const DataSet& holder, Tag sequence, size_t item) const
{
    PathStates states(*m_steps);
    for (const State& state : m_states) {
        const Path::Step& step = (*m_steps)[state.step];
        const bool begins = state.mode == Mode::Begins;
        if (goesDeeper(state))
            states.add({state.step, Mode::Deeper});
        else if (begins && step.level == Level::Child)
            states.add({state.step, Mode::Arrived});
        else if (begins && step.level == Level::Tag && step.matches(holder, sequence)
                 && isChosen(step.item, item)) {
            if (!isLast(state))
                states.add({state.step + 1, Mode::Begins});
            else if (step.item != Path::NoItem)
                states.m_endsHere = true;
        }
    }
    states.close();
    return states;
}

} // namespace script
