#include "core/job/remains.h"

#include <QDir>
#include <QFileInfo>
#include <QSet>

namespace job {

namespace {

/// The folder of an overwritten file and those above it, up to the one that was opened: a DICOMDIR stands
/// above the images that it lists.
void addFoldersUpToRoot(const writer::PlannedFile& file, QSet<QString>& folders)
{
    const QString root = QFileInfo(file.instance->root()).canonicalFilePath();
    QString folder = QFileInfo(file.target).path();
    folders.insert(folder);
    while (folder != root && folder.startsWith(root.endsWith(u'/') ? root : root + u'/')) {
        folder = QFileInfo(folder).path();
        folders.insert(folder);
    }
}

/// Files beside the overwritten ones that were left as they were.
void addNeighbours(const writer::WriteReport& report, residue::Search& search)
{
    QSet<QString> written;
    QSet<QString> folders;
    for (const writer::FileOutcome& file : report.files)
        if (file.isDone()) {
            written.insert(file.file.target);
            addFoldersUpToRoot(file.file, folders);
        }
    QStringList sorted(folders.begin(), folders.end());
    sorted.sort();
    for (const QString& folder : sorted)
        for (const QFileInfo& entry : QDir(folder).entryInfoList(QDir::Files | QDir::Hidden, QDir::Name))
            if (!written.contains(entry.canonicalFilePath()))
                search.addNeighbour(entry.filePath());
}

} // namespace

void RemainsSearch::add(const writer::PlannedFile& file, const dicom::LoadedFile& original,
                        const edit::Evaluated& written)
{
    std::unique_ptr<residue::Search> search;
    {
        const std::lock_guard lock(m_mutex);
        if (!m_idle.empty()) {
            search = std::move(m_idle.back());
            m_idle.pop_back();
        }
    }
    if (!search)
        search = std::make_unique<residue::Search>();
    const QDir above(QFileInfo(file.instance->root()).path());
    search->add({original, written.meta, written.dataSet, written.rewritten, file.target,
                 above.relativeFilePath(file.target), file.instance->id});
    const std::lock_guard lock(m_mutex);
    m_idle.push_back(std::move(search));
}

QList<residue::Remainder> RemainsSearch::result(const writer::WriteReport& report,
                                                const writer::Destination& destination) const
{
    residue::Search all;
    for (const auto& search : m_idle)
        all.append(*search);
    if (destination.kind == writer::Destination::Kind::Overwrite)
        addNeighbours(report, all);
    return all.result();
}

} // namespace job
