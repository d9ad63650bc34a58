#pragma once

// Only for the .cpp files of core/dicom: DCMTK's types stay behind them.

#include "core/dicom/byte_source.h"

#include <dcmtk/config/osconfig.h>
#include <dcmtk/dcmdata/dcistrma.h>

namespace dicom::dcmtk_side {

/// Feeds DCMTK from an open file. Unlike DCMTK's own stream, it remembers that a read failed or came short:
/// DCMTK goes on then, with values that are none.
class FileProducer : public DcmProducer {
public:
    /// Where in a file it is, and where all producers of the file note why a read failed.
    struct Place {
        std::shared_ptr<FileBytes> file;
        std::shared_ptr<std::optional<Error>> failure = std::make_shared<std::optional<Error>>();
        qint64 at = 0;
    };

    explicit FileProducer(Place place)
        : m_place(std::move(place))
        , m_window(m_place.file)
    {
    }

    const Place& place() const { return m_place; }

    OFBool good() const override { return !*m_place.failure; }
    OFCondition status() const override;
    OFBool eos() override { return avail() <= 0; }
    offile_off_t avail() override { return *m_place.failure ? 0 : m_place.file->size() - m_place.at; }
    offile_off_t read(void* bytes, offile_off_t length) override;
    offile_off_t skip(offile_off_t length) override;
    void putback(offile_off_t length) override { m_place.at -= length; }

private:
    Place m_place;
    ByteWindow m_window;
};

/// A stream over a producer of its own. Values that DCMTK left in the file are read from streams that begin
/// there; those of a deflated data set cannot be read again.
class FileInput : public DcmInputStream {
public:
    explicit FileInput(FileProducer::Place place)
        : DcmInputStream(&m_producer)
        , m_producer(std::move(place))
    {
    }
    DcmInputStreamFactory* newFactory() const override;

private:
    FileProducer m_producer;
};

} // namespace dicom::dcmtk_side
