#include "core/write/remains.h"

#include "core/base/worker_thread.h"
#include "core/residue/search.h"

#include <QDir>
#include <QFileInfo>
#include <QSet>
#include <algorithm>
#include <thread>

namespace writer {

namespace {

/// The folder of an overwritten file and those above it, up to the one that was opened: a DICOMDIR stands
/// above the images that it lists.
void addFoldersUpToRoot(const PlannedFile& file, QSet<QString>& folders)
{
    const QString root = QFileInfo(file.instance->root).canonicalFilePath();
    QString folder = QFileInfo(file.target).path();
    folders.insert(folder);
    while (folder != root && folder.startsWith(root.endsWith(u'/') ? root : root + u'/')) {
        folder = QFileInfo(folder).path();
        folders.insert(folder);
    }
}

/// Files beside the overwritten ones that were left as they were.
void addNeighbours(const WriteReport& report, residue::Search& search)
{
    QSet<QString> written;
    QSet<QString> folders;
    for (const FileOutcome& file : report.files)
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

/// Looks through the files from `begin` to `end` of the report.
residue::Search collected(const WriteReport& report, qsizetype begin, qsizetype end,
                          const edit::EditList& edits, edit::Evaluator& evaluator,
                          const std::atomic<bool>& cancel)
{
    residue::Search search;
    for (qsizetype i = begin; i < end && !cancel; ++i) {
        const FileOutcome& file = report.files[i];
        if (!file.isDone())
            continue;
        const auto edited = evaluator.evaluate(*file.file.instance, edits);
        if (!edited)
            continue;
        const QDir above(QFileInfo(file.file.instance->root).path());
        search.add({file.file.instance->file, edited->meta, edited->dataSet, edited->rewritten,
                    file.file.target, above.relativeFilePath(file.file.target)});
    }
    return search;
}

} // namespace

QList<residue::Remainder> whatRemains(const WriteReport& report, const Destination& destination,
                                      const edit::EditList& edits, edit::Evaluator& evaluator,
                                      const std::atomic<bool>& cancel)
{
    const auto threads = static_cast<qsizetype>(std::max(1U, std::thread::hardware_concurrency()));
    const qsizetype count = report.files.size();
    std::vector<residue::Search> parts(static_cast<size_t>(threads));
    {
        std::vector<WorkerThread> workers; // joined when they go
        workers.reserve(static_cast<size_t>(threads));
        for (qsizetype i = 0; i < threads; ++i)
            workers.emplace_back([&, i] {
                parts[static_cast<size_t>(i)] = collected(
                    report, count * i / threads, count * (i + 1) / threads, edits, evaluator, cancel);
            });
    }
    residue::Search search;
    for (const residue::Search& part : parts)
        search.append(part);
    if (destination.kind == Destination::Kind::Overwrite)
        addNeighbours(report, search);
    return search.result();
}

} // namespace writer
