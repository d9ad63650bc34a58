#include "core/job/interrupted.h"

#include "core/write/recovery.h"

#include <QFileInfo>

namespace job {

QHash<QString, std::pair<qint64, qint64>> Interrupted::finished() const
{
    QHash<QString, std::pair<qint64, qint64>> sources;
    for (const writer::JournalContent& save : saves)
        for (const writer::JournalEntry& entry : save.entries)
            sources.insert(save.pathOf(entry), {entry.sourceSize, entry.sourceModifiedNs});
    return sources;
}

QByteArray Interrupted::seed() const
{
    return saves.isEmpty() ? QByteArray() : saves.first().job.seed;
}

Continuation continuationOf(const writer::JournalContent& save, const writer::JournalJob& job,
                            const QString& keepOriginalsIn)
{
    const auto canonical = [](const QString& path) {
        return path.isEmpty() ? QString() : QFileInfo(path).canonicalFilePath();
    };
    if (canonical(save.originals) != canonical(keepOriginalsIn))
        return Continuation::OtherOriginals;
    return save.job == job ? Continuation::Same : Continuation::OtherJob;
}

Interrupted interruptedIn(const QStringList& folders)
{
    Interrupted interrupted;
    for (const QString& folder : folders)
        for (const QString& journal : writer::findJournals(folder)) {
            const auto report = writer::recover(journal, writer::Recovery::CompleteToResume);
            if (!report)
                interrupted.obstacles << report.error();
            else
                for (const writer::RecoveredFile& file : report->files)
                    if (file.state == writer::RecoveredFile::State::Failed)
                        interrupted.obstacles << file.error;
            if (report && QFileInfo::exists(journal)) // otherwise nothing had been begun
                interrupted.saves << report->done;
        }
    return interrupted;
}

} // namespace job
