#include "core/dicom/dictionary.h"
#include "core/dicom/encoder.h"
#include "core/dicom/identifying.h"
#include "core/dicom/overlay_bits.h"
#include "core/dicom/private_blocks.h"
#include "core/dicom/reader.h"
#include "core/dicom/value.h"
#include "core/edit/edit.h"
#include "core/worker_thread.h"
#include "core/write/remainder_kind.h"
#include "core/write/writer.h"

#include <QDate>
#include <QDir>
#include <QFileInfo>
#include <QRegularExpression>
#include <QSet>
#include <algorithm>
#include <map>
#include <optional>
#include <thread>

namespace writer {

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

/// Counts what remains, file by file.
class Collector {
public:
    void addFile(const edit::Evaluated& written, const dicom::LoadedFile& original)
    {
        m_inThisFile.clear();
        walk(metaOf(written), &original.meta, {}, {}, {});
        walk(written.dataSet, &original.dataSet, {}, {}, {});
        addBurnedIn(written.dataSet);
        addOutside(written, original);
    }

    void add(Kind kind, const QString& what, const QString& value, bool isKept = true)
    {
        add(
            kind, what, [&] { return value; }, isKept);
    }

    /// `value` is asked where a sample is wanted.
    template <typename Value>
    void add(Kind kind, const QString& what, const Value& value, bool isKept)
    {
        const Key key{kind, what};
        const auto here = m_inThisFile.find(key);
        const bool isNew = here == m_inThisFile.end();
        const bool wasKept = !isNew && here->second;
        m_inThisFile[key] = wasKept || isKept;
        Remainder& remainder = m_found[key];
        remainder.kind = kind;
        remainder.what = what;
        if (remainder.value.isEmpty() || (isKept && remainder.kept == 0))
            remainder.value = value();
        remainder.files += isNew ? 1 : 0;
        remainder.kept += isKept && !wasKept ? 1 : 0;
    }

    void nextFile() { m_inThisFile.clear(); }

    /// What was found in files that come after those of this one.
    void append(const Collector& later)
    {
        for (const Remainder& theirs : later.m_found) {
            Remainder& mine = m_found[{theirs.kind, theirs.what}];
            if (mine.value.isEmpty() || (theirs.kept > 0 && mine.kept == 0))
                mine.value = theirs.value;
            mine.kind = theirs.kind;
            mine.what = theirs.what;
            mine.files += theirs.files;
            mine.kept += theirs.kept;
        }
    }

    QList<Remainder> result() const
    {
        QList<Remainder> sorted = m_found.values();
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

private:
    using Key = std::pair<Kind, QString>;

    /// Without what this program itself writes there.
    static DataSet metaOf(const edit::Evaluated& written)
    {
        constexpr dicom::Tag ours[] = {{0x0002, 0x0012}, {0x0002, 0x0013}};
        DataSet meta = written.meta;
        for (const dicom::Tag tag : ours)
            if (written.rewritten)
                meta.remove(tag);
        return meta;
    }

    /// `original`: the data set that it was made from; null when there was none.
    void walk(const DataSet& dataSet, const DataSet* original, const QString& prefix,
              const dicom::CharacterSet& inherited, const dicom::CharacterSet& originalInherited)
    {
        const auto own = dicom::characterSetOf(dataSet, inherited);
        const auto before =
            original ? dicom::characterSetOf(*original, originalInherited) : originalInherited;
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
                add(Kind::Private, creatorText(tag, creator), QStringLiteral("private attributes"), isKept);
            if (!kind && !element->isSequence())
                continue;
            const QString name = prefix + nameOf(tag, creator);
            if (kind)
                add(
                    *kind, name, [&] { return dicom::shortText(*element, own); }, isKept);
            for (size_t i = 0; i < element->items().size(); ++i)
                walk(element->items()[i], old && i < old->items().size() ? &old->items()[i] : nullptr,
                     name + QStringLiteral(" ▸ "), own, before);
        }
    }

    /// PS3.10 section 7.1 has room for private information, too.
    static bool isPrivateValue(dicom::Tag tag)
    {
        const bool inMeta = tag.group == 0x0002 && tag.element >= 0x0100;
        return inMeta || (tag.isPrivate() && !tag.isPrivateCreator());
    }

    static QString creatorText(dicom::Tag tag, const QString& creator)
    {
        return tag.isPrivateCreator() ? QStringLiteral("a creator without elements")
            : tag.isFileMeta()        ? QStringLiteral("file meta information")
            : creator.isEmpty()       ? QStringLiteral("no creator")
                                      : creator;
    }

    static QString nameOf(dicom::Tag tag, const QString& creator)
    {
        const auto* entry = dicom::find(tag, creator);
        return entry && !entry->name.isEmpty() ? entry->name : dicom::toString(tag);
    }

    void addOutside(const edit::Evaluated& written, const dicom::LoadedFile& original)
    {
        if (!written.rewritten && !original.hasClearPreamble)
            add(Kind::Outside, QStringLiteral("Preamble"),
                QStringLiteral("128 bytes before the file meta information that are not zero"));
        const Element* padding = written.dataSet.find(dicom::tags::DataSetTrailingPadding);
        if (padding && padding->bytes().count('\0') < padding->length())
            add(Kind::Outside, QStringLiteral("Data Set Trailing Padding"),
                QStringLiteral("bytes after the data set that are not zero"),
                dicom::sameElement(original.dataSet.find(padding->tag()), padding));
    }

    void addBurnedIn(const DataSet& dataSet)
    {
        const QByteArray value = dataSet.bytes(dicom::tags::BurnedInAnnotation);
        const QByteArray modality = dataSet.bytes(dicom::tags::Modality);
        const QString what = QStringLiteral("Burned In Annotation");
        if (value == "YES")
            add(Kind::BurnedIn, what, QStringLiteral("YES: the pictures themselves may show the identity"));
        else if (value.isEmpty() && oftenBurnedIn(modality) && dataSet.contains(dicom::tags::PixelData))
            add(Kind::BurnedIn, what + QStringLiteral(" (%1)").arg(QString::fromLatin1(modality)),
                QStringLiteral("not stated: look whether the pictures show the identity"));
    }

    QMap<Key, Remainder> m_found;
    std::map<Key, bool> m_inThisFile; ///< whether it is as it was
};

/// What a word of the original is, the most telling first.
enum class Telling { PatientsName, Name, PatientId, AccessionNumber, Identifier, Date, Uid };

QString wordsFor(Telling telling)
{
    static const std::array<const char*, 7> texts{
        "the name of the patient", "a name of the original", "the Patient ID",       "the Accession Number",
        "an ID of the original",   "a date of the original", "a UID of the original"};
    return QString::fromLatin1(texts.at(static_cast<size_t>(telling)));
}

/// Words that tell who an object is about, and what they are.
using TellingWords = QMap<QString, Telling>;

void addDate(const Element& element, TellingWords& words)
{
    const QString day = QString::fromLatin1(element.bytes().left(8));
    const QDate date = QDate::fromString(day, QStringLiteral("yyyyMMdd"));
    if (!date.isValid())
        return;
    for (const QString& word : {day, date.toString(Qt::ISODate), date.toString(QStringLiteral("dd.MM.yyyy")),
                                date.toString(QStringLiteral("yyyy_MM_dd"))})
        words.insert(word, Telling::Date);
}

/// Shorter ones stand in other words by chance; where a character is a syllable or a word, few are enough.
qsizetype shortestOf(const QString& word)
{
    constexpr char16_t eastAsian = 0x2E80;
    const bool isEastAsian =
        std::any_of(word.begin(), word.end(), [](QChar c) { return c.unicode() >= eastAsian; });
    return isEastAsian ? 1 : 3;
}

void addWords(const Element& element, const dicom::CharacterSet& characterSet, Telling what,
              TellingWords& words)
{
    const QString text = dicom::valueText(element, characterSet);
    static const QRegularExpression between(QStringLiteral("[\\^=, ]"));
    const QStringList parts =
        element.vr() == dicom::Vr::PN ? text.split(between) : QStringList{text.trimmed()};
    for (const QString& part : parts)
        if (part.size() >= shortestOf(part) && !words.contains(part))
            words.insert(part, what);
}

/// What a value is in the name of a file, where that tells of the patient whatever became of it.
std::optional<Telling> patientsOwn(dicom::Tag tag)
{
    return tag == dicom::tags::PatientName    ? std::optional(Telling::PatientsName)
        : tag == dicom::tags::PatientID       ? std::optional(Telling::PatientId)
        : tag == dicom::tags::AccessionNumber ? std::optional(Telling::AccessionNumber)
                                              : std::nullopt;
}

/// The same for what counts only where the written object has another value: else it is told of as such.
std::optional<Telling> othersOwn(const Element& element)
{
    const auto kind = dicom::identifyingKind(element.tag(), element.vr());
    constexpr dicom::Tag uids[] = {dicom::tags::StudyInstanceUID, dicom::tags::SeriesInstanceUID,
                                   dicom::tags::SOPInstanceUID};
    return element.vr() == dicom::Vr::PN                           ? std::optional(Telling::Name)
        : kind == dicom::IdentifyingKind::Identifier               ? std::optional(Telling::Identifier)
        : std::ranges::find(uids, element.tag()) != std::end(uids) ? std::optional(Telling::Uid)
                                                                   : std::nullopt;
}

/// `written`: what has become of the data set; null when it is gone.
void addTellingWords(const DataSet& original, const DataSet* written, const dicom::CharacterSet& inherited,
                     TellingWords& words)
{
    const auto own = dicom::characterSetOf(original, inherited);
    for (const auto& element : original) {
        const Element* after = written ? written->find(element->tag()) : nullptr;
        for (size_t i = 0; i < element->items().size(); ++i)
            addTellingWords(element->items()[i],
                            after && i < after->items().size() ? &after->items()[i] : nullptr, own, words);
        if (element->isSequence())
            continue;
        const auto always = patientsOwn(element->tag());
        const bool isOther = !dicom::sameElement(element.data(), after);
        const auto what = always ? always : isOther ? othersOwn(*element) : std::nullopt;
        if (what)
            addWords(*element, own, *what, words);
        else if (isOther && (element->vr() == dicom::Vr::DA || element->vr() == dicom::Vr::DT))
            addDate(*element, words);
    }
}

void addPathNames(const FileOutcome& file, const QString& base, const DataSet& written, Collector& collector)
{
    TellingWords words;
    addTellingWords(file.file.instance->file.dataSet, &written, {}, words);
    const QStringList names = QDir(base).relativeFilePath(file.file.target).split(u'/', Qt::SkipEmptyParts);
    collector.nextFile();
    for (const QString& name : names) {
        QMultiMap<Telling, QString> found; // the most telling first
        for (const auto& [word, what] : words.asKeyValueRange())
            if (name.contains(word, Qt::CaseInsensitive))
                found.insert(what, word);
        // Folders each by name, files by what they hold: there may be thousands.
        const bool isFile = &name == &names.constLast();
        QStringList reasons;
        for (const auto& [what, word] : found.asKeyValueRange())
            if (isFile)
                collector.add(Kind::PathName, QStringLiteral("names of files hold %1").arg(wordsFor(what)),
                              name);
            else
                reasons << QStringLiteral("“%1”, %2").arg(word, wordsFor(what));
        if (!reasons.isEmpty())
            collector.add(Kind::PathName, name,
                          QStringLiteral("contains %1").arg(reasons.join(QStringLiteral("; "))));
    }
}

/// The folder of an overwritten file and those above it, up to the one that was opened: a DICOMDIR stands
/// above the images that it lists.
void addFoldersUpToRoot(const PlannedFile& file, QSet<QString>& folders)
{
    const QString root = QFileInfo(file.instance->root).canonicalFilePath();
    QString folder = QFileInfo(file.target).path();
    folders.insert(folder);
    while (folder != root && folder.startsWith(root.endsWith(u'/') ? root : root + u'/')) {
        folder = QFileInfo(folder).path();
        folders.insert(folder);
    }
}

/// Files beside the overwritten ones that were left as they were.
void addNeighbours(const WriteReport& report, Collector& collector)
{
    QSet<QString> written;
    QSet<QString> folders;
    for (const FileOutcome& file : report.files)
        if (file.isDone()) {
            written.insert(file.file.target);
            addFoldersUpToRoot(file.file, folders);
        }
    QStringList sorted(folders.begin(), folders.end());
    sorted.sort();
    for (const QString& folder : sorted)
        for (const QFileInfo& entry : QDir(folder).entryInfoList(QDir::Files | QDir::Hidden, QDir::Name))
            if (!written.contains(entry.canonicalFilePath())) {
                collector.nextFile();
                collector.add(Kind::Neighbour, entry.filePath(), QStringLiteral("was not changed"));
            }
}

/// Whether any of the bits is set in the pixels of a file; empty when that cannot be found out.
std::optional<bool> anyBitSet(const QString& path, const dicom::ClearedBits& bits)
{
    const auto file = dicom::readFile(path);
    const auto bytes = file ? dicom::SourceFile::open(path, file->encoding)
                            : Result<std::shared_ptr<dicom::SourceFile>>(file.error());
    const dicom::ValueRange* pixels = bytes ? (*bytes)->find({{}, dicom::tags::PixelData}) : nullptr;
    if (!pixels)
        return std::nullopt;
    bool found = false;
    const dicom::ClearedBits others{~bits.mask, bits.bytes};
    const Outcome copied = (*bytes)->copy(*pixels, {}, others, [&](QByteArrayView piece) -> Outcome {
        found = found || std::any_of(piece.begin(), piece.end(), [](char c) { return c != 0; });
        return Done{};
    });
    return copied ? std::optional(found) : std::nullopt;
}

/// Overlays that old objects keep in bits of their pixels, and whatever else stands there.
void addPixelBits(const FileOutcome& file, const edit::Evaluated& written, Collector& collector)
{
    const DataSet& original = file.file.instance->file.dataSet;
    const dicom::OverlayBits overlays = dicom::overlayBitsOf(original);
    for (const quint16 group : overlays.groups)
        if (overlays.fixed.contains(group))
            collector.add(
                Kind::BurnedIn,
                QStringLiteral("Overlay %1 in the pixels").arg(group, 4, 16, QLatin1Char('0')),
                QStringLiteral("lies in stored bits, or the pixels are compressed: it was not touched"));
    dicom::ClearedBits rest = dicom::unusedBitsOf(original);
    const Element* pixels = written.dataSet.find(dicom::tags::PixelData);
    if (pixels && pixels->source())
        rest.mask &= ~pixels->source()->cleared.mask;
    if (overlays.groups.isEmpty() || rest.mask == 0)
        return;
    if (anyBitSet(file.file.target, rest).value_or(true))
        collector.add(Kind::BurnedIn, QStringLiteral("Unused bits of the pixels"),
                      QStringLiteral("hold something: another overlay, or the sign of the numbers"));
}

/// Looks through the files from `begin` to `end` of the report.
Collector collected(const WriteReport& report, qsizetype begin, qsizetype end, const edit::EditList& edits,
                    edit::Evaluator& evaluator, const std::atomic<bool>& cancel)
{
    Collector collector;
    for (qsizetype i = begin; i < end && !cancel; ++i) {
        const FileOutcome& file = report.files[i];
        if (!file.isDone())
            continue;
        const auto edited = evaluator.evaluate(*file.file.instance, edits);
        if (!edited)
            continue;
        collector.addFile(*edited, file.file.instance->file);
        addPathNames(file, QFileInfo(file.file.instance->root).path(), edited->dataSet, collector);
        addPixelBits(file, *edited, collector);
    }
    return collector;
}

} // namespace

QList<Remainder> whatRemains(const WriteReport& report, const Destination& destination,
                             const edit::EditList& edits, edit::Evaluator& evaluator,
                             const std::atomic<bool>& cancel)
{
    const auto threads = static_cast<qsizetype>(std::max(1U, std::thread::hardware_concurrency()));
    const qsizetype count = report.files.size();
    std::vector<Collector> parts(static_cast<size_t>(threads));
    {
        std::vector<WorkerThread> workers; // joined when they go
        workers.reserve(static_cast<size_t>(threads));
        for (qsizetype i = 0; i < threads; ++i)
            workers.emplace_back([&, i] {
                parts[static_cast<size_t>(i)] = collected(
                    report, count * i / threads, count * (i + 1) / threads, edits, evaluator, cancel);
            });
    }
    Collector collector;
    for (const Collector& part : parts)
        collector.append(part);
    if (destination.kind == Destination::Kind::Overwrite)
        addNeighbours(report, collector);
    return collector.result();
}

} // namespace writer
