#pragma once

#include "core/dicom/reader.h"

#include <QList>
#include <memory>

namespace catalog {

/// Number of an instance in its session; never used again for another one.
using InstanceId = int;
/// Ascending, each once.
using InstanceIds = QList<InstanceId>;

/// One DICOM file of those that are worked with. Immutable and shared between threads.
class Instance {
public:
    InstanceId id = -1;
    bool openedAlone = false; ///< the file was opened, not the folder
    dicom::FileStamp stamp; ///< of the file when it was read
    /// What was read; null where it is not kept, since there may be more files than memory.
    std::shared_ptr<const dicom::LoadedFile> content;

    /// As it was opened.
    QString path() const;
    /// The folder (or folder of the file) that was opened: output mirrors what lies below it.
    const QString& root() const { return m_root; }
    void setPath(const QString& path, const QString& root);

    /// What was read of the file. Only where it is kept, as a session does.
    const dicom::LoadedFile& kept() const { return *content; }
    /// What was read of the file, or what reading it again gives. Fails as readFile() does, or with Changed
    /// where the file is another one now.
    Result<std::shared_ptr<const dicom::LoadedFile>> load() const;

    /// In the order of their paths, as UTF-8.
    static bool isBefore(const Instance& a, const Instance& b);

private:
    QString m_root; ///< one string for all files below it
    /// The rest of the path in UTF-8; one that does not lie below the root stands here whole, behind a slash.
    QByteArray m_below;
};

/// The instance of a file that was read, with its content.
Instance instanceOf(dicom::LoadedFile file, InstanceId id = -1, const QString& root = {});

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
