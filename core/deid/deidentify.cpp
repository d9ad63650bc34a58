#include "core/deid/deidentify.h"

#include "core/deid/dummy.h"
#include "core/dicom/dictionary.h"
#include "core/script/shift.h"
#include "core/script/uid.h"

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

/// PS3.3 section C.9.2.
bool isOverlay(Tag tag)
{
    return tag.group >= 0x6000 && tag.group <= 0x60FF;
}

/// UIDs of the standard: SOP classes, transfer syntaxes and the like (PS3.6 annex A).
bool isWellKnown(const QByteArray& uid)
{
    return uid.startsWith("1.2.840.10008.");
}

/// Walks over the data sets of one object.
class Deidentifier {
public:
    Deidentifier(const DataSet& root, const Profile& profile, const QByteArray& seed)
        : m_options(profile.options)
        , m_seed(seed)
        , m_sopClass(root.bytes(dicom::tags::SOPClassUID))
        , m_days(daysOf(seed, root.bytes(dicom::tags::PatientID)))
    {
    }

    /// `isInside`: in an item, where nobody says how strictly an attribute is asked for. `asDummy`: of a
    /// sequence that is replaced itself.
    DataSet run(const DataSet& dataSet, bool isInside, bool asDummy) const
    {
        DataSet result;
        for (const ElementPtr& element : dataSet)
            if (ElementPtr kept = changed(element, isInside, asDummy))
                result.set(std::move(kept));
        return result;
    }

private:
    /// Null when the element is removed.
    ElementPtr changed(const ElementPtr& element, bool isInside, bool asDummy) const
    {
        const Tag tag = element->tag();
        if (tag.isPrivate() || tag.isFileMeta() || tag == dicom::tags::DataSetTrailingPadding)
            return {};
        const Rule* rule = ruleOf(tag);
        if (!rule && isOverlay(tag))
            return {}; // of a plane whose data are gone
        if (!rule)
            return asDummy ? dummyInside(element) : withoutRule(element);
        const Type type = isInside ? Type::Required : rule->typeIn(m_sopClass);
        return done(rule->action(m_options, type), *rule, type, element);
    }

    ElementPtr done(Action action, const Rule& rule, Type type, const ElementPtr& element) const
    {
        switch (action) {
        case Action::Keep:
            return element->isSequence() ? inItems(*element, false) : element;
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
        if (ElementPtr cleaned = this->cleaned(element))
            return cleaned;
        return done(rule.action({}, type), rule, type, element); // what cannot be cleaned goes
    }

    ElementPtr withoutRule(const ElementPtr& element) const
    {
        if (element->isSequence())
            return inItems(*element, false);
        const bool isDate = element->vr() == Vr::DA || element->vr() == Vr::DT;
        if (!isDate || !(m_options & Option::RetainModifiedDates))
            return element;
        const ElementPtr moved = shifted(*element);
        return moved ? moved : empty(*element);
    }

    ElementPtr inItems(const Element& sequence, bool asDummy) const
    {
        Element::Items items;
        for (const DataSet& item : sequence.items())
            items.push_back(run(item, true, asDummy));
        return Element::make(sequence.tag(), std::move(items));
    }

    static ElementPtr empty(const Element& element)
    {
        return element.isSequence() ? Element::make(element.tag(), Element::Items())
                                    : Element::make(element.tag(), element.vr(), QByteArray());
    }

    ElementPtr dummy(const Element& element) const
    {
        if (element.isSequence())
            return inItems(element, true);
        const Vr vr = meantVr(element);
        return vr == Vr::UI ? mapped(element) : Element::make(element.tag(), element.vr(), dummyBytes(vr));
    }

    /// What stands in an item of a sequence that is replaced: nothing that a person may have written stays.
    ElementPtr dummyInside(const ElementPtr& element) const
    {
        if (element->isSequence())
            return inItems(*element, !isCode(*element));
        const bool isCoded =
            element->vr() == Vr::CS || element->vr() == Vr::UI || !dicom::isString(element->vr());
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
        if (meantVr(element) != Vr::UI)
            return Element::make(element.tag(), element.vr(), QByteArray());
        QList<QByteArray> uids = partsOf(element);
        for (QByteArray& uid : uids)
            if (!uid.isEmpty() && !isWellKnown(uid))
                uid = script::mappedUid(m_seed, QString::fromLatin1(uid)).toLatin1();
        return Element::make(element.tag(), element.vr(), padded(uids.join('\\'), Vr::UI));
    }

    /// Null where it cannot be done.
    ElementPtr cleaned(const ElementPtr& element) const
    {
        if (!(m_options & Option::RetainModifiedDates))
            return {};
        if (element->vr() == Vr::TM)
            return element; // whole days are added to it
        return element->vr() == Vr::DA || element->vr() == Vr::DT ? shifted(*element) : ElementPtr();
    }

    /// Null when a part of it is no date.
    ElementPtr shifted(const Element& element) const
    {
        QList<QByteArray> dates = partsOf(element);
        for (QByteArray& date : dates) {
            if (date.isEmpty())
                continue;
            const auto moved = script::shifted(QString::fromLatin1(date), -qint64{m_days} * 86'400);
            if (!moved)
                return {};
            date = moved->toLatin1();
        }
        return Element::make(element.tag(), element.vr(), padded(dates.join('\\'), element.vr()));
    }

    Options m_options;
    QByteArray m_seed;
    QByteArray m_sopClass;
    int m_days;
};

DataSet codeItem(const QByteArray& code, const QByteArray& meaning)
{
    DataSet item;
    item.set({0x0008, 0x0100}, Vr::SH, padded(code, Vr::SH));
    item.set({0x0008, 0x0102}, Vr::SH, "DCM ");
    item.set({0x0008, 0x0104}, Vr::LO, padded(meaning, Vr::LO));
    return item;
}

/// PS3.15 section E.1.1, PS3.3 sections C.7.1.1 and C.7.6.1.
void sayWhatWasDone(DataSet& dataSet, Options options)
{
    Element::Items codes{codeItem("113100", "Basic Application Confidentiality Profile")};
    for (const OptionInfo& info : optionInfos())
        if (options & info.option)
            codes.push_back(codeItem(info.code, info.meaning));
    const QByteArray dates = options & Option::RetainFullDates ? "UNMODIFIED"
        : options & Option::RetainModifiedDates                ? "MODIFIED"
                                                               : "REMOVED";
    dataSet.set({0x0012, 0x0062}, Vr::CS, "YES ");
    dataSet.set({0x0012, 0x0063}, Vr::LO, padded("DICOM PS3.15 2024b Basic Profile", Vr::LO));
    dataSet.set(Element::make({0x0012, 0x0064}, std::move(codes)));
    dataSet.set({0x0028, 0x0303}, Vr::CS, padded(dates, Vr::CS));
}

} // namespace

int daysOf(const QByteArray& seed, const QByteArray& patientId)
{
    constexpr quint32 most = 3650;
    const QByteArray hash =
        QMessageAuthenticationCode::hash("dates:" + patientId, seed, QCryptographicHash::Sha256);
    return static_cast<int>(qFromBigEndian<quint32>(hash.constData()) % most) + 1;
}

DataSet deidentify(const DataSet& original, const Profile& profile, const QByteArray& seed)
{
    DataSet result = Deidentifier(original, profile, seed).run(original, false, false);
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
    if (!(profile.options & Option::RetainUids))
        uid = script::mappedUid(seed, QString::fromLatin1(uid)).toLatin1();
    meta.set(dicom::tags::MediaStorageSOPInstanceUID, Vr::UI, padded(uid, Vr::UI));
    return meta;
}

} // namespace deid
