// Where journals of interrupted saves lie.

#include "core/base/save_files.h"
#include "core/write/journal_content.h"

#include <QDir>
#include <QDirIterator>
#include <QFileInfo>
#include <algorithm>

namespace writer {

QStringList findJournals(const QString& folder)
{
    QStringList found;
    QDirIterator all(folder, {QStringLiteral(".dicombrowser-*.journal")}, QDir::Files | QDir::Hidden,
                     QDirIterator::Subdirectories);
    while (all.hasNext())
        if (const QString path = all.next(); !savefiles::batchOfJournal(QFileInfo(path).fileName()).isEmpty())
            found << path;
    found.sort();
    return found;
}

QString interruptedAbove(const QString& folder)
{
    QDir above(QFileInfo(folder).canonicalFilePath());
    while (above.cdUp()) {
        const auto names = above.entryList(QDir::Files | QDir::Hidden);
        if (std::any_of(names.begin(), names.end(),
                        [](const QString& name) { return !savefiles::batchOfJournal(name).isEmpty(); }))
            return above.path();
    }
    return {};
}

bool holdsOriginalsOfInterrupted(const QString& folder)
{
    return !QDir(folder)
                .entryList({QStringLiteral(".dicombrowser-*.originals")}, QDir::Files | QDir::Hidden)
                .isEmpty();
}

} // namespace writer
