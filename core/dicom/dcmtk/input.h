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
    explicit FileProducer(const std::shared_ptr<FileBytes>& file)
        : m_file(file)
        , m_window(file)
    {
    }

    /// Why not all could be read that DCMTK asked for.
    const std::optional<Error>& failure() const { return m_failure; }

    OFBool good() const override { return !m_failure; }
    OFCondition status() const override;
    OFBool eos() override { return avail() <= 0; }
    offile_off_t avail() override { return m_failure ? 0 : m_file->size() - m_at; }
    offile_off_t read(void* bytes, offile_off_t length) override;
    offile_off_t skip(offile_off_t length) override;
    void putback(offile_off_t length) override { m_at -= length; }

private:
    std::shared_ptr<FileBytes> m_file;
    ByteWindow m_window;
    qint64 m_at = 0;
    std::optional<Error> m_failure;
};

/// Long values may stay in the file: nobody asks DCMTK for them.
class FileInput : public DcmInputStream {
public:
    explicit FileInput(FileProducer& producer)
        : DcmInputStream(&producer)
    {
    }
    DcmInputStreamFactory* newFactory() const override;
};

} // namespace dicom::dcmtk_side
