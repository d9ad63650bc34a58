#pragma once

#include "core/dicom/data_set.h"
#include "core/script/tag_pattern.h"

#include <QString>
#include <functional>
#include <vector>

namespace script {

/// Where attributes stand, as scripts name it: in dialects L and 4 one tag or pattern at the top level, in
/// dialect 6 steps through sequences as well.
struct Path {
    enum class Level : quint8 {
        Tag, ///< the attributes that match the pattern (and the creator)
        Here, ///< "*": this level and all below
        Below, ///< "+": all levels below
        Child ///< ".": the next level
    };
    static constexpr int NoItem = -1;
    static constexpr int AllItems = -2;

    struct Step {
        Level level = Level::Tag;
        TagPattern tags = {}; ///< of private attributes: the group and the last two digits count
        QString creator = {}; ///< names the block of a private attribute
        bool byCreator = false;
        int item = NoItem; ///< from 0; AllItems

        /// Whether the pattern means this element of a data set.
        bool matches(const dicom::DataSet& holder, dicom::Tag tag) const;
    };
    std::vector<Step> steps;

    bool isNested() const { return steps.size() > 1; }
    /// True when it names one attribute at most: no patterns, no levels, an item for every sequence.
    bool isSingle() const;
    /// A single tag at the top level, without item.
    bool isPlainTag() const;
    dicom::Tag tag() const { return steps.back().tags.tag(); } ///< of a plain tag
    /// Creator and last digits are known, but which block it is depends on the data set.
    bool isPrivate() const { return steps.back().byCreator; }
    QString toString() const;
};

/// The tags of all elements in a data set, in order.
QList<dicom::Tag> tagsOf(const dicom::DataSet& holder);
/// The same of those that a step means.
QList<dicom::Tag> matchingTags(const dicom::DataSet& holder, const Path::Step& step);

/// Every element that the path names, with the data sets that hold it, the outermost first. `visit` returns
/// false to end the walk.
using Holders = std::vector<const dicom::DataSet*>;
void forEachMatch(const dicom::DataSet& root, const Path& path,
                  const std::function<bool(const Holders& holders, const dicom::Element& element)>& visit);

/// Lets `change` alter the data sets that hold what the path names (for a path that ends in an item: that
/// item), each with the tags in it that match (none for an item). It says whether it changed something; what
/// is left as it was stays shared. `holders` are the enclosing data sets as they were, the outermost first.
struct Match {
    dicom::DataSet& holder;
    const Holders& enclosing;
    QList<dicom::Tag> tags;
    bool isItem = false; ///< the path ends in this item itself
};
using ChangeMatch = std::function<bool(const Match&)>;
bool changeMatches(dicom::DataSet& root, const Path& path, const ChangeMatch& change);
/// The same for attributes at every depth, in one walk; the tags in ascending order.
bool changeMatches(dicom::DataSet& root, const QList<dicom::Tag>& everywhere, const ChangeMatch& change);

/// One path, or neighbouring paths "*/(gggg,eeee)", which one walk can find together: what is removed first
/// may be the creator by which a later path finds its block, so their order is kept.
struct PathGroup {
    QList<dicom::Tag> everywhere = {}; ///< in ascending order
    const Path* path = nullptr; ///< when there are none
};
/// The paths must outlive the groups.
std::vector<PathGroup> grouped(const std::vector<Path>& paths);
bool changeMatches(dicom::DataSet& root, const PathGroup& group, const ChangeMatch& change);

} // namespace script
