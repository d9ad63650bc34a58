#include "core/dicom/dcmtk/detect.h"

#include <dcmtk/dcmdata/dcistrmb.h>
#include <dcmtk/dcmdata/dctk.h>

namespace dicom::dcmtk_side {

namespace {

class Detector : public DcmItem {
public:
    using DcmItem::checkTransferSyntax;
};

DcmTag lookedUp(Tag tag, QByteArrayView creator)
{
    DcmTag known(tag.group, tag.element);
    if (!creator.isEmpty()) {
        known.setPrivateCreator(creator.toByteArray().constData());
        known.lookupVRinDictionary();
    }
    return known;
}

} // namespace

bool isSequence(Tag tag, QByteArrayView creator)
{
    return lookedUp(tag, creator).getEVR() == EVR_SQ;
}

Vr vrOf(Tag tag, QByteArrayView creator)
{
    const DcmEVR vr = lookedUp(tag, creator).getEVR();
    if (vr == EVR_ox || vr == EVR_px || vr == EVR_lt) // OW in implicit VR (PS3.5 section A.1)
        return Vr::OW;
    return parseVr(QString::fromLatin1(DcmVR(vr).getValidVRName())).value_or(Vr::UN);
}

Encoding detectedEncoding(QByteArrayView bytes)
{
    DcmInputBufferStream stream;
    stream.setBuffer(bytes.data(), static_cast<offile_off_t>(bytes.size()));
    stream.setEos();
    const DcmXfer syntax(Detector().checkTransferSyntax(stream));
    return {bool(syntax.isExplicitVR()), bool(syntax.isBigEndian()), false};
}

std::optional<bool> encapsulates(const QString& transferSyntax)
{
    const DcmXfer syntax(transferSyntax.toLatin1().constData());
    return syntax.getXfer() == EXS_Unknown ? std::nullopt : std::optional(bool(syntax.isEncapsulated()));
}

bool knowsTransferSyntax(const QString& uid)
{
    return encapsulates(uid).has_value();
}

} // namespace dicom::dcmtk_side
