#include "app/recover_command.h"

#include "app/messages.h"
#include "app/recovery_report.h"
#include "core/edit/seed.h"
#include "core/write/folder_lock.h"

#include <QDir>
#include <QFileInfo>
#include <algorithm>

namespace {

using State = writer::RecoveredFile::State;

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

bool recoverFolder(const RecoverOptions& options)
{
    const auto& [folder, rollBack, seedFile] = options;
    if (!QFileInfo(folder).isDir()) {
        say(QStringLiteral("%1 is not a folder").arg(folder));
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
        good = tellRecovery(report, Listing::Everything) && good;
        if (report && isJob && !rollBack)
            sayWhatIsLeft(*report, seedFile);
    }
    writer::removeStaleLocks(folder);
    return good;
}
