#include "core/deid/deidentify.h"

#include "core/deid/deidentifier.h"

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

DataSet codeItem(const QByteArray& code, const QByteArray& meaning)
{
    DataSet item;
    item.set({0x0008, 0x0100}, Vr::SH, dicom::padded(code, Vr::SH));
    item.set({0x0008, 0x0102}, Vr::SH, "DCM ");
    item.set({0x0008, 0x0104}, Vr::LO, dicom::padded(meaning, Vr::LO));
    return item;
}

/// The values with one more, unless it is among them.
void addText(DataSet& dataSet, Tag tag, const QByteArray& text)
{
    const QByteArray known = dataSet.bytes(tag);
    if (known.split('\\').contains(text))
        return;
    dataSet.set(tag, Vr::LO, dicom::padded(known.isEmpty() ? text : known + '\\' + text, Vr::LO));
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
    dataSet.set(dates, Vr::CS, dicom::padded(datesAre(options, dataSet.bytes(dates)), Vr::CS));
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
    meta.set(dicom::tags::MediaStorageSOPInstanceUID, Vr::UI, dicom::padded(uid, Vr::UI));
    return meta;
}

} // namespace deid
