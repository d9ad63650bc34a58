#pragma once

#include "core/edit/merge.h"

#include <memory>
#include <vector>

namespace ui {

/// A row of the attribute table: an attribute, or an item of a sequence (all items at once for several
/// instances). Below an attribute that is a sequence stand its items, below an item its attributes.
struct AttributeRow {
    enum class Kind { Root, Attribute, Item };
    enum class Fetch { Not, Running, Done };

    Kind kind = Kind::Root;
    AttributeRow* parent = nullptr;
    int position = 0; ///< among the siblings
    std::vector<std::unique_ptr<AttributeRow>> children = {};
    edit::MergedAttribute merged = {}; ///< of an attribute
    QString searchText = {}; ///< all values of an attribute; empty until they were asked for
    mutable QString summary = {}; ///< kept text of an attribute's value
    int item = 0; ///< of an item: from 0, or AttributePath::AllItems
    Fetch fetch = Fetch::Not; ///< of an item and the root: whether its attributes were read

    /// The sequence that an item belongs to; empty for the root.
    dicom::AttributePath sequence() const;
    void renumber();
};

/// The attributes of one data set, or of an item.
struct RowList {
    dicom::AttributePath sequence; ///< empty: the top level
    int item = dicom::AttributePath::AllItems;
    QList<edit::MergedAttribute> rows;
    QStringList searchTexts; ///< beside the rows; empty when they were not asked for
};

struct RowQuery {
    edit::MergeRequest request; ///< instances and edits
    QList<std::pair<dicom::AttributePath, int>> openItems; ///< items whose attributes are to be read too
    bool everything = false; ///< read all sequences, and the texts to search in
};

struct RowAnswer {
    QList<RowList> lists; ///< parents before what stands in them; the top level first
    QList<catalog::Issue> failures;
    bool complete = true; ///< false: there were too many rows for reading everything
};

/// Reads the rows; any thread. Returns early when `cancel` turns true.
RowAnswer readRows(const RowQuery& query, edit::Evaluator& evaluator, const std::atomic<bool>& cancel);

/// The items that a sequence's row has below it: 0, 1 … for one instance, AllItems for several.
QList<int> itemsOf(const edit::MergedAttribute& row, bool singleInstance);

} // namespace ui
