#include "core/export/script_effect.h"

#include "core/dicom/private_blocks.h"

#include "core/dicom/dictionary.h"
#include "core/dicom/value.h"
#include "core/script/conversion.h"

#include <QCoreApplication>
#include <QRegularExpression>
#include <set>

namespace exporter {

namespace {

using dicom::AttributePath;
using dicom::CharacterSet;
using dicom::DataSet;
using dicom::Element;
using dicom::Tag;
using Content = dicom::VrInfo::Content;

QString translated(const char* text)
{
    return QCoreApplication::translate("ExportScript", text);
}

const Element* elementAt(const DataSet& holder, const ScriptStep& step)
{
    if (step.creator.isEmpty())
        return holder.find(step.tag);
    for (auto it = holder.lowerBound({step.tag.group, 0x1000});
         it != holder.end() && (*it)->tag().group == step.tag.group; ++it)
        if (((*it)->tag().element & 0xFF) == step.tag.element
            && holder.creatorOf((*it)->tag()) == step.creator)
            return it->data();
    return nullptr;
}

void findPlaces(const DataSet& holder, const CharacterSet& own, const ScriptPath& path, size_t at,
                QList<Place>& places)
{
    const Element* element = elementAt(holder, path[at]);
    if (!element)
        return;
    if (at + 1 == path.size()) {
        places << Place{element, own};
        return;
    }
    for (size_t i = 0; i < element->items().size(); ++i)
        if (path[at].item == AttributePath::AllItems || path[at].item == static_cast<int>(i))
            findPlaces(element->items()[i], dicom::characterSetOf(element->items()[i], own), path, at + 1,
                       places);
}

std::optional<QString> bytesValue(QByteArray bytes)
{
    if (bytes.endsWith('\0'))
        bytes.chop(1); // comes back as padding
    const QString text = QString::fromUtf8(bytes);
    return text.toUtf8() == bytes ? std::optional(text) : std::nullopt;
}

std::optional<QString> textValue(const Element& element, const CharacterSet& characterSet)
{
    QByteArray bytes = element.bytes();
    const char padding = element.vr() == dicom::Vr::UI ? '\0' : ' ';
    if (bytes.size() % 2 == 0 && bytes.endsWith(padding))
        bytes.chop(1);
    const QString text = characterSet.decode(bytes, element.vr());
    return text.contains(QChar::ReplacementCharacter) ? std::nullopt : std::optional(text);
}

bool isNameable(const QString& creator)
{
    static const QRegularExpression pattern(
        QStringLiteral(R"(\A[A-Za-z0-9_.:-](?:[A-Za-z0-9 _.:-]*[A-Za-z0-9_.:-])?\z)"));
    return pattern.match(creator).hasMatch();
}

/// Whether two blocks have the same creator.
bool isAmbiguous(const DataSet& holder, quint16 group, const QString& creator)
{
    int blocks = 0;
    for (auto it = holder.lowerBound({group, 0x10});
         it != holder.end() && (*it)->tag().group == group && (*it)->tag().element <= 0xFF; ++it)
        blocks += holder.creatorOf({group, static_cast<quint16>((*it)->tag().element << 8)}) == creator;
    return blocks > 1;
}

class Differ {
public:
    void run(const DataSet& before, const DataSet& after, const CharacterSet& own,
             const ScriptPath& path = {}, const AttributePath& attribute = {})
    {
        std::set<Tag> tags;
        for (const auto* dataSet : {&before, &after})
            for (const auto& element : *dataSet)
                tags.insert(element->tag());
        const std::set<quint16> crowded = groupsWithSeveralNew(before, after);
        for (const Tag tag : tags) {
            const Element* old = before.find(tag);
            const Element* now = after.find(tag);
            const bool apart = path.empty() && tag == dicom::tags::SpecificCharacterSet;
            if (tag.isFileMeta() || apart || dicom::sameElement(old, now))
                continue;
            // A single new creator is made by the first attribute that is assigned in its block.
            if (!old && tag.isPrivateCreator() && !crowded.contains(tag.group)
                && tag.element == dicom::freeBlock(before, tag.group) && hasNewBlock(before, after, tag))
                continue;
            m_own = own;
            element(begun(old ? before : after, tag, path, attribute), old, now);
        }
    }

    void characterSet(const Element* old, const Element* now)
    {
        if (dicom::sameElement(old, now))
            return;
        m_own = {};
        element(begun({}, dicom::tags::SpecificCharacterSet, {}, {}), old, now);
        m_effects.last().phase = Effect::Phase::CharacterSet;
    }

    QList<Effect> effects() const { return m_effects; }

private:
    static bool hasNewBlock(const DataSet& before, const DataSet& after, Tag creator)
    {
        const auto next = after.lowerBound({creator.group, static_cast<quint16>(creator.element << 8)});
        return next != after.end() && (*next)->tag().creatorTag() == creator
            && !before.contains((*next)->tag()) && isNameable(after.creatorOf((*next)->tag()));
    }

    static std::set<quint16> groupsWithSeveralNew(const DataSet& before, const DataSet& after)
    {
        std::set<quint16> once, several;
        for (const auto& element : after)
            if (element->tag().isPrivateCreator() && !before.contains(element->tag())
                && !once.insert(element->tag().group).second)
                several.insert(element->tag().group);
        return several;
    }

    static Effect begun(const DataSet& holder, Tag tag, ScriptPath path, const AttributePath& attribute)
    {
        Effect effect;
        const QString creator = holder.creatorOf(tag);
        effect.attribute = attribute.isEmpty() ? AttributePath(tag, creator)
                                               : attribute.child(path.back().item, tag, creator);
        const bool named = isNameable(creator) && !isAmbiguous(holder, tag.group, creator);
        path.push_back(named ? ScriptStep{{tag.group, static_cast<quint16>(tag.element & 0xFF)}, creator}
                             : ScriptStep{tag});
        effect.path = std::move(path);
        return effect;
    }

    void element(Effect effect, const Element* old, const Element* now)
    {
        effect.existed = old != nullptr;
        if (effect.attribute.tag().isPrivateCreator())
            effect.phase = old ? Effect::Phase::Creator : Effect::Phase::NewCreator;
        if (!now) {
            m_effects << effect;
        } else if (now->isSequence() || (old && old->isSequence())) {
            sequence(std::move(effect), old, *now);
        } else {
            if (now->length() == 0 && old && !old->isInSource() && !isDirect(effect.path))
                effect.doing = Doing::Clear;
            else
                assign(effect, *now);
            checkVr(effect, old, *now);
            m_effects << effect;
        }
    }

    void assign(Effect& effect, const Element& now) const
    {
        effect.doing = Doing::Assign;
        const auto value = scriptValue(now, m_own);
        const Content content = dicom::info(now.vr()).content;
        effect.padded = (content == Content::Text || content == Content::Ascii) && now.vr() != dicom::Vr::UI
            && now.bytes().endsWith(' ') && now.bytes().size() % 2 == 0;
        if (value && canBeWritten(*value))
            effect.value = *value;
        else if (now.isInSource())
            effect.obstacle = translated("a value this long cannot stand in a script");
        else if (value)
            effect.obstacle = translated("a script cannot hold a double quote or a line break in a value");
        else
            effect.obstacle = translated("a script cannot hold this value as text");
    }

    static void checkVr(Effect& effect, const Element* old, const Element& now)
    {
        const auto* entry = dicom::find(effect.attribute.tag(), effect.attribute.creator());
        const dicom::Vr made = old ? old->vr() : entry ? entry->vr : dicom::Vr::UN;
        if (effect.obstacle.isEmpty() && made != now.vr())
            effect.obstacle = translated("a script cannot choose the value representation (%1)")
                                  .arg(QString(dicom::name(now.vr())));
    }

    void sequence(Effect effect, const Element* old, const Element& now)
    {
        const auto before = old ? old->items() : Element::Items();
        const auto& after = now.items();
        const bool becomes = old && old->isSequence() != now.isSequence();
        if (becomes || after.empty() || after.size() < before.size()) {
            effect.obstacle = after.empty() ? translated("a script cannot empty a sequence")
                                            : translated("a script cannot take items out of a sequence");
            m_effects << effect;
            return;
        }
        const CharacterSet own = m_own;
        for (size_t i = 0; i < after.size(); ++i) {
            effect.path.back().item = static_cast<int>(i);
            run(i < before.size() ? before[i] : DataSet(), after[i], dicom::characterSetOf(after[i], own),
                effect.path, effect.attribute);
        }
    }

    CharacterSet m_own;
    QList<Effect> m_effects;
};

} // namespace

QList<Place> placesOf(const DataSet& root, const ScriptPath& path)
{
    QList<Place> places;
    findPlaces(root, dicom::characterSetOf(root), path, 0, places);
    return places;
}

std::optional<QString> scriptValue(const Element& element, const CharacterSet& characterSet)
{
    if (element.isSequence() || element.isInSource())
        return std::nullopt;
    switch (dicom::info(element.vr()).content) {
    case Content::Items:
        return std::nullopt;
    case Content::Bytes:
        return bytesValue(element.bytes());
    case Content::Tags:
        return dicom::valueText(element, characterSet).remove(u'(').remove(u')').remove(u',');
    case Content::Numbers:
        return dicom::valueText(element, characterSet);
    default:
        return textValue(element, characterSet);
    }
}

QList<Effect> effectsBetween(const DataSet& before, const DataSet& after)
{
    const Element* old = before.find(dicom::tags::SpecificCharacterSet);
    const Element* now = after.find(dicom::tags::SpecificCharacterSet);
    const CharacterSet own = dicom::characterSetOf(after);
    Differ differ;
    differ.characterSet(old, now);
    // The script's declaration turns the text by itself.
    const auto turned = own == dicom::characterSetOf(before)
        ? Result<DataSet>(before)
        : script::converted(before, own, script::Undeclared::Guess);
    differ.run(turned ? *turned : before, after, own);
    return differ.effects();
}

} // namespace exporter
