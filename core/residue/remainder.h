#pragma once

#include <QString>

/// What of an identity is left in files that were written.
namespace residue {

/// Something of the identity that is still in the written files.
struct Remainder {
    enum class Kind {
        PersonName,
        Identifier,
        Date,
        FreeText,
        Private,
        BurnedIn, ///< in the pictures, or in bits of their pixels
        PathName,
        Neighbour,
        Misfit, ///< a value that its representation does not allow, such as a name in a code
        Unknown, ///< no dictionary has the tag, or the value could not be read as what it should be
        OtherText, ///< text that PS3.15 Table E.1-1 does not name
        Uid, ///< not registered by the standard
        Outside ///< preamble, padding after the data set
    };
    Kind kind{};
    QString what; ///< attribute name with path, or a file name
    QString value; ///< a sample value, shortened; one that is as in the original, where there is any
    int files = 0;
    int kept = 0; ///< of the files: those in which it is as it was in the original
};

} // namespace residue
