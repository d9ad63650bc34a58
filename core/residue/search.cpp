#include "core/residue/search.h"

#include "core/dicom/dictionary.h"
#include "core/dicom/overlay_bits.h"
#include "core/dicom/private_blocks.h"
#include "core/dicom/value.h"
#include "core/residue/path_names.h"
#include "core/residue/pixel_bits.h"
#include "core/residue/remainder_kind.h"

#include <QSet>
#include <algorithm>
#include <tuple>

namespace residue {

namespace {

using Kind = Remainder::Kind;
using dicom::DataSet;
using dicom::Element;

/// Most telling first.
int rankOf(Kind kind)
{
    constexpr Kind order[] = {Kind::PersonName, Kind::Identifier, Kind::Date,      Kind::FreeText,
                              Kind::Misfit,     Kind::Unknown,    Kind::Private,   Kind::BurnedIn,
                              Kind::PathName,   Kind::Outside,    Kind::OtherText, Kind::Uid,
                              Kind::Neighbour};
    return static_cast<int>(std::find(std::begin(order), std::end(order), kind) - std::begin(order));
}

/// Modalities whose pictures often have text burned into them (PS3.15 section E.3.1 asks to look).
bool oftenBurnedIn(const QByteArray& modality)
{
    static const QSet<QByteArray> modalities{"US", "SC", "OT", "XA",   "RF", "ES",
                                             "XC", "GM", "SM", "IVUS", "DOC"};
    return modalities.contains(modality);
}

/// Without what this program itself writes there.
DataSet metaOf(const WrittenFile& file)
{
    constexpr dicom::Tag ours[] = {{0x0002, 0x0012}, {0x0002, 0x0013}};
    DataSet meta = file.meta;
    for (const dicom::Tag tag : ours)
        if (file.rewritten)
            meta.remove(tag);
    return meta;
}

/// PS3.10 section 7.1 has room for private information, too.
bool isPrivateValue(dicom::Tag tag)
{
    const bool inMeta = tag.group == 0x0002 && tag.element >= 0x0100;
    return inMeta || (tag.isPrivate() && !tag.isPrivateCreator());
}

QString creatorText(dicom::Tag tag, const QString& creator)
{
    return tag.isPrivateCreator() ? QStringLiteral("a creator without elements")
        : tag.isFileMeta()        ? QStringLiteral("file meta information")
        : creator.isEmpty()       ? QStringLiteral("no creator")
                                  : creator;
}

QString nameOf(dicom::Tag tag, const QString& creator)
{
    const auto* entry = dicom::find(tag, creator);
    return entry && !entry->name.isEmpty() ? entry->name : dicom::toString(tag);
}

} // namespace

void Search::add(const WrittenFile& file)
{
    m_inThisFile.clear();
    m_place = file.place;
    walk(metaOf(file), &file.original.meta, {}, {}, {});
    walk(file.dataSet, &file.original.dataSet, {}, {}, {});
    addBurnedIn(file.dataSet);
    addOutside(file);
    addNames(file);
    addPixelBits(file);
}

void Search::addNeighbour(const QString& path)
{
    m_inThisFile.clear();
    note(Kind::Neighbour, path, QStringLiteral("was not changed"));
}

void Search::note(Kind kind, const QString& what, const QString& value, bool isKept)
{
    note(
        kind, what, [&] { return value; }, isKept);
}

bool Search::Found::mayTake(bool kept, int at) const
{
    return !hasSample || remainder.value.isEmpty()
        || std::tuple(!kept, at) < std::tuple(!isKeptSample, place);
}

void Search::Found::offer(const QString& value, bool kept, int at)
{
    if (hasSample
        && std::tuple(remainder.value.isEmpty(), !isKeptSample, place)
            <= std::tuple(value.isEmpty(), !kept, at))
        return;
    remainder.value = value;
    isKeptSample = kept;
    place = at;
    hasSample = true;
}

/// `value` is asked where a sample is wanted.
template <typename Value>
void Search::note(Kind kind, const QString& what, const Value& value, bool isKept)
{
    const Key key{kind, what};
    const auto here = m_inThisFile.find(key);
    const bool isNew = here == m_inThisFile.end();
    const bool wasKept = !isNew && here->second;
    m_inThisFile[key] = wasKept || isKept;
    Found& found = m_found[key];
    found.remainder.kind = kind;
    found.remainder.what = what;
    if (found.mayTake(isKept, m_place))
        found.offer(value(), isKept, m_place);
    found.remainder.files += isNew ? 1 : 0;
    found.remainder.kept += isKept && !wasKept ? 1 : 0;
}

void Search::append(const Search& others)
{
    for (const auto& [key, theirs] : others.m_found.asKeyValueRange()) {
        Found& mine = m_found[key];
        mine.offer(theirs.remainder.value, theirs.isKeptSample, theirs.place);
        mine.remainder.kind = theirs.remainder.kind;
        mine.remainder.what = theirs.remainder.what;
        mine.remainder.files += theirs.remainder.files;
        mine.remainder.kept += theirs.remainder.kept;
    }
}

QList<Remainder> Search::result() const
{
    QList<Remainder> sorted;
    for (const Found& found : m_found)
        sorted << found.remainder;
    std::stable_sort(sorted.begin(), sorted.end(), [](const Remainder& a, const Remainder& b) {
        const auto order = [](const Remainder& one) {
            const bool isKey = one.what == u"Patient's Name" || one.what == u"Patient ID";
            return std::tuple(rankOf(one.kind), one.kept == 0, !isKey, one.what.contains(u'▸'), -one.kept,
                              -one.files);
        };
        return order(a) < order(b);
    });
    return sorted;
}

/// `original`: the data set that it was made from; null when there was none.
void Search::walk(const DataSet& dataSet, const DataSet* original, const QString& prefix,
                  const dicom::CharacterSet& inherited, const dicom::CharacterSet& originalInherited)
{
    const auto own = dicom::characterSetOf(dataSet, inherited);
    const auto before = original ? dicom::characterSetOf(*original, originalInherited) : originalInherited;
    for (const auto& element : dataSet) {
        const auto kind = remainderKind(*element);
        const dicom::Tag tag = element->tag();
        const bool isPrivate = isPrivateValue(tag)
            || (tag.isPrivateCreator() && !dicom::firstInBlock(dataSet, tag)); // reserves nothing: a text
        if (element->length() == 0 || (!kind && !element->isSequence() && !isPrivate))
            continue;
        const Element* old = original ? original->find(tag) : nullptr;
        const QString creator = dataSet.creatorOf(tag);
        const bool isKept = (kind || isPrivate) && old && dicom::saysTheSame(*old, before, *element, own);
        if (isPrivate)
            note(Kind::Private, creatorText(tag, creator), QStringLiteral("private attributes"), isKept);
        if (!kind && !element->isSequence())
            continue;
        const QString name = prefix + nameOf(tag, creator);
        if (kind)
            note(
                *kind, name, [&] { return dicom::shortText(*element, own); }, isKept);
        for (size_t i = 0; i < element->items().size(); ++i)
            walk(element->items()[i], old && i < old->items().size() ? &old->items()[i] : nullptr,
                 name + QStringLiteral(" ▸ "), own, before);
    }
}

void Search::addOutside(const WrittenFile& file)
{
    if (!file.rewritten && !file.original.hasClearPreamble)
        note(Kind::Outside, QStringLiteral("Preamble"),
             QStringLiteral("128 bytes before the file meta information that are not zero"));
    const Element* padding = file.dataSet.find(dicom::tags::DataSetTrailingPadding);
    if (padding && padding->bytes().count('\0') < padding->length())
        note(Kind::Outside, QStringLiteral("Data Set Trailing Padding"),
             QStringLiteral("bytes after the data set that are not zero"),
             dicom::sameElement(file.original.dataSet.find(padding->tag()), padding));
}

void Search::addBurnedIn(const DataSet& dataSet)
{
    const QByteArray value = dataSet.bytes(dicom::tags::BurnedInAnnotation);
    const QByteArray modality = dataSet.bytes(dicom::tags::Modality);
    const QString what = QStringLiteral("Burned In Annotation");
    if (value == "YES")
        note(Kind::BurnedIn, what, QStringLiteral("YES: the pictures themselves may show the identity"));
    else if (value.isEmpty() && oftenBurnedIn(modality) && dataSet.contains(dicom::tags::PixelData))
        note(Kind::BurnedIn, what + QStringLiteral(" (%1)").arg(QString::fromLatin1(modality)),
             QStringLiteral("not stated: look whether the pictures show the identity"));
}

void Search::addNames(const WrittenFile& file)
{
    const auto telling = tellingNames(file.name, file.original.dataSet, file.dataSet);
    for (const TellingName& name : telling) {
        // Folders each by name, files by what they hold: there may be thousands.
        QStringList reasons;
        for (const auto& [word, what] : name.reasons)
            if (name.isFile)
                note(Kind::PathName, QStringLiteral("names of files hold %1").arg(what), name.name);
            else
                reasons << QStringLiteral("“%1”, %2").arg(word, what);
        if (!reasons.isEmpty())
            note(Kind::PathName, name.name,
                 QStringLiteral("contains %1").arg(reasons.join(QStringLiteral("; "))));
    }
}

/// Overlays that old objects keep in bits of their pixels, and whatever else stands there.
void Search::addPixelBits(const WrittenFile& file)
{
    const DataSet& original = file.original.dataSet;
    const dicom::OverlayBits overlays = dicom::overlayBitsOf(original);
    for (const quint16 group : overlays.groups)
        if (overlays.fixed.contains(group))
            note(Kind::BurnedIn,
                 QStringLiteral("Overlay %1 in the pixels").arg(group, 4, 16, QLatin1Char('0')),
                 QStringLiteral("lies in stored bits, or the pixels are compressed: it was not touched"));
    dicom::ClearedBits rest = dicom::unusedBitsOf(original);
    const Element* pixels = file.dataSet.find(dicom::tags::PixelData);
    if (pixels && pixels->source())
        rest.mask &= ~pixels->source()->cleared.mask;
    if (overlays.groups.isEmpty() || rest.mask == 0)
        return;
    if (anyBitSet(file.path, rest).value_or(true))
        note(Kind::BurnedIn, QStringLiteral("Unused bits of the pixels"),
             QStringLiteral("hold something: another overlay, or the sign of the numbers"));
}

} // namespace residue
