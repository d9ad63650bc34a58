#include "core/dicom/dcmtk/detect.h"

#include <dcmtk/dcmdata/dcistrmb.h>
#include <dcmtk/dcmdata/dctk.h>

namespace dicom::dcmtk_side {

namespace {

class Detector : public DcmItem {
public:
    using DcmItem::checkTransferSyntax;
};

} // namespace

bool isSequence(Tag tag, QByteArrayView creator)
{
    DcmTag known(tag.group, tag.element);
    if (!creator.isEmpty()) {
        known.setPrivateCreator(creator.toByteArray().constData());
        known.lookupVRinDictionary();
    }
    return known.getEVR() == EVR_SQ;
}

Encoding detectedEncoding(QByteArrayView bytes)
{
    DcmInputBufferStream stream;
    stream.setBuffer(bytes.data(), static_cast<offile_off_t>(bytes.size()));
    stream.setEos();
    const DcmXfer syntax(Detector().checkTransferSyntax(stream));
    return {bool(syntax.isExplicitVR()), bool(syntax.isBigEndian()), false};
}

bool knowsTransferSyntax(const QString& uid)
{
    return DcmXfer(uid.toLatin1().constData()).getXfer() != EXS_Unknown;
}

} // namespace dicom::dcmtk_side
