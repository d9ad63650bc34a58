#pragma once

#include <QByteArrayView>
#include <QString>

namespace dicom {

/// How the elements of a data set are encoded (PS3.5 sections 7.1 and 7.3).
struct Encoding {
    bool explicitVr = true;
    bool bigEndian = false;
};

/// What walking over the elements showed, without looking at a value.
struct Structure {
    int depth = 0; ///< deepest sequence level; 0 without sequences
    int elements = 0; ///< at the top level
    bool duplicate = false; ///< a tag stands twice in one data set or item
    bool complete = false; ///< the walk reached the end of the bytes without a contradiction
    qint64 stoppedAt = 0; ///< where it ended
};

/// Walks over the elements of a data set, down to `limit` sequence levels: depth exceeds the limit by one
/// when there are more. Needs no stack of its own and looks at element headers only, so it is safe on hostile
/// bytes.
Structure walkStructure(QByteArrayView bytes, Encoding encoding, int limit);

/// Guesses the encoding of a data set that begins with these bytes; false when they are no data set at all.
bool guessEncoding(QByteArrayView bytes, Encoding& encoding);

} // namespace dicom
