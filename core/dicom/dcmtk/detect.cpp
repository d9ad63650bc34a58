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
