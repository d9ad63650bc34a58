#include "core/deid/deidentify.h"

#include "core/deid/dummy.h"
#include "core/dicom/date_shift.h"
#include "core/dicom/dictionary.h"
#include "core/dicom/file_meta.h"
#include "core/dicom/new_uid.h"
#include "core/dicom/overlay_bits.h"
#include "core/dicom/uid.h"
#include "core/dicom/value.h"

#include <QMessageAuthenticationCode>
#include <QtEndian>
#include <array>

namespace deid {

namespace {

using dicom::DataSet;
using dicom::Element;
using dicom::ElementPtr;
using dicom::Tag;
using dicom::Vr;

QByteArray padded(QByteArray bytes, Vr vr)
{
    if (bytes.size() % 2)
        bytes += vr == Vr::UI ? '\0' : ' ';
    return bytes;
}

/// The value as text parts without padding.
QList<QByteArray> partsOf(const Element& element)
{
    QList<QByteArray> parts = element.bytes().split('\\');
    for (QByteArray& part : parts) {
        while (part.endsWith(' ') || part.endsWith('\0'))
            part.chop(1);
        while (part.startsWith(' '))
            part.remove(0, 1);
    }
    return parts;
}

/// Where a file says UN, that of the dictionary.
Vr meantVr(const Element& element)
{
    const auto* entry = element.vr() == Vr::UN ? dicom::findStandard(element.tag()) : nullptr;
    return entry ? entry->vr : element.vr();
}

bool isDate(Vr vr)
{
    return vr == Vr::DA || vr == Vr::DT;
}

/// Walks over the data sets of one object.
class Deidentifier {
public:
    Deidentifier(const DataSet& root, const Profile& profile, const QByteArray& seed)
        : m_profile(profile)
        , m_options(profile.options)
        , m_seed(seed)
        , m_sopClass(root.bytes(dicom::tags::SOPClassUID))
        , m_patientKey(patientKeyOf(root))
        , m_days(daysOf(seed, m_patientKey))
        , m_characterSet(dicom::characterSetOf(root))
    {
    }

    /// `isInside`: in an item, where nobody says how strictly an attribute is asked for. `asDummy`: of a
    /// sequence that is replaced itself.
    DataSet run(const DataSet& dataSet, bool isInside, bool asDummy)
    {
        DataSet result;
        for (const ElementPtr& element : dataSet) {
            ElementPtr kept =
                m_profile.patients.newIds != Patients::NewIds::Empty && isPatient(element->tag())
                ? patient(*element, dataSet)
                : changed(element, isInside, asDummy);
            if (kept)
                result.set(std::move(kept));
        }
        return result;
    }

    const std::optional<Error>& failure() const { return m_failure; }

private:
    /// Null when the element is removed.
    ElementPtr changed(const ElementPtr& element, bool isInside, bool asDummy)
    {
        const Tag tag = element->tag();
        if (tag.isPrivate() || dicom::isStray(tag) || tag == dicom::tags::DataSetTrailingPadding)
            return {};
        const Rule* rule = ruleOf(tag);
        if (!rule && dicom::isOverlay(tag))
            return {}; // of a plane whose data are gone
        if (!rule)
            return withoutRule(element, asDummy);
        const Type type = isInside ? Type::Required : rule->typeIn(m_sopClass);
        return done(rule->action(m_options, type), *rule, type, element);
    }

    ElementPtr done(Action action, const Rule& rule, Type type, const ElementPtr& element)
    {
        // Nobody can say what is in a value that could not be read as what it should be.
        const bool isOpaque = element->vr() == Vr::UN && !element->isSequence();
        switch (action) {
        case Action::Keep:
            return isOpaque             ? ElementPtr()
                : element->isSequence() ? inItems(*element, false)
                                        : datedRight(element);
        case Action::Remove:
            return {};
        case Action::Empty:
            return empty(*element);
        case Action::Dummy:
            return dummy(*element);
        case Action::MapUid:
            return element->isSequence() ? inItems(*element, false) : mapped(*element);
        case Action::Clean:
            break;
        }
        if (ElementPtr cleaned = isOpaque ? ElementPtr() : this->cleaned(element))
            return cleaned;
        return done(rule.action({}, type), rule, type, element); // what cannot be cleaned goes
    }

    /// By value representation, where the table says nothing. What nobody knows is removed.
    ElementPtr withoutRule(const ElementPtr& element, bool asDummy)
    {
        const Vr vr = element->vr();
        const auto* entry = dicom::findStandard(element->tag());
        const bool isOpaque = vr == Vr::UN && !element->isSequence();
        // Bytes under a tag that is text by the dictionary are text that nobody looks at.
        const bool isHidden =
            entry && dicom::isString(entry->vr) && !dicom::isString(vr) && !element->isSequence();
        if (!entry || isOpaque || isHidden)
            return {};
        if (vr == Vr::UI)
            return isKeptUid(element->tag()) ? element : mapped(*element);
        if (asDummy)
            return dummyInside(element);
        if (element->isSequence())
            return inItems(*element, false);
        if (vr == Vr::PN)
            return empty(*element);
        if (!isDate(vr) && vr != Vr::TM)
            return element;
        if (m_options & Option::RetainFullDates || (m_options & Option::RetainModifiedDates && vr == Vr::TM))
            return element;
        return m_options & Option::RetainModifiedDates ? datedRight(element) : empty(*element);
    }

    bool isKeptUid(Tag tag) const { return (m_options & Option::RetainUids) || dicom::namesKind(tag); }

    /// No true date stands beside shifted ones, whatever other option keeps it.
    ElementPtr datedRight(const ElementPtr& element) const
    {
        if (!(m_options & Option::RetainModifiedDates) || !isDate(element->vr()))
            return element;
        const ElementPtr moved = shifted(*element);
        return moved ? moved : empty(*element);
    }

    ElementPtr inItems(const Element& sequence, bool asDummy)
    {
        Element::Items items;
        for (const DataSet& item : sequence.items())
            items.push_back(run(item, true, asDummy));
        if (items == sequence.items())
            return ElementPtr(&sequence); // with the encoding that it has
        return Element::make(sequence.tag(), std::move(items));
    }

    static ElementPtr empty(const Element& element)
    {
        const Vr vr = meantVr(element);
        return vr == Vr::SQ ? Element::make(element.tag(), Element::Items())
                            : Element::make(element.tag(), vr, QByteArray());
    }

    ElementPtr dummy(const Element& element)
    {
        if (element.isSequence())
            return inItems(element, true);
        const Vr vr = meantVr(element);
        if (vr == Vr::SQ)
            return {}; // bytes that are no items
        return vr == Vr::UI ? mapped(element) : Element::make(element.tag(), vr, dummyBytes(vr));
    }

    /// What stands in an item of a sequence that is replaced: nothing that a person may have written stays.
    ElementPtr dummyInside(const ElementPtr& element)
    {
        if (element->isSequence())
            return inItems(*element, !isCode(*element));
        const bool isCoded = element->vr() == Vr::CS || !dicom::isString(element->vr());
        return isCoded || element->length() == 0 ? element : dummy(*element);
    }

    /// Items of public coding schemes, which say what a content is about.
    static bool isCode(const Element& sequence)
    {
        static const QSet<QByteArray> schemes{"DCM", "SCT", "SRT", "SNM3", "LN", "UCUM", "RADLEX", "FMA"};
        constexpr Tag scheme{0x0008, 0x0102};
        return std::all_of(sequence.items().begin(), sequence.items().end(),
                           [&](const DataSet& item) { return schemes.contains(item.bytes(scheme)); });
    }

    ElementPtr mapped(const Element& element) const
    {
        if (element.vr() != Vr::UI)
            return empty(element);
        QList<QByteArray> uids = partsOf(element);
        for (QByteArray& uid : uids)
            if (!uid.isEmpty() && !dicom::isRegisteredUid(uid))
                uid = dicom::mappedUid(m_seed, QString::fromLatin1(uid)).toLatin1();
        return Element::make(element.tag(), Vr::UI, padded(uids.join('\\'), Vr::UI));
    }

    /// Null where it cannot be done.
    ElementPtr cleaned(const ElementPtr& element) const
    {
        if (!(m_options & Option::RetainModifiedDates))
            return {};
        if (element->vr() == Vr::TM)
            return element; // whole days are added to it
        return isDate(element->vr()) ? shifted(*element) : ElementPtr();
    }

    /// Null when a part of it is no date, or only a year or a month, which stays the same when days are taken
    /// from it.
    ElementPtr shifted(const Element& element) const
    {
        QList<QByteArray> dates = partsOf(element);
        for (QByteArray& date : dates) {
            if (date.isEmpty())
                continue;
            constexpr qsizetype wholeDate = 8;
            if (date.size() < wholeDate)
                return {};
            const auto moved = dicom::shifted(QString::fromLatin1(date), -qint64{m_days} * 86'400);
            if (!moved)
                return {};
            date = moved->toLatin1();
        }
        return Element::make(element.tag(), element.vr(), padded(dates.join('\\'), element.vr()));
    }

    // --- the patient

    static bool isPatient(Tag tag)
    {
        return tag == dicom::tags::PatientID || tag == dicom::tags::PatientName;
    }

    /// The new ID and name of the patient that this data set, or else the object, is about.
    ElementPtr patient(const Element& element, const DataSet& holder)
    {
        const Vr vr = element.tag() == dicom::tags::PatientID ? Vr::LO : Vr::PN;
        if (element.length() == 0)
            return Element::make(element.tag(), vr, QByteArray());
        const QString own = patientIdOf(holder);
        return named(element.tag(), vr, newIdOf(own.isEmpty() ? m_patientKey : own));
    }

    QString newIdOf(const QString& id)
    {
        if (m_profile.patients.newIds == Patients::NewIds::Pseudonyms)
            return id.isEmpty() ? id : pseudonymOf(m_seed, id);
        const auto known = m_profile.patients.table->constFind(id);
        if (known != m_profile.patients.table->constEnd())
            return *known;
        m_failure = Error{Error::Kind::InvalidValue,
                          QStringLiteral("the table of patients does not have the Patient ID of this file"),
                          QStringLiteral("Add it to the table"),
                          {},
                          QStringLiteral("(0010,0020) Patient ID")};
        return {};
    }

    /// New IDs of a table may need more than ASCII; they are turned to what the object declares.
    ElementPtr named(Tag tag, Vr vr, const QString& text)
    {
        auto bytes = dicom::encodeValue(vr, text, m_characterSet);
        if (bytes)
            return Element::make(tag, vr, std::move(bytes).value());
        m_failure = bytes.error();
        m_failure->attribute = dicom::toString(tag);
        return {};
    }

    const Profile& m_profile;
    Options m_options;
    QByteArray m_seed;
    QByteArray m_sopClass;
    QString m_patientKey;
    int m_days;
    dicom::CharacterSet m_characterSet;
    std::optional<Error> m_failure;
};

DataSet codeItem(const QByteArray& code, const QByteArray& meaning)
{
    DataSet item;
    item.set({0x0008, 0x0100}, Vr::SH, padded(code, Vr::SH));
    item.set({0x0008, 0x0102}, Vr::SH, "DCM ");
    item.set({0x0008, 0x0104}, Vr::LO, padded(meaning, Vr::LO));
    return item;
}

/// The values with one more, unless it is among them.
void addText(DataSet& dataSet, Tag tag, const QByteArray& text)
{
    const QByteArray known = dataSet.bytes(tag);
    if (known.split('\\').contains(text))
        return;
    dataSet.set(tag, Vr::LO, padded(known.isEmpty() ? text : known + '\\' + text, Vr::LO));
}

void addCode(Element::Items& items, const QByteArray& code, const QByteArray& meaning)
{
    constexpr Tag codeValue{0x0008, 0x0100};
    const bool isKnown = std::any_of(items.begin(), items.end(),
                                     [&](const DataSet& item) { return item.bytes(codeValue) == code; });
    if (!isKnown)
        items.push_back(codeItem(code, meaning));
}

/// Dates that were moved or removed before are not true again because nothing happens to them now.
QByteArray datesAre(Options options, const QByteArray& before)
{
    const bool wereChanged = before == "MODIFIED" || before == "REMOVED";
    if (options & Option::RetainFullDates)
        return wereChanged ? before : QByteArray("UNMODIFIED");
    return options & Option::RetainModifiedDates ? "MODIFIED" : "REMOVED";
}

/// PS3.15 section E.1.1, PS3.3 sections C.7.1.1 and C.7.6.1. What was said before stays said.
void sayWhatWasDone(DataSet& dataSet, Options options)
{
    constexpr Tag method{0x0012, 0x0063};
    constexpr Tag methodCodes{0x0012, 0x0064};
    constexpr Tag dates{0x0028, 0x0303};
    const Element* before = dataSet.find(methodCodes);
    Element::Items codes = before ? before->items() : Element::Items();
    addCode(codes, "113100", "Basic Application Confidentiality Profile");
    for (const OptionInfo& info : optionInfos())
        if (options & info.option)
            addCode(codes, info.code, info.meaning);
    dataSet.set({0x0012, 0x0062}, Vr::CS, "YES ");
    addText(dataSet, method, "DICOM PS3.15 2024b Basic Profile");
    dataSet.set(Element::make(methodCodes, std::move(codes)));
    dataSet.set(dates, Vr::CS, padded(datesAre(options, dataSet.bytes(dates)), Vr::CS));
}

/// Overlays that lie in the pixels go with their groups, where that takes nothing of the image.
void clearOverlays(DataSet& dataSet, const dicom::ClearedBits& bits)
{
    const Element* pixels = dataSet.find(dicom::tags::PixelData);
    if (bits.mask == 0 || !pixels || !pixels->source())
        return;
    dicom::SourceValue source = *pixels->source();
    source.cleared = {source.cleared.mask | bits.mask, bits.bytes};
    dataSet.set(Element::make(pixels->tag(), pixels->vr(), std::move(source)));
}

} // namespace

int daysOf(const QByteArray& seed, const QString& patientKey)
{
    constexpr quint32 most = 3650;
    const QByteArray hash =
        QMessageAuthenticationCode::hash("dates:" + patientKey.toUtf8(), seed, QCryptographicHash::Sha256);
    return static_cast<int>(qFromBigEndian<quint32>(hash.constData()) % most) + 1;
}

Result<DataSet> deidentify(const DataSet& original, const Profile& profile, const QByteArray& seed)
{
    Deidentifier deidentifier(original, profile, seed);
    DataSet result = deidentifier.run(original, false, false);
    if (deidentifier.failure())
        return *deidentifier.failure();
    clearOverlays(result, dicom::overlayBitsOf(original).clearable);
    sayWhatWasDone(result, profile.options);
    return result;
}

dicom::DataSet deidentifiedMeta(const DataSet& original, const Profile& profile, const QByteArray& seed)
{
    DataSet meta;
    if (const ElementPtr sopClass = original.share(dicom::tags::MediaStorageSOPClassUID))
        meta.set(sopClass); // the data set may not say it
    QByteArray uid = original.bytes(dicom::tags::MediaStorageSOPInstanceUID);
    if (uid.isEmpty())
        return meta;
    if (!(profile.options & Option::RetainUids) && !dicom::isRegisteredUid(uid))
        uid = dicom::mappedUid(seed, QString::fromLatin1(uid)).toLatin1();
    meta.set(dicom::tags::MediaStorageSOPInstanceUID, Vr::UI, padded(uid, Vr::UI));
    return meta;
}

} // namespace deid
