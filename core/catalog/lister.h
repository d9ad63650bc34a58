#pragma once

// Only for scan.cpp.

#include "core/catalog/file_queue.h"

#include <QFileInfo>
#include <QHash>
#include <QSet>
#include <QStringList>

namespace catalog {

/// Finds files below folders and in DICOMDIRs; every file and folder once, whatever links lead to it.
/// Thread-safe.
class Lister {
public:
    Lister(FileQueue& queue, const QSet<QString>& known, const std::atomic<bool>& cancel);
    void list(const QString& path);
    /// The files that a DICOMDIR refers to.
    void listReferenced(const QString& directory);
    /// What was seen, once nothing will be listed any more: many files may still have to be read.
    void forget();

private:
    static constexpr qsizetype plainPath = 250; ///< characters; longer ones may be too long for the system

    struct Folder {
        QString path;
        QString canonical;
    };
    struct Entry {
        QString name;
        bool isFile; ///< an ordinary one, and no link
    };
    /// Needs no stack for folders in folders, however deep.
    void listFolders(const QString& root, const QString& canonical);
    /// Adds the folders in it to `folders`, so that the first one comes last.
    void listFolder(const Folder& folder, const QString& root, std::vector<Folder>& folders);
    /// Hands the ordinary files on, and leaves the other entries.
    void takePlain(std::vector<Entry>& entries, const Folder& folder, const QString& root);
    void takeEntry(const Entry& entry, const Folder& folder, const QString& root,
                   std::vector<Folder>& folders);
    void takeFile(const QFileInfo& info, const QString& root, const QString& canonical, bool alone = false);
    /// Temporary files may be whole images, but are none to be opened.
    void takeLeftover(const QFileInfo& info);
    void pushIssue(Issue issue);
    static std::pair<QString, QString> whyNotThere(const QFileInfo& info, bool alone);
    bool isFirst(const QString& canonicalFolder);
    bool isFirstOf(const QString& canonicalFile);

    FileQueue& m_queue;
    std::mutex m_mutex;
    QSet<QString> m_folders;
    QHash<QString, std::shared_ptr<const FolderFiles>> m_plain; ///< by canonical folder: what was handed on
    QSet<QString> m_others; ///< files that were handed on one by one, and those that are open already
    const std::atomic<bool>& m_cancel;
};

} // namespace catalog
