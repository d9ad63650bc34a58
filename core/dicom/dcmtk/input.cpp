#include "core/dicom/dcmtk/input.h"

#include <algorithm>
#include <dcmtk/dcmdata/dcerror.h>

namespace dicom::dcmtk_side {

namespace {

/// For values that are left in the file.
class NoInput : public DcmInputStreamFactory {
public:
    DcmInputStream* create() const override { return nullptr; }
    DcmInputStreamFactory* clone() const override { return new NoInput; }
    DcmInputStreamFactoryType ident() const override { return DFT_DcmInputFileStreamFactory; }
};

} // namespace

OFCondition FileProducer::status() const
{
    return m_failed ? EC_InvalidStream : EC_Normal;
}

offile_off_t FileProducer::read(void* bytes, offile_off_t length)
{
    const qint64 wanted = std::min<qint64>(length, avail());
    const qint64 got = wanted > 0 ? m_file.read(static_cast<char*>(bytes), wanted) : 0;
    m_failed = m_failed || got != wanted;
    return std::max<qint64>(got, 0);
}

offile_off_t FileProducer::skip(offile_off_t length)
{
    const qint64 skipped = std::min<qint64>(length, avail());
    m_failed = m_failed || !m_file.seek(m_file.pos() + skipped);
    return skipped;
}

void FileProducer::putback(offile_off_t length)
{
    m_failed = m_failed || !m_file.seek(m_file.pos() - length);
}

DcmInputStreamFactory* FileInput::newFactory() const
{
    return new NoInput;
}

} // namespace dicom::dcmtk_side
