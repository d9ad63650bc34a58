#include "core/deid/deidentify.h"
#include "core/dicom/private_blocks.h"
#include "core/dicom/scope.h"
#include "core/dicom/value.h"
#include "core/edit/attribute_applier.h"
#include "core/edit/edit.h"
#include "core/script/conversion.h"

#include <algorithm>

namespace edit {

namespace {

using dicom::AttributePath;
using dicom::DataSet;
using dicom::Element;
using dicom::ElementPtr;
using dicom::Tag;

DataSet withoutPrivate(DataSet dataSet)
{
    dicom::changeEverywhere(dataSet, [](DataSet& holder) {
        QList<Tag> tags;
        for (const ElementPtr& element : holder)
            if (element->tag().isPrivate())
                tags << element->tag();
        for (const Tag tag : tags)
            holder.remove(tag);
        return !tags.isEmpty();
    });
    return dataSet;
}

struct Applier {
    const dicom::LoadedFile& original;
    const Content& current;
    const Context& context;

    Result<Content> operator()(const QList<AttributeOperation>& operations) const
    {
        auto changed = AttributeApplier(original.dataSet, current.dataSet).run(operations);
        return changed ? with(std::move(changed).value()) : Result<Content>(changed.error());
    }
    Result<Content> operator()(DeletePrivate) const { return with(withoutPrivate(current.dataSet)); }
    Result<Content> operator()(RevertAll) const { return Content{original.meta, original.dataSet}; }
    Result<Content> operator()(const deid::Profile& profile) const
    {
        auto dataSet = deid::deidentify(current.dataSet, profile, context.seed);
        if (!dataSet)
            return dataSet.error();
        Content content = with(std::move(dataSet).value());
        content.meta = deid::deidentifiedMeta(current.meta, profile, context.seed);
        content.profiled = true;
        return content;
    }
    Result<Content> operator()(const ScriptRun& run) const
    {
        auto result = script::run(*run.script, current.meta, current.dataSet,
                                  {context.seed, run.variables, run.lookup});
        if (!result)
            return failure(run, result.error());
        Content content = with(std::move(result->dataSet));
        content.meta = std::move(result->meta);
        content.accounts << ScriptAccount{run.script, std::move(result->applied), std::move(result->messages),
                                          std::move(result->remarks)};
        return content;
    }

private:
    /// Which script it was, since there may be several.
    static Error failure(const ScriptRun& run, Error error)
    {
        if (!run.name.isEmpty())
            error.reason = QStringLiteral("%1: %2").arg(run.name, error.reason);
        return error;
    }

    Content with(DataSet dataSet) const
    {
        Content content = current;
        content.dataSet = std::move(dataSet);
        return content;
    }
};

} // namespace

Result<Content> apply(const Edit& edit, const dicom::LoadedFile& original, const Content& current,
                      const Context& context)
{
    return std::visit(Applier{original, current, context}, edit.operation);
}

bool isRequired(const AttributePath& path)
{
    return !path.isEmpty() && !path.isNested()
        && (path.tag() == dicom::tags::SOPClassUID || path.tag() == dicom::tags::SOPInstanceUID);
}

Action actionBetween(const Element* original, const Element* edited)
{
    if (dicom::sameElement(original, edited))
        return Action::Keep;
    if (!edited)
        return Action::Delete;
    return edited->length() == 0 && (original && original->length() > 0) ? Action::Clear : Action::Assign;
}

} // namespace edit
