#pragma once

#include "core/dicom/element_cache.h"
#include "core/dicom/file_outline.h"

#include <QStringList>
#include <optional>

namespace dicom {

/// What the direct way finds in a file.
struct DirectlyRead {
    DataSet meta;
    DataSet dataSet;
    QString transferSyntax; ///< what the data set was read with
    bool hasOpenLengths = false; ///< sequences or items end with delimiters
    bool hasUnknown = false; ///< there are values of VR UN among them
    QStringList repairs; ///< faults that were mended, in words that go on from the name of the file
};

/// Why, and where, a file is left to others.
struct Trouble {
    QString reason; ///< in words that go on from the name of the file
    Tag tag;
    qint64 at = -1; ///< byte of the file, or of a deflated data set once it is inflated; -1: nowhere
};

/// What to do where a file is not as it should be.
enum class Faults {
    Decline,
    /// Follow what can be followed without doubt: odd lengths, attributes out of order, missing file meta
    /// information, zeros behind the last attribute, encapsulated pixel data without an end, text where a
    /// sequence should be (in implicit VR), value representations that do not exist.
    Mend
};

/// The bytes of a file, and of its data set where that is deflated.
struct FileParts {
    ByteWindow& file;
    ByteWindow& dataSet; ///< the same as `file` unless deflated
    qint64 dataSetAt = 0;
};

/// Reads a file in one pass, without DCMTK. Gives what DCMTK would. With Faults::Decline only an ordinary
/// file: little endian with file meta information as PS3.10 section 7.1 wants it, every element in its place
/// and complete. Empty as soon as anything is otherwise, or beyond a limit: `trouble` says what. With
/// Faults::Mend somebody must have looked at the structure before (checkedStructure()). `visit` is told where
/// every value of the data set stands.
std::optional<DirectlyRead> readDirectly(const FileParts& parts, const Outline& outline, Faults faults,
                                         const ReadLimits& limits, ElementCache& cache, Trouble& trouble,
                                         const ValueVisitor& visit = {});

} // namespace dicom
