#include "app/remap_recovery.h"

#include "core/edit/seed.h"
#include "core/write/folder_lock.h"

#include <QDir>
#include <QFileInfo>
#include <algorithm>
#include <csignal>

namespace {

using State = writer::RecoveredFile::State;

/// A path for a command line that people may copy.
QString quoted(const QString& path)
{
    QString native = QDir::toNativeSeparators(path);
    return QStringLiteral("'%1'").arg(native.replace(QStringLiteral("'"), QStringLiteral("'\\''")));
}

struct StateWords {
    State state;
    const char* word;
};
constexpr StateWords states[] = {
    {State::New, "new"},
    {State::Old, "as before"},
    {State::Restored, "original restored"},
    {State::Changed, "changed since, left alone"},
    {State::Failed, "failed"},
};

/// What went well is only counted where `brief`.
void list(const writer::RecoveryReport& report, bool brief)
{
    QStringList sums;
    for (const StateWords& words : states) {
        const bool isWell = words.state != State::Changed && words.state != State::Failed;
        for (const writer::RecoveredFile& file : report.files)
            if (file.state == words.state && !(brief && isWell))
                say(QStringLiteral("%1: %2%3")
                        .arg(QDir::toNativeSeparators(file.path), QString::fromUtf8(words.word),
                             file.error.reason.isEmpty() ? QString()
                                                         : QStringLiteral(": ") + file.error.message()));
        if (const int count = report.count(words.state); count > 0)
            sums << QStringLiteral("%1 %2").arg(count).arg(QString::fromUtf8(words.word));
    }
    say(QStringLiteral("%1 files = %2").arg(report.files.size()).arg(sums.join(QStringLiteral(" + "))));
    if (report.hasOriginals)
        say(QStringLiteral("originals were kept; to put them back: dicomremap --restore %1")
                .arg(quoted(report.done.originals)));
}

enum class Listing { Nothing, Brief, Everything };

bool worked(const Result<writer::RecoveryReport>& report, Listing listing)
{
    if (!report) {
        say(report.error().message());
        return false;
    }
    if (listing != Listing::Nothing)
        list(*report, listing == Listing::Brief);
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

bool Interrupted::belongsTo(const writer::JournalJob& job, const QString& keepOriginalsIn) const
{
    const auto canonical = [](const QString& path) {
        return path.isEmpty() ? QString() : QFileInfo(path).canonicalFilePath();
    };
    return std::all_of(saves.begin(), saves.end(), [&](const writer::JournalContent& save) {
        const QString folder = QDir::toNativeSeparators(save.folder);
        const bool sameOriginals = canonical(save.originals) == canonical(keepOriginalsIn);
        if (save.job == job && sameOriginals)
            return true;
        if (!sameOriginals)
            say(QStringLiteral(
                    "%1: the save that was interrupted here %2. Run the same command to go on with it")
                    .arg(folder,
                         save.originals.isEmpty()
                             ? QStringLiteral("kept no originals: leave out --keep-originals")
                             : QStringLiteral("kept its originals: give --keep-originals %1")
                                   .arg(quoted(save.originals))));
        else
            say(QStringLiteral(
                    "%1: another job was interrupted here, with other scripts, values or options. Run "
                    "that one again to go on with it, or leave it as far as it came: dicomremap "
                    "--recover %2")
                    .arg(folder, quoted(save.folder)));
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
            interrupted.isBlocked = !worked(report, Listing::Nothing) || interrupted.isBlocked;
            if (report && QFileInfo::exists(journal)) // otherwise nothing had been begun
                interrupted.saves << report->done;
        }
    return interrupted;
}

namespace {

/// Where it was, when somebody looks a bit beside it. True when there is nothing to do.
bool sayNothingInterrupted(const QString& folder)
{
    const QString native = QDir::toNativeSeparators(folder);
    if (const QString above = writer::interruptedAbove(folder); !above.isEmpty()) {
        say(QStringLiteral("%1 is a part of what was being saved: dicomremap --recover %2")
                .arg(native, quoted(above)));
        return false;
    }
    if (writer::holdsOriginalsOfInterrupted(folder)) {
        say(QStringLiteral(
                "%1 holds the originals of a save that was interrupted: give --recover the folder that "
                "was overwritten")
                .arg(native));
        return false;
    }
    say(QStringLiteral("nothing was interrupted in %1").arg(native));
    writer::removeStaleLocks(folder);
    return true;
}

/// A file may have been put into its place. It is not so where the program ended while it made the journal.
bool isAnyReady(const writer::JournalContent& content)
{
    return std::any_of(content.entries.begin(), content.entries.end(),
                       [](const writer::JournalEntry& entry) { return entry.isReady(); });
}

/// Otherwise nothing may be done: rolling back what cannot be would finish it.
bool allKeptOriginals(const QStringList& journals)
{
    bool good = true;
    for (const QString& journal : journals) {
        const auto content = writer::readJournal(journal);
        if (content && (!content->originals.isEmpty() || !isAnyReady(*content)))
            continue;
        good = false;
        say(QStringLiteral("%1: no originals were kept, so nothing can be rolled back; nothing was done")
                .arg(QDir::toNativeSeparators(QFileInfo(journal).path())));
    }
    return good;
}

/// The seed goes with the journal, unless it is kept.
void sayWhatIsLeft(const writer::RecoveryReport& report, const QString& seedFile)
{
    const int old = report.count(State::Old);
    if (old == 0)
        return;
    const QString words = seedFile.isEmpty()
        ? QStringLiteral("A later run gives other new UIDs than the new files have, unless the run that was "
                         "interrupted had a --seed-file and the later one has the same")
        : QStringLiteral("A later run gives new UIDs that fit those of the new files with --seed-file %1")
              .arg(quoted(seedFile));
    say(QStringLiteral("the job is not done: %1 files are as before. %2").arg(old).arg(words));
    say(QStringLiteral(
        "give a later run those files only: what is new already would be changed a second time"));
}

/// Before the journals go. False when the seed cannot be kept; nothing may be done then.
bool keepSeedOf(const QStringList& journals, const QString& seedFile)
{
    QList<QByteArray> seeds;
    for (const QString& journal : journals)
        if (const auto content = writer::readJournal(journal); content && !content->job.seed.isEmpty())
            if (!seeds.contains(content->job.seed))
                seeds << content->job.seed;
    if (seeds.size() != 1) {
        say(seeds.isEmpty()
                ? QStringLiteral(
                    "no seed of new UIDs is known of what was interrupted: leave out --seed-file")
                : QStringLiteral("several jobs were interrupted, each with its own seed: recover their "
                                 "folders one by one"));
        return false;
    }
    const Outcome kept = edit::keepSeed(seeds.first(), seedFile);
    if (!kept)
        say(kept.error().message());
    return kept.ok();
}

} // namespace

bool recoverFolder(const QString& folder, bool rollBack, const QString& seedFile)
{
    if (!QFileInfo(folder).isDir()) {
        say(QStringLiteral("%1 is no folder").arg(folder));
        return false;
    }
    const QStringList journals = writer::findJournals(folder);
    if (journals.isEmpty())
        return sayNothingInterrupted(folder);
    if (rollBack && !allKeptOriginals(journals))
        return false;
    if (!seedFile.isEmpty() && !keepSeedOf(journals, seedFile))
        return false;
    bool good = true;
    for (const QString& journal : journals) {
        const auto content = writer::readJournal(journal);
        const bool isJob = content && !content->job.fingerprint.isEmpty();
        const auto report =
            writer::recover(journal, rollBack ? writer::Recovery::RollBack : writer::Recovery::Complete);
        good = worked(report, Listing::Everything) && good;
        if (report && isJob && !rollBack)
            sayWhatIsLeft(*report, seedFile);
    }
    writer::removeStaleLocks(folder);
    return good;
}

bool restoreFolder(const QString& originals, bool verbose)
{
    const QString native = QDir::toNativeSeparators(originals);
    const QStringList manifests = writer::manifestsOfLastSave(originals);
    if (manifests.isEmpty()) {
        say(writer::holdsOriginalsOfInterrupted(originals)
                ? QStringLiteral(
                      "%1: the save that kept originals here was interrupted. Bring it to an end first: "
                      "dicomremap --recover FOLDER, with the folder that was overwritten; with --roll-back "
                      "it puts the originals back. Where nothing was interrupted, no original had been "
                      "replaced yet")
                      .arg(native)
                : QStringLiteral("%1 holds no originals of a save").arg(native));
        return false;
    }
    bool good = true;
    for (const QString& manifest : manifests)
        good = worked(writer::restoreOriginals(manifest), verbose ? Listing::Everything : Listing::Brief)
            && good;
    if (const QStringList left = writer::findManifests(originals); !left.isEmpty()) {
        say(QStringLiteral("%1 lists of originals are in %2 still: run this again for the next one")
                .arg(left.size())
                .arg(native));
        good = false;
    }
    return good;
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
