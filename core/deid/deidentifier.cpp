#include "core/deid/deidentifier.h"

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

} // namespace

Deidentifier::Deidentifier(const DataSet& root, const Profile& profile, const QByteArray& seed)
    : m_profile(profile)
    , m_options(profile.options)
    , m_seed(seed)
    , m_sopClass(root.bytes(dicom::tags::SOPClassUID))
    , m_patientKey(patientKeyOf(root))
    , m_days(daysOf(seed, m_patientKey))
    , m_characterSet(dicom::characterSetOf(root))
{
}

dicom::DataSet Deidentifier::run(const DataSet& dataSet, bool isInside, bool asDummy)
{
    DataSet result;
    for (const ElementPtr& element : dataSet) {
        ElementPtr kept = m_profile.patients.newIds != Patients::NewIds::Empty && isPatient(element->tag())
            ? patient(*element, dataSet)
            : changed(element, isInside, asDummy);
        if (kept)
            result.set(std::move(kept));
    }
    return result;
}

dicom::ElementPtr Deidentifier::changed(const ElementPtr& element, bool isInside, bool asDummy)
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

dicom::ElementPtr Deidentifier::done(Action action, const Rule& rule, Type type, const ElementPtr& element)
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

dicom::ElementPtr Deidentifier::withoutRule(const ElementPtr& element, bool asDummy)
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

dicom::ElementPtr Deidentifier::datedRight(const ElementPtr& element) const
{
    if (!(m_options & Option::RetainModifiedDates) || !isDate(element->vr()))
        return element;
    const ElementPtr moved = shifted(*element);
    return moved ? moved : empty(*element);
}

dicom::ElementPtr Deidentifier::inItems(const Element& sequence, bool asDummy)
{
    Element::Items items;
    for (const DataSet& item : sequence.items())
        items.push_back(run(item, true, asDummy));
    if (items == sequence.items())
        return ElementPtr(&sequence); // with the encoding that it has
    return Element::make(sequence.tag(), std::move(items));
}

dicom::ElementPtr Deidentifier::empty(const Element& element)
{
    const Vr vr = meantVr(element);
    return vr == Vr::SQ ? Element::make(element.tag(), Element::Items())
                        : Element::make(element.tag(), vr, QByteArray());
}

dicom::ElementPtr Deidentifier::dummy(const Element& element)
{
    if (element.isSequence())
        return inItems(element, true);
    const Vr vr = meantVr(element);
    if (vr == Vr::SQ)
        return {}; // bytes that are no items
    return vr == Vr::UI ? mapped(element) : Element::make(element.tag(), vr, dummyBytes(vr));
}

dicom::ElementPtr Deidentifier::dummyInside(const ElementPtr& element)
{
    if (element->isSequence())
        return inItems(*element, !isCode(*element));
    const bool isCoded = element->vr() == Vr::CS || !dicom::isString(element->vr());
    return isCoded || element->length() == 0 ? element : dummy(*element);
}

bool Deidentifier::isCode(const Element& sequence)
{
    static const QSet<QByteArray> schemes{"DCM", "SCT", "SRT", "SNM3", "LN", "UCUM", "RADLEX", "FMA"};
    constexpr Tag scheme{0x0008, 0x0102};
    return std::all_of(sequence.items().begin(), sequence.items().end(),
                       [&](const DataSet& item) { return schemes.contains(item.bytes(scheme)); });
}

dicom::ElementPtr Deidentifier::mapped(const Element& element) const
{
    if (element.vr() != Vr::UI)
        return empty(element);
    QList<QByteArray> uids = partsOf(element);
    for (QByteArray& uid : uids)
        if (!uid.isEmpty() && !dicom::isRegisteredUid(uid))
            uid = dicom::mappedUid(m_seed, QString::fromLatin1(uid)).toLatin1();
    return Element::make(element.tag(), Vr::UI, dicom::padded(uids.join('\\'), Vr::UI));
}

dicom::ElementPtr Deidentifier::cleaned(const ElementPtr& element) const
{
    if (!(m_options & Option::RetainModifiedDates))
        return {};
    if (element->vr() == Vr::TM)
        return element; // whole days are added to it
    return isDate(element->vr()) ? shifted(*element) : ElementPtr();
}

dicom::ElementPtr Deidentifier::shifted(const Element& element) const
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
    return Element::make(element.tag(), element.vr(), dicom::padded(dates.join('\\'), element.vr()));
}

bool Deidentifier::isPatient(Tag tag)
{
    return tag == dicom::tags::PatientID || tag == dicom::tags::PatientName;
}

dicom::ElementPtr Deidentifier::patient(const Element& element, const DataSet& holder)
{
    const Vr vr = element.tag() == dicom::tags::PatientID ? Vr::LO : Vr::PN;
    if (element.length() == 0)
        return Element::make(element.tag(), vr, QByteArray());
    const QString own = patientIdOf(holder);
    return named(element.tag(), vr, newIdOf(own.isEmpty() ? m_patientKey : own));
}

QString Deidentifier::newIdOf(const QString& id)
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

dicom::ElementPtr Deidentifier::named(Tag tag, Vr vr, const QString& text)
{
    auto bytes = dicom::encodeValue(vr, text, m_characterSet);
    if (bytes)
        return Element::make(tag, vr, std::move(bytes).value());
    m_failure = bytes.error();
    m_failure->attribute = dicom::toString(tag);
    return {};
}

} // namespace deid
