#pragma once

#include "core/dicom/layouts.h"
#include "core/dicom/reader.h"

#include <QFile>
#include <functional>
#include <optional>

namespace dicom {

/// A file to be written: its source as it was read, and what is to replace the content of it, or nothing,
/// then it is copied byte for byte. Values that the new content left in the source are taken from there.
class DicomFile {
public:
    /// `meta` is written as it is (writtenMeta() makes it), the data set in the transfer syntax of the
    /// source.
    DicomFile(LoadedFile source, DataSet meta, DataSet dataSet)
        : m_source(std::move(source))
        , m_content(Content{std::move(meta), std::move(dataSet)})
    {
    }
    /// With file meta information that agrees with the data set.
    DicomFile(LoadedFile source, DataSet dataSet);
    /// A copy.
    explicit DicomFile(LoadedFile source)
        : m_source(std::move(source))
    {
    }

    const LoadedFile& source() const { return m_source; }
    bool isCopy() const { return !m_content; }

    /// Told of every byte that is written, in their order.
    using Listener = std::function<void(QByteArrayView)>;

    /// Writes a complete new file: cleared preamble, transfer syntax as in the source, untouched values byte
    /// for byte; of a copy, all bytes of the source. `file` has a
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
    /// once for each layout, and our reader the others. A copy is compared with the source.
    Outcome verify(const QString& path, Layouts* known = nullptr) const;

private:
    struct Content {
        DataSet meta;
        DataSet dataSet;
    };

    Outcome writeContent(QFile& file, const Listener& written) const;
    Outcome verifyContent(const QString& path, Layouts* known) const;
    Result<LoadedFile> readBack(const QString& path, Layouts* known) const;
    Outcome compare(const LoadedFile& back, const QString& path) const;

    LoadedFile m_source;
    std::optional<Content> m_content; ///< empty: a copy
};

} // namespace dicom
