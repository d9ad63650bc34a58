#include "app/remap_recovery.h"

#include <QDir>
#include <QFileInfo>
#include <algorithm>
#include <csignal>

namespace {

using State = writer::RecoveredFile::State;

struct StateWords {
    State state;
    const char* word;
};
constexpr StateWords states[] = {
    {State::New, "new"},
    {State::Old, "as before"},
    {State::Restored, "original restored"},
    {State::Changed, "changed by somebody else, left alone"},
    {State::Failed, "failed"},
};

void list(const writer::RecoveryReport& report)
{
    QStringList sums;
    for (const StateWords& words : states) {
        for (const writer::RecoveredFile& file : report.files)
            if (file.state == words.state)
                say(QStringLiteral("%1: %2%3")
                        .arg(QDir::toNativeSeparators(file.path), QString::fromUtf8(words.word),
                             file.error.reason.isEmpty() ? QString()
                                                         : QStringLiteral(": ") + file.error.message()));
        if (const int count = report.count(words.state); count > 0)
            sums << QStringLiteral("%1 %2").arg(count).arg(QString::fromUtf8(words.word));
    }
    say(QStringLiteral("%1 files = %2").arg(report.files.size()).arg(sums.join(QStringLiteral(" + "))));
    if (report.hasOriginals)
        say(QStringLiteral("originals were kept: --restore FOLDER puts them back"));
}

bool worked(const Result<writer::RecoveryReport>& report, bool listed = true)
{
    if (!report) {
        say(report.error().message());
        return false;
    }
    if (listed)
        list(*report);
    return report->count(State::Failed) == 0;
}

QString folderOf(const QString& path)
{
    const QFileInfo info(path);
    return info.isDir() ? info.canonicalFilePath() : QFileInfo(info.canonicalFilePath()).path();
}

std::atomic<bool> stop = false;
static_assert(std::atomic<bool>::is_always_lock_free, "set in a signal handler");

} // namespace

QSet<QString> Interrupted::finished() const
{
    QSet<QString> paths;
    for (const writer::JournalContent& save : saves)
        for (const writer::JournalEntry& entry : save.entries)
            paths.insert(save.pathOf(entry));
    return paths;
}

QByteArray Interrupted::seed() const
{
    return saves.isEmpty() ? QByteArray() : saves.first().job.seed;
}

bool Interrupted::belongsTo(const writer::JournalJob& job) const
{
    return std::all_of(saves.begin(), saves.end(), [&](const writer::JournalContent& save) {
        if (save.job == job)
            return true;
        say(QStringLiteral(
                "%1: another job was interrupted here, with other scripts or values. Bring it to an "
                "end first with --recover FOLDER")
                .arg(QDir::toNativeSeparators(save.folder)));
        return false;
    });
}

Interrupted interruptedIn(const RemapOptions& options)
{
    QStringList folders;
    if (options.output.isEmpty())
        for (const QString& input : options.inputs)
            folders << folderOf(input);
    else if (QFileInfo(options.output).isDir())
        folders << folderOf(options.output);
    folders.removeAll(QString());
    folders.removeDuplicates();
    Interrupted interrupted;
    for (const QString& folder : std::as_const(folders))
        for (const QString& journal : writer::findJournals(folder)) {
            const auto report = writer::recover(journal, writer::Recovery::CompleteToResume);
            interrupted.isBlocked = !worked(report, false) || interrupted.isBlocked;
            if (report && QFileInfo::exists(journal)) // otherwise nothing had been begun
                interrupted.saves << report->done;
        }
    return interrupted;
}

bool recoverFolder(const QString& folder, bool rollBack)
{
    if (!QFileInfo(folder).isDir()) {
        say(QStringLiteral("%1 is no folder").arg(folder));
        return false;
    }
    const QStringList journals = writer::findJournals(folder);
    if (journals.isEmpty())
        say(QStringLiteral("nothing was interrupted in %1").arg(folder));
    bool good = true;
    for (const QString& journal : journals)
        good = worked(writer::recover(journal,
                                      rollBack ? writer::Recovery::RollBack : writer::Recovery::Complete))
            && good;
    writer::removeStaleLocks(folder);
    return good;
}

bool restoreFolder(const QString& originals)
{
    const QStringList manifests = writer::findManifests(originals);
    if (manifests.isEmpty()) {
        say(QStringLiteral("%1 holds no originals of a save").arg(originals));
        return false;
    }
    return worked(writer::restoreOriginals(manifests.first()));
}

const std::atomic<bool>& stopRequested()
{
    const auto handler = [](int number) {
        stop = true;
        std::signal(number, SIG_DFL); // a second time it means at once
    };
    std::signal(SIGINT, handler);
    std::signal(SIGTERM, handler);
    return stop;
}
