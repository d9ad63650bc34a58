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
    return m_failure ? EC_InvalidStream : EC_Normal;
}

offile_off_t FileProducer::read(void* bytes, offile_off_t length)
{
    const qint64 count = std::min<qint64>(length, avail());
    if (count <= 0)
        return 0;
    if (count > ByteWindow::most) {
        if (const Outcome got = m_file->read(m_at, static_cast<char*>(bytes), count); !got)
            m_failure = got.error();
    } else if (const char* found = m_window.at(m_at, count)) {
        std::copy_n(found, count, static_cast<char*>(bytes));
    } else {
        m_failure = m_window.failure().value_or(changedWhileRead({}));
    }
    if (m_failure)
        return 0;
    m_at += count;
    return count;
}

offile_off_t FileProducer::skip(offile_off_t length)
{
    const qint64 skipped = std::min<qint64>(length, avail());
    m_at += skipped;
    return skipped;
}

DcmInputStreamFactory* FileInput::newFactory() const
{
    return new NoInput;
}

} // namespace dicom::dcmtk_side
