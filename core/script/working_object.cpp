#include "core/script/working_object.h"

#include "core/dicom/attribute_path.h"
#include "core/dicom/private_blocks.h"
#include "core/dicom/value.h"
#include "core/script/conversion.h"

#include <algorithm>

namespace script {

namespace {

using dicom::CharacterSet;
using dicom::DataSet;
using dicom::Element;
using dicom::ElementPtr;
using dicom::Tag;
using dicom::tags::SpecificCharacterSet;

Error failure(const QString& attribute, const QString& reason)
{
    return {Error::Kind::Script, reason, {}, {}, attribute};
}

/// File meta information is part of the object.
bool hasMeta(const DataSet& dataSet)
{
    return std::any_of(dataSet.begin(), dataSet.end(),
                       [](const ElementPtr& element) { return element->tag().isFileMeta(); });
}

bool isCoveredByChance(const Element& element)
{
    constexpr quint16 pixelGroup = 0x7FE0;
    return element.isSequence() || element.tag().isGroupLength() || element.tag().group == pixelGroup;
}

} // namespace

WorkingObject::WorkingObject(DataSet dataSet, Writing rules, Budget& budget)
    : m_dataSet(std::move(dataSet))
    , m_rules(rules)
    , m_budget(budget)
    , m_sopInstanceUid(m_dataSet.bytes(dicom::tags::SOPInstanceUID))
    , m_hasMeta(hasMeta(m_dataSet))
    , m_characterSet(dicom::characterSetOf(m_dataSet))
{
    for (size_t i = 0; i < m_keptUids.size(); ++i)
        m_keptUids[i].last = m_dataSet.bytes(dicom::followedUids[i].dataSet);
}

CharacterSet WorkingObject::characterSetIn(const Holders& holders) const
{
    return scopeIn(holders).characterSet;
}

dicom::Scope WorkingObject::scope() const
{
    return {m_characterSet, dicom::hasSignedPixels(m_dataSet)};
}

dicom::Scope WorkingObject::scopeIn(const Holders& holders) const
{
    dicom::Scope result = scope();
    for (size_t i = 1; i < holders.size(); ++i)
        result = dicom::scopeOf(*holders[i], result);
    return result;
}

const Element* WorkingObject::find(const Path& path) const
{
    const DataSet* holder = &m_dataSet;
    for (size_t i = 0; i < path.steps.size(); ++i) {
        const QList<Tag> tags = matchingTags(*holder, path.steps[i]);
        const Element* element = tags.isEmpty() ? nullptr : holder->find(tags.first());
        if (!element || i + 1 == path.steps.size())
            return element;
        const auto item = static_cast<size_t>(path.steps[i].item);
        if (item >= element->items().size())
            return nullptr;
        holder = &element->items()[item];
    }
    return nullptr;
}

Result<Value> WorkingObject::read(const Path& path) const
{
    if (path.isPlainTag())
        return readFrom(m_dataSet, path.tag(), m_characterSet);
    Result<Value> value = Value();
    forEachMatch(m_dataSet, path, [&](const Holders& holders, const Element& element) {
        value = readFrom(*holders.back(), element.tag(), characterSetIn(holders));
        return false;
    });
    return value;
}

Result<Value> WorkingObject::readFrom(const DataSet& holder, Tag tag, const CharacterSet& characterSet) const
{
    auto value = readValue(holder, tag, characterSet);
    const Outcome spent = value && *value ? m_budget.spend((*value)->size()) : Outcome(Done{});
    return spent ? std::move(value) : Result<Value>(spent.error());
}

void WorkingObject::replace(DataSet dataSet)
{
    m_changed = m_changed || !(dataSet == m_dataSet);
    m_dataSet = std::move(dataSet);
}

void WorkingObject::set(ElementPtr element)
{
    m_changed = m_changed || !dicom::sameElement(m_dataSet.find(element->tag()), element.data());
    m_dataSet.set(std::move(element));
}

Outcome WorkingObject::assign(Tag tag, const Value& value)
{
    m_declared = m_declared || tag == SpecificCharacterSet;
    noteAnnotation(tag, value);
    return retried([&]() -> Outcome {
        auto element = made(m_dataSet, tag, {}, value, scope());
        if (!element)
            return element.error();
        m_changed = m_changed || !dicom::sameElement(m_dataSet.find(tag), element->data());
        m_dataSet.set(std::move(element).value());
        return Done{};
    });
}

Outcome WorkingObject::assign(const Path& path, const Value& value)
{
    if (path.isPlainTag())
        return assign(path.tag(), value);
    if (path.isNested() && path.steps.back().tags.tag() == SpecificCharacterSet)
        return failure(
            path.toString(),
            QStringLiteral(
                "the character set of an item cannot be set: its text follows that of the object"));
    return retried([&] { return assignIn(m_dataSet, scope(), path, 0, value); });
}

Outcome WorkingObject::assignIn(DataSet& holder, const dicom::Scope& own, const Path& path, size_t at,
                                const Value& value)
{
    const Path::Step& step = path.steps[at];
    if (at + 1 == path.steps.size())
        return assignLast(holder, own, step, value);
    const QList<Tag> present = matchingTags(holder, step);
    auto tag = !present.isEmpty() ? Result<Tag>(present.first())
        : step.byCreator ? dicom::placeInBlock(holder, step.tags.tag(), step.creator, own.characterSet)
                         : Result<Tag>(step.tags.tag());
    if (!tag)
        return tag.error();
    const Element* element = holder.find(*tag);
    if (element && !element->isSequence())
        return failure(dicom::toString(*tag), QStringLiteral("this is not a sequence, so it has no items"));
    Element::Items items = element ? element->items() : Element::Items();
    items.resize(std::max(items.size(), static_cast<size_t>(step.item) + 1));
    DataSet& item = items[static_cast<size_t>(step.item)];
    if (Outcome inside = assignIn(item, dicom::scopeOf(item, own), path, at + 1, value); !inside)
        return inside;
    holder.set(Element::make(*tag, std::move(items)));
    return Done{};
}

Outcome WorkingObject::assignLast(DataSet& holder, const dicom::Scope& own, const Path::Step& step,
                                  const Value& value)
{
    const QList<Tag> present = matchingTags(holder, step);
    auto tag = !present.isEmpty() ? Result<Tag>(present.first())
        : step.byCreator ? dicom::placeInBlock(holder, step.tags.tag(), step.creator, own.characterSet)
                         : Result<Tag>(step.tags.tag());
    if (!tag)
        return tag.error();
    auto element = made(holder, *tag, step.creator, value, own);
    if (!element)
        return element.error();
    m_changed = m_changed || !dicom::sameElement(holder.find(*tag), element->data());
    holder.set(std::move(element).value());
    return Done{};
}

Outcome WorkingObject::rewrite(const Path& path, const Change& change)
{
    return rewriteEach({path}, change);
}

Outcome WorkingObject::rewriteEach(const std::vector<Path>& paths, const Change& change)
{
    const std::vector<PathGroup> groups = grouped(paths);
    DataSet result;
    const Outcome outcome = retried([&]() -> Outcome {
        result = m_dataSet; // as it was: a second attempt must not see what the first one did
        m_rewritten.clear();
        Outcome done = Done{};
        bool isPattern = false;
        const auto rewriteOne = [&](const Match& match) {
            const auto changed = done ? rewriteMatch(match, isPattern, change) : Result<bool>(false);
            if (!changed)
                done = changed.error();
            return changed && *changed;
        };
        for (const PathGroup& group : groups) {
            const Path::Step* last = group.path ? &group.path->steps.back() : nullptr;
            isPattern = last && (last->level != Path::Level::Tag || !last->tags.isExact());
            changeMatches(result, group, rewriteOne);
        }
        return done;
    });
    m_rewritten.clear();
    if (outcome)
        m_dataSet = std::move(result);
    return outcome;
}

Result<bool> WorkingObject::rewriteMatch(const Match& match, bool isPattern, const Change& change)
{
    Holders holders = match.enclosing;
    holders.push_back(&match.holder);
    std::optional<dicom::Scope> own; // looked for when it is needed
    bool changed = false;
    for (const Tag tag : match.tags) {
        const Element& old = *match.holder.find(tag);
        if ((isPattern && isCoveredByChance(old)) || m_rewritten.contains(&old))
            continue;
        if (!own)
            own = scopeIn(holders);
        auto value = change(old, [&]() -> Result<QString> {
            const auto text = readFrom(match.holder, tag, own->characterSet);
            return text ? Result<QString>(text->value_or(QString())) : text.error();
        });
        if (value && !*value)
            continue;
        if (value) // made once more for each element
            if (const Outcome spent = m_budget.spend((*value)->size()); !spent)
                value = spent.error();
        auto element =
            value ? made(match.holder, tag, match.holder.creatorOf(tag), *value, *own) : value.error();
        if (!element) {
            Error error = element.error();
            if (error.attribute.isEmpty())
                error.attribute = dicom::toString(tag);
            return error;
        }
        m_declared = m_declared || (holders.size() == 1 && tag == SpecificCharacterSet);
        if (holders.size() == 1)
            noteAnnotation(tag, *value);
        const bool isOther = !dicom::sameElement(&old, element->data());
        m_rewritten.insert(element->data(), *element);
        match.holder.set(std::move(element).value());
        changed = changed || isOther;
    }
    m_changed = m_changed || changed;
    return changed;
}

Result<ElementPtr> WorkingObject::made(const DataSet& holder, Tag tag, const QString& creator,
                                       const Value& value, const dicom::Scope& scope)
{
    const dicom::Vr vr = vrToWrite(holder, scope.hasSignedPixels, tag, creator, m_rules);
    if (vr == dicom::Vr::SQ && m_rules == Writing::Six)
        return Element::make(tag, Element::Items()); // what text assigned to a sequence means
    if (const Outcome spent = m_budget.spend(value ? value->size() : 0); !spent)
        return spent.error();
    auto bytes = bytesToWrite(tag, vr, value, scope.characterSet, m_rules);
    if (bytes && value && m_looksForMisfits)
        noteMisfit(tag, vr, *value);
    if (bytes)
        return Element::make(tag, vr, std::move(bytes).value());
    m_lacksCharacters = value && dicom::needsOtherCharacterSet(vr, *value, scope.characterSet);
    return bytes.error();
}

void WorkingObject::setPixels(ElementPtr pixels)
{
    m_blanked = true;
    set(std::move(pixels));
}

void WorkingObject::noteAnnotation(Tag tag, const Value& value)
{
    if (tag == dicom::tags::BurnedInAnnotation)
        m_saysClean = value && value->trimmed() == u"NO";
}

bool WorkingObject::hasCleanPixels() const
{
    return m_blanked && m_saysClean && m_dataSet.bytes(dicom::tags::BurnedInAnnotation).trimmed() == "NO";
}

} // namespace script
