#include "core/residue/path_names.h"

#include "core/dicom/identifying.h"
#include "core/dicom/private_blocks.h"
#include "core/dicom/value.h"

#include <QDate>
#include <QMap>
#include <QRegularExpression>
#include <algorithm>
#include <optional>

namespace residue {

namespace {

using dicom::DataSet;
using dicom::Element;

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

} // namespace

QList<TellingName> tellingNames(const QString& relativePath, const DataSet& original, const DataSet& written)
{
    TellingWords words;
    addTellingWords(original, &written, {}, words);
    const QStringList names = relativePath.split(u'/', Qt::SkipEmptyParts);
    QList<TellingName> telling;
    for (const QString& name : names) {
        QMultiMap<Telling, QString> found; // the most telling first
        for (const auto& [word, what] : words.asKeyValueRange())
            if (name.contains(word, Qt::CaseInsensitive))
                found.insert(what, word);
        TellingName one{name, &name == &names.constLast()};
        for (const auto& [what, word] : found.asKeyValueRange())
            one.reasons << TellingName::Reason{word, wordsFor(what)};
        if (!one.reasons.isEmpty())
            telling << one;
    }
    return telling;
}

} // namespace residue
