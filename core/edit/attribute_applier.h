#pragma once

// Only for apply.cpp and attribute_applier.cpp.

#include "core/dicom/scope.h"
#include "core/edit/edit.h"

namespace edit {

/// Applies the operations of one edit to one data set; the first failure ends it.
class AttributeApplier {
public:
    AttributeApplier(const dicom::DataSet& original, dicom::DataSet current);
    Result<dicom::DataSet> run(const QList<AttributeOperation>& operations);

private:
    bool needsUtf8(const AttributeOperation& operation) const;
    /// The tag that the path's attribute has in this data set: a private one lies in its creator's block,
    /// which may be another one than where it was seen first.
    static dicom::Tag placeOf(const dicom::DataSet& holder, const dicom::AttributePath& path);
    static dicom::Vr vrFor(const dicom::DataSet& holder, const dicom::Scope& own,
                           const AttributeOperation& operation);
    void convert(const dicom::CharacterSet& target);
    /// The bytes stay: it is the label that was wrong.
    void setLabel(const AttributeOperation& operation);
    /// Text keeps its meaning whatever is declared: it is turned to the declared set with it. A declaration
    /// that the text needs is not taken away; those of items stay.
    void applyCharacterSet(const AttributeOperation& operation);
    void applyOne(const AttributeOperation& operation);
    void change(const dicom::AttributePath& path,
                const std::function<bool(dicom::DataSet&, const dicom::Scope&)>& what);
    /// The element that the last step of the path names in its holder: private ones by creator and block.
    /// Where a script took the creator away, the element still is the one that had it.
    const dicom::Element* own(const dicom::DataSet& holder, const dicom::AttributePath& path) const;
    bool assign(dicom::DataSet& holder, const dicom::Scope& own, const AttributeOperation& operation);
    bool clear(dicom::DataSet& holder, const dicom::AttributePath& path) const;
    bool erase(dicom::DataSet& holder, const dicom::AttributePath& path) const;
    /// A creator takes its block along: without it nobody could tell what the elements are, and they would
    /// stay.
    static void eraseBlock(dicom::DataSet& holder, dicom::Tag creator);
    /// Puts back what the original has in every place that the path means.
    void keep(const dicom::AttributePath& path);
    /// In the block that it had, unless that is another creator's by now.
    static bool restoreElement(const dicom::DataSet& original, dicom::DataSet& current,
                               const dicom::Element& before);
    /// With the creator that was added for it, when it was the last one in its block.
    static bool removeAdded(const dicom::DataSet& original, dicom::DataSet& current,
                            const dicom::Element& added);
    static bool restore(const dicom::DataSet& original, dicom::DataSet& current,
                        const dicom::AttributePath& path, size_t at);
    const dicom::DataSet& m_original;
    dicom::DataSet m_current;
    std::optional<Error> m_failure;
};

} // namespace edit
