#pragma once

#include "core/dicom/text/character_set.h"
#include "core/edit/edit.h"

#include <atomic>

namespace edit {

/// One of the values that an attribute has among the chosen instances.
struct DistinctValue {
    dicom::ElementPtr element; ///< null: the attribute is absent (or was deleted)
    dicom::CharacterSet characterSet;
    int count = 0; ///< instances (occurrences, inside all items of sequences)
};

/// A row of the attribute table: one attribute over all chosen instances.
struct MergedAttribute {
    dicom::AttributePath path;
    dicom::Vr vr = dicom::Vr::UN; ///< of the edited value, else of the original
    QString name; ///< "Unknown" when no dictionary has it
    int instances = 0; ///< places that could have it: chosen instances, or items that exist
    int present = 0; ///< places that have it after the edits
    int originally = 0; ///< places that had it before
    QList<DistinctValue> values; ///< after the edits, most frequent first, absent not among them
    QList<DistinctValue> originals; ///< before the edits; only filled for edited rows
    std::array<int, 4> actions{}; ///< how many places by Action
    bool isSequence = false;
    bool isPrivate = false; ///< itself, or inside a private sequence
    bool isUnknown = false; ///< private without a known name, or a tag that the standard does not know
    bool readOnly = false; ///< file meta information

    bool isEdited() const { return actions[0] != instancesWithAction(); }
    bool isDeleted() const { return present == 0; }
    bool isDiffering() const { return values.size() > 1 || (present > 0 && present < instances); }
    bool isMixed() const; ///< more than one action among the places
    Action action() const; ///< the one action, when not mixed
    int instancesWithAction() const { return actions[0] + actions[1] + actions[2] + actions[3]; }
    /// "value" or "4 values: a, b, c, d…"; the old value where the attribute is gone.
    QString summary() const;
};

struct MergeRequest {
    QList<catalog::InstancePtr> instances;
    EditList edits;
    /// Empty: the top level, file meta information first. A sequence's path: the attributes in its items;
    /// for one item as (gggg,eeee)[n], for all as [*] in `item`.
    dicom::AttributePath sequence;
    int item = dicom::AttributePath::AllItems;
};

struct MergeResult {
    QList<MergedAttribute> rows; ///< in tag order; attributes that edits deleted are among them
    QList<catalog::Issue> failures; ///< instances whose edits cannot be applied; their original was merged
};

/// Merges; splits the work over `threads`. Returns early with what it has when `cancel` turns true.
MergeResult merge(const MergeRequest& request, Evaluator& evaluator, const std::atomic<bool>& cancel,
                  int threads = 0);

/// Ids of the chosen instances that have this value of the attribute after the edits.
InstanceIds instancesWith(const MergeRequest& request, Evaluator& evaluator, const dicom::AttributePath& path,
                          const DistinctValue& value);

/// The rows as a set of changes to review before saving: edited ones only, at every depth, file meta
/// information too.
QList<MergedAttribute> changes(const QList<catalog::InstancePtr>& instances, const EditList& edits,
                               Evaluator& evaluator, const std::atomic<bool>& cancel);

} // namespace edit
