#include "core/catalog/lister.h"

#include "core/base/save_files.h"
#include "core/catalog/media_directory.h"
#include "core/dicom/reader.h"

#include <QDir>
#include <QFileInfo>
#include <QSet>

#include <algorithm>
#include <filesystem>
#include <mutex>

namespace catalog {

Lister::Lister(FileQueue& queue, const QSet<QString>& known, const std::atomic<bool>& cancel)
    : m_queue(queue)
    , m_seen(known)
    , m_cancel(cancel)
{
}

void Lister::list(const QString& path)
{
    const QFileInfo info(path);
    if (info.isDir())
        listFolders(QDir::cleanPath(info.absoluteFilePath()), info.canonicalFilePath());
    else
        takeFile(info, QDir::cleanPath(info.absolutePath()), info.canonicalFilePath(), true);
}

void Lister::listReferenced(const QString& directory)
{
    const auto references = dicom::referencedFiles(directory);
    if (!references)
        return; // read a moment ago, and gone or changed since
    MediaDirectory media(directory);
    for (const QStringList& fileId : *references) {
        if (m_cancel)
            return;
        const auto reference = media.resolve(fileId);
        if (reference.problem.isEmpty())
            takeFile(QFileInfo(reference.path), media.folder(),
                     QFileInfo(reference.path).canonicalFilePath());
        else
            pushIssue({Issue::Kind::Unreadable, reference.path, reference.problem,
                       QStringLiteral("Open the folder that it is in")});
    }
}

void Lister::listFolders(const QString& root, const QString& canonical)
{
    std::vector<Folder> folders{{root, canonical}};
    while (!folders.empty() && !m_cancel) {
        const Folder next = std::move(folders.back());
        folders.pop_back();
        if (once(next.canonical))
            listFolder(next, root, folders);
    }
}

void Lister::listFolder(const Folder& folder, const QString& root, std::vector<Folder>& folders)
{
    // Not QDir: it says nothing of folders that cannot be read and leaves out names that are no text.
    std::vector<Entry> entries;
    std::error_code problem;
    const std::filesystem::directory_iterator end;
    for (std::filesystem::directory_iterator entry(QFileInfo(folder.path).filesystemFilePath(), problem);
         !problem && entry != end && !m_cancel; entry.increment(problem)) {
        std::error_code unknown; // then it is asked for below
        entries.push_back({QFileInfo(entry->path()).fileName(),
                           !entry->is_symlink(unknown) && entry->is_regular_file(unknown)});
    }
    if (problem)
        pushIssue(
            {Issue::Kind::Unreadable, folder.path,
             QStringLiteral("the folder cannot be listed: %1").arg(QString::fromStdString(problem.message())),
             QStringLiteral("Check its permissions and the disk")});
    std::sort(entries.begin(), entries.end(),
              [](const Entry& one, const Entry& other) { return one.name < other.name; });
    const auto firstNew = static_cast<std::ptrdiff_t>(folders.size());
    for (const Entry& entry : entries) {
        if (m_cancel)
            return;
        takeEntry(entry, folder, root, folders);
    }
    std::reverse(folders.begin() + firstNew, folders.end());
}

void Lister::takeEntry(const Entry& entry, const Folder& folder, const QString& root,
                       std::vector<Folder>& folders)
{
    QString path = folder.path + u'/' + entry.name;
    path.squeeze(); // it stays as long as the file is open
    QString beside = QDir(folder.canonical).filePath(entry.name);
    if (beside == path)
        beside = path; // the same string, once
    const bool isPlain = entry.isFile && !savefiles::isOurs(entry.name)
        && !entry.name.contains(QChar::ReplacementCharacter) && path.size() < plainPath;
    if (isPlain) { // asking the system for each one takes as long as reading it
        if (once(beside))
            m_queue.push({path, root, beside});
        return;
    }
    const QFileInfo info(path);
    const QString canonical = info.isSymLink() ? info.canonicalFilePath() : beside;
    if (info.isDir())
        folders.push_back({info.filePath(), canonical});
    else
        takeFile(info, root, canonical);
}

void Lister::takeFile(const QFileInfo& info, const QString& root, const QString& canonical, bool alone)
{
    if (savefiles::isOurs(info.fileName()))
        takeLeftover(info);
    else if (canonical.isEmpty() || !info.exists()) {
        const auto [problem, remedy] = whyNotThere(info, alone);
        pushIssue({Issue::Kind::Unreadable, info.filePath(), problem, remedy});
    } else if (once(canonical)) {
        QString path = QDir::cleanPath(info.absoluteFilePath());
        path.squeeze(); // it stays as long as the file is open
        m_queue.push({path, root, path == canonical ? path : canonical, alone});
    }
}

void Lister::takeLeftover(const QFileInfo& info)
{
    if (!savefiles::batchOfJournal(info.fileName()).isEmpty())
        pushIssue({Issue::Kind::Interrupted, info.filePath(),
                   QStringLiteral("a save in this folder was interrupted"),
                   QStringLiteral("Bring it to an end with Recover")});
}

void Lister::pushIssue(Issue issue)
{
    FoundFile found;
    found.issue = std::make_shared<const Issue>(std::move(issue));
    m_queue.push(std::move(found));
}

std::pair<QString, QString> Lister::whyNotThere(const QFileInfo& info, bool alone)
{
    constexpr qsizetype longPath = 1023; // bytes; the least that systems take
    if (info.fileName().contains(QChar::ReplacementCharacter))
        return {QStringLiteral("has a name that is not valid text"), QStringLiteral("Rename it to open it")};
    if (info.isSymLink())
        return {QStringLiteral("is a link that leads nowhere"), {}};
    if (QFile::encodeName(info.filePath()).size() > longPath)
        return {QStringLiteral("has a path that is too long"),
                QStringLiteral("Open the folder that it is in, or move it up")};
    if (!alone)
        return {QStringLiteral("cannot be reached: it is gone, or its folder may not be entered"),
                QStringLiteral("Check the folder's permissions")};
    return {QStringLiteral("does not exist"), {}};
}

bool Lister::once(const QString& canonical)
{
    const std::lock_guard lock(m_mutex);
    if (m_seen.contains(canonical))
        return false;
    m_seen.insert(canonical);
    return true;
}

} // namespace catalog
