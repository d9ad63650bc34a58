#pragma once

#include "core/script/path.h"

#include <vector>

namespace script {

/// How far a path has been followed on the way to one data set: all places in it at once, so that a data set
/// is looked at once. To follow each way along a path by itself would take for ever where several of its
/// steps mean any depth. The path must outlive it.
class PathStates {
public:
    /// At the data set that the path begins in.
    explicit PathStates(const Path& path);

    /// The path leads neither here nor anywhere below.
    bool isEmpty() const { return m_states.empty(); }
    /// The tags of the elements of this data set that it means, in order.
    QList<dicom::Tag> tagsIn(const dicom::DataSet& holder) const;
    /// The path ends in this item itself.
    bool endsHere() const { return m_endsHere; }
    /// It leads into items.
    bool goesInside() const;
    /// In an item of one of the sequences of this data set.
    PathStates inside(const dicom::DataSet& holder, dicom::Tag sequence, size_t item) const;

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

    explicit PathStates(const std::vector<Path::Step>& steps)
        : m_steps(&steps)
    {
    }
    void add(const State& state);
    void close();
    bool isLast(const State& state) const { return state.step + 1 == m_steps->size(); }
    bool meansAll(const State& state) const;
    bool goesDeeper(const State& state) const;

    const std::vector<Path::Step>* m_steps;
    std::vector<State> m_states;
    bool m_endsHere = false;
};

} // namespace script
