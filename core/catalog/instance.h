#pragma once

#include "core/dicom/reader.h"

#include <QList>
#include <memory>

namespace catalog {

/// Number of an instance in its session; never used again for another one.
using InstanceId = int;
/// Ascending, each once.
using InstanceIds = QList<InstanceId>;

/// One loaded file. Immutable and shared between threads.
struct Instance {
    InstanceId id = -1;
    dicom::LoadedFile file;
    QString root; ///< the folder (or folder of the file) that was opened: output mirrors what lies below it
    bool openedAlone = false; ///< the file was opened, not the folder
    QString canonicalPath = {}; ///< links followed; empty where nobody has asked yet
};
using InstancePtr = std::shared_ptr<const Instance>;

/// A file that is not in the tree, or that is and should be looked at.
struct Issue {
    enum class Kind {
        NotDicom,
        Directory,
        Damaged,
        TooDeep,
        Unreadable,
        Duplicate,
        Odd,
        Script,
        Interrupted, ///< the journal of a save that did not come to its end
        Incomplete ///< a folder whose reading was stopped: files that nobody has looked at may lie below it
    };
    Kind kind{};
    QString path;
    QString reason;
    QString remedy;
    InstanceId instance = -1; ///< where the file is in the tree all the same
    bool notLoaded() const { return instance < 0; }
};

} // namespace catalog
