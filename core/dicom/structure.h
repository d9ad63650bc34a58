#pragma once

#include "core/dicom/data_set.h"

#include <QByteArrayView>
#include <functional>

namespace dicom {

/// How the elements of a data set are encoded (PS3.5 sections 7.1 and 7.3).
struct Encoding {
    bool explicitVr = true;
    bool bigEndian = false;
    bool deflated = false; ///< the bytes of the data set are compressed as a whole (PS3.5 section A.5)
    friend bool operator==(const Encoding&, const Encoding&) = default;
};

/// What walking over the elements showed, without looking at a value.
struct Structure {
    int depth = 0; ///< deepest sequence level; 0 without sequences
    int elements = 0; ///< at the top level
    bool duplicate = false; ///< a tag stands twice in one data set or item
    bool complete = false; ///< the walk reached the end of the bytes without a contradiction
    qint64 stoppedAt = 0; ///< where it ended
};

/// Where the bytes of a value stand.
struct ValueRange {
    qint64 at = 0;
    qint64 length = 0; ///< with all fragments and the delimiter that ends them when undefined
    bool undefinedLength = false;
};
using ValueVisitor = std::function<void(const SourcePlace& place, ValueRange range)>;

/// Walks over the elements of a data set, down to `limit` sequence levels: depth exceeds the limit by one
/// when there are more. Needs no stack of its own and looks at element headers only, so it is safe on hostile
/// bytes.
/// `visit` is called for every value that is no sequence, in file order.
Structure walkStructure(QByteArrayView bytes, Encoding encoding, int limit, const ValueVisitor& visit = {});

/// Guesses the encoding of a data set that begins with these bytes; false when they are no data set at all.
bool guessEncoding(QByteArrayView bytes, Encoding& encoding);

/// True for VRs whose explicit form has a length of 32 bits (PS3.5 section 7.1.2).
bool hasLongForm(Vr vr);

} // namespace dicom
