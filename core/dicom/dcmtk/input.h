#pragma once

// Only for the .cpp files of core/dicom: DCMTK's types stay behind them.

#include <QFile>

#include <dcmtk/config/osconfig.h>
#include <dcmtk/dcmdata/dcistrma.h>

namespace dicom::dcmtk_side {

/// Feeds DCMTK from an open file. Unlike DCMTK's own stream, it remembers that a read failed or came short, which
/// DCMTK takes for values that are none.
class FileProducer : public DcmProducer {
public:
    /// The file must outlive it.
    explicit FileProducer(QFile& file)
        : m_file(file)
        , m_size(file.size())
    {
    }

    OFBool good() const override { return !m_failed; }
    OFCondition status() const override;
    OFBool eos() override { return avail() <= 0; }
    offile_off_t avail() override { return m_failed ? 0 : m_size - m_file.pos(); }
    offile_off_t read(void* bytes, offile_off_t length) override;
    offile_off_t skip(offile_off_t length) override;
    void putback(offile_off_t length) override;

private:
    QFile& m_file;
    qint64 m_size;
    bool m_failed = false;
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
