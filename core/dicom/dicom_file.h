#pragma once

#include "core/dicom/layouts.h"
#include "core/dicom/reader.h"

#include <QFile>
#include <functional>

namespace dicom {

/// A file to be rewritten: its source as it was read, and the data set that is to replace the one in it.
/// Values that the data set left in the source are taken from there.
class DicomFile {
public:
    /// What becomes of the source's file meta information: it is kept but for what must agree with the data
    /// set, or made anew, without the names of those who sent the file and without private information.
    enum class Meta { Kept, Fresh };

    DicomFile(LoadedFile source, DataSet edited, Meta meta = Meta::Kept)
        : m_source(std::move(source))
        , m_edited(std::move(edited))
    {
        if (meta == Meta::Fresh)
            m_source.meta = freshMeta(m_source.meta);
    }

    const LoadedFile& source() const { return m_source; }
    const DataSet& edited() const { return m_edited; }

    /// Told of every byte that is written, in their order.
    using Listener = std::function<void(QByteArrayView)>;

    /// Writes a complete new file: cleared preamble, file meta information that agrees with the data set
    /// (PS3.10 section 7.1), transfer syntax as in the source, untouched values byte for byte. `file` has a
    /// name and is not open; there must be no file of that name. Only its owner may read it until the caller
    /// says otherwise. It stays open and is with the system, not yet on the medium. On failure it may be
    /// partly there; the caller removes it. The source is only read. Fails with Changed when the source is no
    /// longer the file that was read.
    Outcome write(QFile& file, const Listener& written = {}) const;
    Outcome write(const QString& path) const;

    /// Reads `path` back and compares: every element of the edited data set with the same value bytes (group
    /// lengths and padding to even length aside) and, where the encoding has it, the same VR, nothing else in
    /// it, large values byte for byte with the source, file meta information and preamble as write() makes
    /// them. It is DCMTK that reads, somebody else's eyes than those of who wrote it; where `known` is given,
    /// once for each layout, and our reader the others.
    Outcome verify(const QString& path, Layouts* known = nullptr) const;

private:
    static DataSet freshMeta(const DataSet& meta);
    Result<LoadedFile> readBack(const QString& path, Layouts* known) const;
    Outcome compare(const LoadedFile& back, const QString& path) const;

    LoadedFile m_source;
    DataSet m_edited;
};

} // namespace dicom
