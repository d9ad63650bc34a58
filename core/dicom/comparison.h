#pragma once

// Only for dicom_file.cpp and comparison.cpp.

#include "core/dicom/encoder.h"
#include "core/dicom/reader.h"

namespace dicom {

/// A file that was written does not hold what it should.
Error verificationError(const QString& reason, const QString& attribute = {});

/// Compares what was read back with what was to be written; the first difference ends it.
class Comparison {
public:
    Comparison(const SourceFile& source, const SourceFile& written, bool explicitVr);
    std::optional<Error> compare(const DataSet& wanted, const DataSet& found, SourcePlace place = {});

private:
    std::optional<Error> compareElement(const Element& wanted, const Element& found,
                                        const SourcePlace& place);
    std::optional<Error> compareLong(const Element& wanted, const SourcePlace& place);
    static bool isUnknownInFile(const Element& element);
    std::optional<Error> compareItems(const Element& wanted, const Element& found, const SourcePlace& place);
    const SourceFile& m_source;
    const SourceFile& m_written;
    bool m_explicitVr; ///< else the reader's dictionary decides, not what was written
};

} // namespace dicom
