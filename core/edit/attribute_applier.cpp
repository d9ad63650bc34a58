#include "core/edit/attribute_applier.h"

#include "core/dicom/private_blocks.h"
#include "core/dicom/scope.h"
#include "core/dicom/value.h"
#include "core/edit/edit.h"
#include "core/script/conversion.h"

#include <algorithm>

namespace edit {

using dicom::AttributePath;
using dicom::CharacterSet;
using dicom::DataSet;
using dicom::Element;
using dicom::ElementPtr;
using dicom::Scope;
using dicom::Tag;
using dicom::Vr;

AttributeApplier::AttributeApplier(const DataSet& original, DataSet current)
    : m_original(original)
    , m_current(std::move(current))
{
}

Result<DataSet> AttributeApplier::run(const QList<AttributeOperation>& operations)
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

bool AttributeApplier::needsUtf8(const AttributeOperation& operation) const
{
    if (operation.action != Action::Assign || !operation.reencode)
        return false;
    bool needed = false;
    DataSet probe = m_current;
    dicom::changeHolders(probe, operation.path, [&](DataSet& holder, const Scope& own) {
        needed = needed
            || dicom::needsOtherCharacterSet(vrFor(holder, own, operation), operation.text, own.characterSet);
        return false;
    });
    return needed;
}

Tag AttributeApplier::placeOf(const DataSet& holder, const AttributePath& path)
{
    const Tag tag = path.tag();
    const bool isNamed = tag.isPrivate() && !tag.isPrivateCreator() && !path.creator().isEmpty();
    if (!isNamed)
        return tag;
    const quint16 block = dicom::blockOf(holder, tag.group, path.creator(), tag.creatorTag().element);
    return block != 0 ? dicom::inBlock(tag, block)
                      : Tag{tag.group, 0x0001}; // not there: no element can have this tag
}

Vr AttributeApplier::vrFor(const DataSet& holder, const Scope& own, const AttributeOperation& operation)
{
    const Tag tag = operation.path.tag();
    if (const Element* element = holder.find(placeOf(holder, operation.path)))
        return element->vr();
    if (operation.vr)
        return *operation.vr;
    const auto* entry = dicom::find(tag, operation.path.creator());
    return entry ? dicom::vrIn(own.hasSignedPixels, *entry) : tag.isPrivateCreator() ? Vr::LO : Vr::UN;
}

void AttributeApplier::convert(const CharacterSet& target)
{
    auto result = script::converted(m_current, target, script::Undeclared::Guess);
    if (result)
        m_current = std::move(result).value();
    else
        m_failure = result.error();
}

void AttributeApplier::setLabel(const AttributeOperation& operation)
{
    auto bytes = dicom::encodeValue(Vr::CS, operation.text, {});
    if (bytes)
        m_current.set(operation.path.tag(), Vr::CS, std::move(bytes).value());
    else
        m_failure = bytes.error();
}

void AttributeApplier::applyCharacterSet(const AttributeOperation& operation)
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

void AttributeApplier::applyOne(const AttributeOperation& operation)
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

void AttributeApplier::change(const AttributePath& path,
                              const std::function<bool(DataSet&, const Scope&)>& what)
{
    dicom::changeHolders(m_current, path, what);
}

const Element* AttributeApplier::own(const DataSet& holder, const AttributePath& path) const
{
    const Tag tag = path.tag();
    if (!tag.isPrivate() || tag.isPrivateCreator())
        return holder.find(tag);
    QString creator = holder.creatorOf(tag);
    if (creator.isEmpty())
        creator = path.isNested() ? path.creator() : m_original.creatorOf(tag);
    return creator == path.creator() ? holder.find(tag) : nullptr;
}

bool AttributeApplier::assign(DataSet& holder, const Scope& own, const AttributeOperation& operation)
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

bool AttributeApplier::clear(DataSet& holder, const AttributePath& path) const
{
    const Element* element = own(holder, path);
    // Without its text a creator would leave its block to nobody.
    if (!element || element->length() == 0 || element->tag().isPrivateCreator())
        return false;
    holder.set(element->isSequence() ? Element::make(element->tag(), Element::Items())
                                     : Element::make(element->tag(), element->vr(), QByteArray()));
    return true;
}

bool AttributeApplier::erase(DataSet& holder, const AttributePath& path) const
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

void AttributeApplier::eraseBlock(DataSet& holder, Tag creator)
{
    while (const Element* element = dicom::firstInBlock(holder, creator))
        holder.remove(element->tag());
}

void AttributeApplier::keep(const AttributePath& path)
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

bool AttributeApplier::restoreElement(const DataSet& original, DataSet& current, const Element& before)
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

bool AttributeApplier::removeAdded(const DataSet& original, DataSet& current, const Element& added)
{
    const Tag creator = added.tag().creatorTag();
    current.remove(added.tag());
    if (creator.element != 0 && !dicom::firstInBlock(current, creator) && !original.contains(creator))
        current.remove(creator);
    return true;
}

bool AttributeApplier::restore(const DataSet& original, DataSet& current, const AttributePath& path,
                               size_t at)
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
        current.set(ElementPtr(before)); // the items themselves were touched: the sequence comes back whole
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

} // namespace edit
