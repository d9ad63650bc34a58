#include "core/dicom/dcmtk/input.h"

#include <algorithm>
#include <dcmtk/dcmdata/dcerror.h>

namespace dicom::dcmtk_side {

namespace {

/// For values that are left in the file.
class FileInputFactory : public DcmInputStreamFactory {
public:
    explicit FileInputFactory(FileProducer::Place place)
        : m_place(std::move(place))
    {
    }
    DcmInputStream* create() const override { return m_place.file ? new FileInput(m_place) : nullptr; }
    DcmInputStreamFactory* clone() const override { return new FileInputFactory(*this); }
    DcmInputStreamFactoryType ident() const override { return DFT_DcmInputFileStreamFactory; }

private:
    FileProducer::Place m_place; ///< no file: cannot be read
};

} // namespace

OFCondition FileProducer::status() const
{
    return *m_place.failure ? EC_InvalidStream : EC_Normal;
}

offile_off_t FileProducer::read(void* bytes, offile_off_t length)
{
    const qint64 count = std::min<qint64>(length, avail());
    if (count <= 0)
        return 0;
    if (count > ByteWindow::most) {
        if (const Outcome got = m_place.file->read(m_place.at, static_cast<char*>(bytes), count); !got)
            *m_place.failure = got.error();
    } else if (const char* found = m_window.at(m_place.at, count)) {
        std::copy_n(found, count, static_cast<char*>(bytes));
    } else {
        *m_place.failure = m_window.failure().value_or(changedWhileRead({}));
    }
    if (*m_place.failure)
        return 0;
    m_place.at += count;
    return count;
}

offile_off_t FileProducer::skip(offile_off_t length)
{
    const qint64 skipped = std::min<qint64>(length, avail());
    m_place.at += skipped;
    return skipped;
}

DcmInputStreamFactory* FileInput::newFactory() const
{
    const bool inflating = currentProducer() != &m_producer;
    return new FileInputFactory(inflating ? FileProducer::Place{nullptr, nullptr} : m_producer.place());
}

} // namespace dicom::dcmtk_side
