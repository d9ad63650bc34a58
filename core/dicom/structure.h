#pragma once

#include "core/dicom/byte_source.h"
#include "core/dicom/data_set.h"
#include "core/dicom/read_limits.h"

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
    /// Why the walk ended.
    enum class End {
        Whole, ///< at the end of the bytes
        Contradiction, ///< where the bytes make no sense, or with a sequence still open
        PastEnd, ///< at something that would reach beyond the end of the bytes
        Unread, ///< the bytes could not be read
        TooDeep, ///< ReadLimits::nesting
        TooMany, ///< ReadLimits::elements
        TooMuch, ///< ReadLimits::keptBytes
        Muddled, ///< ReadLimits::ordering
    };

    int depth = 0; ///< deepest sequence level; 0 without sequences
    int elements = 0; ///< at the top level
    bool duplicate = false; ///< a tag stands twice in one data set or item
    bool unknownVr = false; ///< there is a value representation that does not exist
    End end = End::Whole;
    qint64 stoppedAt = 0; ///< where it ended
    qint64 shortFragmentBytes = 0; ///< of encapsulated pixel data: in fragments that are not left in the file
    bool complete() const { return end == End::Whole; }
    bool zerosBehind = false; ///< it ended where nothing but zeros follow
    bool isOrdinary() const { return complete() && !duplicate && !unknownVr && !zerosBehind; }
    /// Beyond one of the limits.
    bool refused() const { return end >= End::TooDeep; }
};

/// Where the bytes of a value stand.
struct ValueRange {
    qint64 at = 0; ///< in the bytes that were walked over
    qint64 length = 0; ///< with all fragments and the delimiter that ends them when undefined
    bool undefinedLength = false;
    bool lacksEnd = false; ///< of fragments: the delimiter is not there
};
using ValueVisitor = std::function<void(const SourcePlace& place, ValueRange range)>;

/// Walks over the elements of the data set that begins at `begin`, within the limits. Needs no stack of its
/// own and looks at element headers only, so it is safe on hostile bytes.
/// `visit` is called for every value that is no sequence, in file order.
Structure walkStructure(ByteWindow& bytes, qint64 begin, Encoding encoding, const ReadLimits& limits,
                        const ValueVisitor& visit = {});

/// Guesses the encoding of a data set that begins at `begin`; false when it is no data set at all.
bool guessEncoding(ByteWindow& bytes, qint64 begin, Encoding& encoding);

/// A Value Length that says nothing: the value ends with a delimitation item (PS3.5 section 7.1.1).
inline constexpr quint32 undefinedLength = 0xFFFFFFFF;

/// True for VRs whose explicit form has a length of 32 bits (PS3.5 section 7.1.2).
bool hasLongForm(Vr vr);

/// Reverses the bytes of every whole unit: from big endian to little endian and back.
void swapUnits(QByteArray& value, int unit);

} // namespace dicom
