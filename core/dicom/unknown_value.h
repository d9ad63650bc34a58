#pragma once

#include "core/dicom/data_set.h"

namespace dicom {

/// The data set with every value that its file calls UN, of an attribute that a dictionary knows, read as
/// what the dictionary says it is: text, numbers, and sequences, whose items are implicit VR little endian
/// whatever the transfer syntax (PS3.5 section 6.2.2), at any depth below `depth`. `hasSignedPixels`: of the
/// data set that encloses it (Scope). Such elements know that
/// they are stored as UN and are written as they were, byte for byte, until something in them is changed.
/// What does not fit (bytes that are no such text, no whole number, no items) stays UN. What holds none stays
/// shared.
DataSet withUnknownValuesRead(const DataSet& dataSet, int depth = 0, bool hasSignedPixels = false);

/// Does the same for files that are read one after the other by one thread: what is the very element of the
/// file before (ElementCache) is not looked up again, and stays shared once it is read.
class UnknownValues {
public:
    DataSet read(const DataSet& stored);

private:
    DataSet m_stored; ///< the file before
    DataSet m_read; ///< the same, as it was read, element for element
    bool m_hadSignedPixels = false;
};

/// Values that are read whole up to ReadLimits::keptTextLength: text, and what a file calls UN though it is
/// text or a sequence of the standard.
bool isKeptWhole(Vr vr, Tag tag);

} // namespace dicom
