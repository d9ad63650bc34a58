#include "core/deid/deidentify.h"
#include "core/dicom/private_blocks.h"
#include "core/dicom/scope.h"
#include "core/dicom/value.h"
#include "core/edit/edit.h"
#include "core/script/conversion.h"

#include <algorithm>

namespace edit {

namespace {

using dicom::AttributePath;
using dicom::CharacterSet;
using dicom::DataSet;
using dicom::Element;
using dicom::ElementPtr;
using dicom::Scope;
using dicom::Tag;
using dicom::Vr;

/// Applies the operations of one edit to one data set; the first failure ends it.
class AttributeApplier {
public:
    AttributeApplier(const DataSet& original, DataSet current)
        : m_original(original)
        , m_current(std::move(current))
    {
    }

    Result<DataSet> run(const QList<AttributeOperation>& operations)
    {
        for (const AttributeOperation& operation : operations) {
            if (operation.path.isFileMeta() && operation.action == Action::Assign)
                continue; // follows the data set when the file is written
            if (needsUtf8(operation))
                convert(dicom::CharacterSet::utf8());
            if (m_failure)
                return *m_failure;
            applyOne(operation);
            if (m_failure)
                return *m_failure;
        }
        return m_current;
    }

private:
    bool needsUtf8(const AttributeOperation& operation) const
    {
        if (operation.action != Action::Assign || !operation.reencode)
            return false;
        bool needed = false;
        DataSet probe = m_current;
        dicom::changeHolders(probe, operation.path, [&](DataSet& holder, const Scope& own) {
            needed = needed
                || dicom::needsOtherCharacterSet(vrFor(holder, own, operation), operation.text,
                                                 own.characterSet);
            return false;
        });
        return needed;
    }

    /// The tag that the path's attribute has in this data set: a private one lies in its creator's block,
    /// which may be another one than where it was seen first.
    static Tag placeOf(const DataSet& holder, const AttributePath& path)
    {
        const Tag tag = path.tag();
        const bool isNamed = tag.isPrivate() && !tag.isPrivateCreator() && !path.creator().isEmpty();
        if (!isNamed)
            return tag;
        const quint16 block = dicom::blockOf(holder, tag.group, path.creator(), tag.creatorTag().element);
        return block != 0 ? dicom::inBlock(tag, block)
                          : Tag{tag.group, 0x0001}; // not there: no element can have this tag
    }

    static Vr vrFor(const DataSet& holder, const Scope& own, const AttributeOperation& operation)
    {
        const Tag tag = operation.path.tag();
        if (const Element* element = holder.find(placeOf(holder, operation.path)))
            return element->vr();
        if (operation.vr)
            return *operation.vr;
        const auto* entry = dicom::find(tag, operation.path.creator());
        return entry ? dicom::vrIn(own.hasSignedPixels, *entry) : tag.isPrivateCreator() ? Vr::LO : Vr::UN;
    }

    void convert(const CharacterSet& target)
    {
        auto result = script::converted(m_current, target, script::Undeclared::Guess);
        if (result)
            m_current = std::move(result).value();
        else
            m_failure = result.error();
    }

    /// The bytes stay: it is the label that was wrong.
    void setLabel(const AttributeOperation& operation)
    {
        auto bytes = dicom::encodeValue(Vr::CS, operation.text, {});
        if (bytes)
            m_current.set(operation.path.tag(), Vr::CS, std::move(bytes).value());
        else
            m_failure = bytes.error();
    }

    /// Text keeps its meaning whatever is declared: it is turned to the declared set with it. A declaration
    /// that the text needs is not taken away; those of items stay.
    void applyCharacterSet(const AttributeOperation& operation)
    {
        if (operation.path.isNested())
            return;
        if (operation.action == Action::Assign && operation.keepBytes)
            return setLabel(operation);
        const CharacterSet target = operation.action == Action::Keep ? dicom::characterSetOf(m_original)
            : operation.action == Action::Assign ? CharacterSet::fromValue(operation.text.toLatin1())
                                                 : CharacterSet();
        if (!target.unknownTerms().isEmpty()) {
            m_failure = Error{Error::Kind::InvalidValue,
                              QStringLiteral("unknown character set"),
                              {},
                              {},
                              operation.path.toString()};
            return;
        }
        convert(target);
        if (operation.action != Action::Assign)
            m_failure.reset();
    }

    void applyOne(const AttributeOperation& operation)
    {
        if (operation.path.tag() == dicom::tags::SpecificCharacterSet)
            return applyCharacterSet(operation);
        switch (operation.action) {
        case Action::Keep:
            return keep(operation.path);
        case Action::Assign:
            return change(operation.path,
                          [&](DataSet& holder, const Scope& own) { return assign(holder, own, operation); });
        case Action::Clear:
            return change(operation.path,
                          [&](DataSet& holder, const Scope&) { return clear(holder, operation.path); });
        case Action::Delete:
            return change(operation.path,
                          [&](DataSet& holder, const Scope&) { return erase(holder, operation.path); });
        }
    }

    void change(const AttributePath& path, const std::function<bool(DataSet&, const Scope&)>& what)
    {
        dicom::changeHolders(m_current, path, what);
    }

    /// The element that the last step of the path names in its holder: private ones by creator and block.
    /// Where a script took the creator away, the element still is the one that had it.
    const Element* own(const DataSet& holder, const AttributePath& path) const
    {
        const Tag tag = path.tag();
        if (!tag.isPrivate() || tag.isPrivateCreator())
            return holder.find(tag);
        QString creator = holder.creatorOf(tag);
        if (creator.isEmpty())
            creator = path.isNested() ? path.creator() : m_original.creatorOf(tag);
        return creator == path.creator() ? holder.find(tag) : nullptr;
    }

    bool assign(DataSet& holder, const Scope& own, const AttributeOperation& operation)
    {
        Tag tag = operation.path.tag();
        const Vr vr = vrFor(holder, own, operation);
        auto bytes = dicom::encodeValue(tag, vr, operation.text, own.characterSet);
        if (!bytes) {
            m_failure = bytes.error();
            m_failure->attribute = operation.path.toString();
            return false;
        }
        if (tag.isPrivate() && !tag.isPrivateCreator() && !operation.path.creator().isEmpty()) {
            const auto placed = dicom::placeInBlock(holder, tag, operation.path.creator(), own.characterSet);
            if (!placed) {
                m_failure = placed.error();
                return false;
            }
            tag = *placed;
        } else if (tag.isPrivateCreator() && !holder.contains(tag) && dicom::firstInBlock(holder, tag)) {
            m_failure = Error{Error::Kind::InvalidValue,
                              QStringLiteral("its block holds elements that no creator names"),
                              QStringLiteral("Take another block, or delete the elements first"),
                              {},
                              operation.path.toString()};
            return false;
        }
        holder.set(tag, vr, std::move(bytes).value());
        return true;
    }

    bool clear(DataSet& holder, const AttributePath& path) const
    {
        const Element* element = own(holder, path);
        // Without its text a creator would leave its block to nobody.
        if (!element || element->length() == 0 || element->tag().isPrivateCreator())
            return false;
        holder.set(element->isSequence() ? Element::make(element->tag(), Element::Items())
                                         : Element::make(element->tag(), element->vr(), QByteArray()));
        return true;
    }

    bool erase(DataSet& holder, const AttributePath& path) const
    {
        if (!own(holder, path))
            return false;
        const Tag tag = path.tag();
        holder.remove(tag);
        if (tag.isPrivateCreator())
            eraseBlock(holder, tag);
        else if (tag.creatorTag().element != 0 && !dicom::firstInBlock(holder, tag.creatorTag()))
            holder.remove(tag.creatorTag());
        return true;
    }

    /// A creator takes its block along: without it nobody could tell what the elements are, and they would
    /// stay.
    static void eraseBlock(DataSet& holder, Tag creator)
    {
        while (const Element* element = dicom::firstInBlock(holder, creator))
            holder.remove(element->tag());
    }

    /// Puts back what the original has in every place that the path means.
    void keep(const AttributePath& path)
    {
        const CharacterSet now = dicom::characterSetOf(m_current);
        if (now == dicom::characterSetOf(m_original)) {
            restore(m_original, m_current, path, 0);
            return;
        }
        // The text was turned to another character set meanwhile: so is what comes back.
        const auto original = script::converted(m_original, now, script::Undeclared::Guess);
        if (original)
            restore(*original, m_current, path, 0);
        else
            m_failure = original.error();
    }

    /// In the block that it had, unless that is another creator's by now.
    static bool restoreElement(const DataSet& original, DataSet& current, const Element& before)
    {
        const Tag creator = before.tag().creatorTag();
        const QString name = original.creatorOf(before.tag());
        if (creator.element == 0 || name.isEmpty() || current.creatorOf(before.tag()) == name) {
            current.set(ElementPtr(&before));
            return true;
        }
        if (!current.contains(creator)) {
            current.set(original.share(creator));
            current.set(ElementPtr(&before));
            return true;
        }
        const auto placed = dicom::placeInBlock(current, before.tag(), name, dicom::characterSetOf(current));
        if (!placed)
            return false;
        current.set(before.isSequence() ? Element::make(*placed, before.items())
                                        : Element::make(*placed, before.vr(), before.bytes()));
        return true;
    }

    /// With the creator that was added for it, when it was the last one in its block.
    static bool removeAdded(const DataSet& original, DataSet& current, const Element& added)
    {
        const Tag creator = added.tag().creatorTag();
        current.remove(added.tag());
        if (creator.element != 0 && !dicom::firstInBlock(current, creator) && !original.contains(creator))
            current.remove(creator);
        return true;
    }

    static bool restore(const DataSet& original, DataSet& current, const AttributePath& path, size_t at)
    {
        const auto& step = path.steps()[at];
        const bool isLast = at + 1 == path.steps().size();
        // Of a private attribute it is the creator's element that counts, whatever block it is in.
        const Element* before = original.find(isLast ? placeOf(original, path) : step.tag);
        const Element* now = current.find(isLast ? placeOf(current, path) : step.tag);
        if (isLast) {
            if (dicom::sameElement(before, now))
                return false;
            if (!before)
                return removeAdded(original, current, *now);
            return restoreElement(original, current, *before);
        }
        if (!before || !before->isSequence())
            return false;
        if (!now || now->items().size() != before->items().size()) {
            current.set(
                ElementPtr(before)); // the items themselves were touched: the sequence comes back whole
            return true;
        }
        Element::Items items = now->items();
        bool changed = false;
        for (size_t i = 0; i < items.size(); ++i)
            if (step.item == AttributePath::AllItems || step.item == static_cast<int>(i))
                changed = restore(before->items()[i], items[i], path, at + 1) || changed;
        if (changed)
            current.set(Element::make(step.tag, std::move(items)));
        return changed;
    }

    const DataSet& m_original;
    DataSet m_current;
    std::optional<Error> m_failure;
};

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
            return result.error();
        Content content = with(std::move(result->dataSet));
        content.meta = std::move(result->meta);
        content.accounts << ScriptAccount{run.script, std::move(result->applied), std::move(result->messages),
                                          std::move(result->remarks)};
        return content;
    }

private:
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
