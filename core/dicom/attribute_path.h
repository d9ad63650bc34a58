#pragma once

#include "core/dicom/scope.h"

#include <QString>
#include <functional>
#include <optional>
#include <vector>

namespace dicom {

/// Where an attribute stands: at the top level, or inside items of sequences. A private element is named by
/// its tag and its creator together, since files may use one block for different creators and one creator
/// twice.
///
/// Text form, both ways: "(0010,0010)", "(0040,0275)[0]/(0008,0050)", "(0040,0275)[*]/(0008,0050)" for all
/// items,
/// `(0019,1002 "GEMS_ACQU_01")` for a private element ("" where its block has no creator).
class AttributePath {
public:
    static constexpr int NoItem = -1;
    static constexpr int AllItems = -2;

    struct Step {
        Tag tag;
        QString creator = {};
        int item = NoItem; ///< from 0; AllItems; NoItem in the last step
        friend bool operator==(const Step&, const Step&) = default;
        friend size_t qHash(const Step& step, size_t seed = 0)
        {
            return qHashMulti(seed, step.tag, step.creator, step.item);
        }
    };

    AttributePath() = default;
    explicit AttributePath(Tag tag, QString creator = {})
        : m_steps{{tag, std::move(creator)}}
    {
    }

    bool isEmpty() const { return m_steps.empty(); }
    const std::vector<Step>& steps() const { return m_steps; }
    Tag tag() const { return m_steps.back().tag; }
    const QString& creator() const { return m_steps.back().creator; }
    bool isNested() const { return m_steps.size() > 1; }
    bool isFileMeta() const { return !isEmpty() && m_steps.front().tag.isFileMeta(); }
    /// The attribute of that name in an item (or all items) of the sequence that this path names.
    AttributePath child(int item, Tag tag, QString creator = {}) const;
    /// The path of the sequence that holds this attribute; empty at the top level.
    AttributePath parent() const;

    QString toString() const;
    static std::optional<AttributePath> parse(QStringView text);

    friend bool operator==(const AttributePath&, const AttributePath&) = default;
    friend bool operator<(const AttributePath& a, const AttributePath& b);
    friend size_t qHash(const AttributePath& path, size_t seed = 0)
    {
        return qHashRange(path.m_steps.begin(), path.m_steps.end(), seed);
    }

private:
    std::vector<Step> m_steps;
};

/// All elements that the path names (several where it says AllItems), with the data set that holds each.
void forEach(const DataSet& root, const AttributePath& path,
             const std::function<void(const DataSet& holder, const Element& element)>& visit);

/// Lets `change` alter every data set that can hold the attribute: the root, or the items on the path that
/// exist, each with its scope. What it leaves as it was stays shared. Returns how many data sets were
/// changed.
int changeHolders(DataSet& root, const AttributePath& path,
                  const std::function<bool(DataSet& holder, const Scope& scope)>& change);

/// Calls `change` for the data set and, deepest first, for every item of every sequence in it; true from it
/// says that it changed something. What is left as it was stays shared.
bool changeEverywhere(DataSet& root, const std::function<bool(DataSet& holder)>& change);

} // namespace dicom
