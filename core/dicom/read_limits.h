#pragma once

#include <QtGlobal>

namespace dicom {

/// How much of a file is followed. What real files hold lies far below all of them; a file that goes beyond
/// is refused with a reason before anything of that size is in memory.
struct ReadLimits {
    qint64 keptValueLength = 64LL * 1024; ///< longer values, and Pixel Data, are left in the file
    qint64 keptTextLength = 16LL * 1024 * 1024; ///< the same of text, which scripts and edits work on
    int nesting = 64; ///< deepest sequence level that is followed
    qint64 elements = 1'000'000; ///< elements, items and fragments of the whole file
    qint64 keptBytes = 128LL * 1024 * 1024; ///< of all values together that are not left in the file
    qint64 inflatedBytes = 256LL * 1024 * 1024; ///< of a deflated data set (PS3.5 section A.5)
    /// Steps to put elements that are out of order (PS3.5 section 7.1) in their places, or to find the
    /// creators of private ones: either looks at others of the same data set.
    qint64 ordering = 100'000'000;
};

} // namespace dicom
