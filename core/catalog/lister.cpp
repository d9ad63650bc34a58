#include "core/catalog/lister.h"

#include "core/base/save_files.h"
#include "core/catalog/media_directory.h"
#include "core/dicom/reader.h"

#include <QDir>
#include <QFileInfo>
#include <QSet>

#include <algorithm>
#include <filesystem>
#include <functional>
#include <mutex>

namespace catalog {

namespace {

/// Names that are none are decoded with replacement characters; on systems with UTF-16 with half ones.
bool isText(const QString& name)
{
    return !name.contains(QChar::ReplacementCharacter) && name.isValidUtf16();
}

} // namespace

Lister::Lister(FileQueue& queue, const QSet<QString>& known, const std::atomic<bool>& cancel)
    : m_queue(queue)
    , m_others(known)
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

void Lister::forget()
{
    const std::lock_guard lock(m_mutex);
    m_folders = {};
    m_plain = {};
    m_others = {};
}

void Lister::listFolders(const QString& root, const QString& canonical)
{
    std::vector<Folder> folders{{root, canonical}};
    while (!folders.empty() && !m_cancel) {
        const Folder next = std::move(folders.back());
        folders.pop_back();
        if (isFirst(next.canonical))
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
    takePlain(entries, folder, root);
    const auto firstNew = static_cast<std::ptrdiff_t>(folders.size());
    for (const Entry& entry : entries) {
        if (m_cancel)
            return;
        takeEntry(entry, folder, root, folders);
    }
    std::reverse(folders.begin() + firstNew, folders.end());
}

void Lister::takePlain(std::vector<Entry>& entries, const Folder& folder, const QString& root)
{
    const auto isPlain = [&](const Entry& entry) {
        return entry.isFile && !savefiles::isOurs(entry.name) && isText(entry.name)
            && folder.path.size() + 1 + entry.name.size() < plainPath;
    };
    // Asking the system for each one would take as long as reading it.
    const auto plain = std::stable_partition(entries.begin(), entries.end(), std::not_fn(isPlain));
    const auto files = std::make_shared<FolderFiles>(folder.path, folder.canonical, root);
    {
        const std::lock_guard lock(m_mutex); // or somebody else would hand one on meanwhile
        for (auto entry = plain; entry != entries.end(); ++entry)
            if (m_others.isEmpty() || !m_others.contains(QDir(folder.canonical).filePath(entry->name)))
                files->add(entry->name);
        m_plain.insert(folder.canonical, files);
    }
    entries.erase(plain, entries.end());
    m_queue.push(files);
}

void Lister::takeEntry(const Entry& entry, const Folder& folder, const QString& root,
                       std::vector<Folder>& folders)
{
    const QFileInfo info(folder.path + u'/' + entry.name);
    const QString canonical =
        info.isSymLink() ? info.canonicalFilePath() : QDir(folder.canonical).filePath(entry.name);
    if (info.isDir())
        folders.push_back({info.filePath(), canonical});
    else
        takeFile(info, root, canonical);
}

void Lister::takeFile(const QFileInfo& info, const QString& root, const QString& canonical, bool alone)
{
    if (savefiles::isOurs(info.fileName()))
        takeLeftover(info);
    else if (canonical.isEmpty() || !info.exists() || !info.filePath().isValidUtf16()) {
        const auto [problem, remedy] = whyNotThere(info, alone);
        pushIssue({Issue::Kind::Unreadable, info.filePath(), problem, remedy});
    } else if (isFirstOf(canonical))
        m_queue.push({QDir::cleanPath(info.absoluteFilePath()), root, canonical, alone});
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
    if (!isText(info.fileName()))
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

bool Lister::isFirst(const QString& canonicalFolder)
{
    const std::lock_guard lock(m_mutex);
    const auto before = m_folders.size();
    m_folders.insert(canonicalFolder);
    return m_folders.size() > before;
}

bool Lister::isFirstOf(const QString& canonicalFile)
{
    const std::lock_guard lock(m_mutex);
    const QFileInfo info(canonicalFile);
    const auto plain = m_plain.constFind(info.path());
    if (m_others.contains(canonicalFile)
        || (plain != m_plain.constEnd() && (*plain)->contains(info.fileName())))
        return false;
    m_others.insert(canonicalFile);
    return true;
}

} // namespace catalog
