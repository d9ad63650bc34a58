#pragma once

#include "core/dicom/reader.h"

namespace dicom {

/// A file to be rewritten: its source as it was read, and the data set that is to replace the one in it.
/// Values that the data set left in the source are taken from there.
class DicomFile {
public:
    DicomFile(LoadedFile source, DataSet edited)
        : m_source(std::move(source))
        , m_edited(std::move(edited))
    {
    }

    const LoadedFile& source() const { return m_source; }
    const DataSet& edited() const { return m_edited; }

    /// Writes a complete new file: cleared preamble, file meta information that agrees with the data set
    /// (PS3.10 section 7.1), transfer syntax as in the source, untouched values byte for byte. `path` must
    /// not exist; only its owner may read it until the caller says otherwise. The data are on the medium when
    /// it returns (fsync) unless `sync` is false. On failure the file may be partly there; the caller removes
    /// it. The source is only read. Fails with Changed when the source is no longer the file that was read.
    Outcome write(const QString& path, bool sync = true) const;

    /// Reads `path` back and compares: every element of the edited data set with the same value bytes (group
    /// lengths and padding to even length aside) and, where the encoding has it, the same VR, nothing else in
    /// it, large values byte for byte with the source, file meta information and preamble as write() makes
    /// them.
    Outcome verify(const QString& path) const;

private:
    LoadedFile m_source;
    DataSet m_edited;
};

} // namespace dicom
