#include "core/write/batch.h"

#include "core/base/file_sync.h"
#include "core/base/save_files.h"
#include "core/dicom/dicom_file.h"
#include "core/write/digest.h"
#include "core/write/recovery.h"

#include <QDir>
#include <QFileInfo>

namespace writer {

namespace {

using Status = FileOutcome::Status;

bool overwrites(const PlannedFile& file)
{
    return file.target == file.source;
}

/// That source and target are still what the plan found; what changed meanwhile is not overwritten.
Outcome checkStillAsPlanned(const PlannedFile& file)
{
    if (!overwrites(file) && QFileInfo::exists(file.target))
        return unwritable(file.target, QStringLiteral("exists already"));
    const auto stamp = dicom::stampOf(file.source);
    if (!stamp)
        return Error{Error::Kind::Changed, QStringLiteral("is not there any more"),
                     QStringLiteral("Open it again from where it is now"), file.source};
    if (*stamp != file.instance->stamp)
        return Error{Error::Kind::Changed, QStringLiteral("was changed on disk since it was read"),
                     QStringLiteral("Close it and open it again"), file.source};
    return Done{};
}

/// Whether the file was declined on purpose, or something did not work.
Status statusOf(const Error& error)
{
    switch (error.kind) {
    case Error::Kind::Changed:
    case Error::Kind::Script:
    case Error::Kind::InvalidValue:
    case Error::Kind::NotRewritable:
        return Status::Refused;
    default:
        return Status::Failed;
    }
}

JournalEntry planned(const PlannedFile& file, const QString& folder)
{
    JournalEntry entry{QDir(folder).relativeFilePath(file.target)};
    entry.backup = file.backup;
    if (overwrites(file)) {
        entry.oldSize = file.instance->stamp.size;
        entry.oldModifiedNs = file.instance->stamp.modifiedNs;
    } else {
        entry.sourceSize = file.instance->stamp.size;
        entry.sourceModifiedNs = file.instance->stamp.modifiedNs;
    }
    return entry;
}

} // namespace

Batch::Batch(const Plan& plan, const edit::EditList& edits, edit::Evaluator& evaluator,
             const WriteOptions& options)
    : m_plan(plan)
    , m_edits(edits)
    , m_evaluator(evaluator)
    , m_options(options)
    , m_folders(options.sync)
    , m_save(options.resumed.isEmpty() ? savefiles::newBatch() : options.resumed.first().save)
    , m_places(static_cast<size_t>(plan.files.size()))
{
}

Outcome Batch::makeFolder(const QString& folder, const PlannedFile& first)
{
    // A folder to be overwritten in that is gone must not come back empty.
    if (overwrites(first))
        return QFileInfo(folder).isDir()
            ? Outcome(Done{})
            : unwritable(folder, QStringLiteral("the folder is not there any more"));
    return m_folders.make(folder, QFileInfo(first.source).path());
}

void Batch::begin()
{
    std::map<QString, Files> byFolder;
    for (int i = 0; i < m_plan.files.size(); ++i)
        byFolder[m_plan.files[i].base].push_back(i);
    for (const auto& [folder, files] : byFolder)
        beginIn(folder, files, true);
    for (const JournalContent& before : m_options.resumed)
        takeOver(before);
}

/// The journal of the save that is gone on with, when one of ours has what stands in it.
void Batch::takeOver(const JournalContent& resumed)
{
    for (const auto& journal : m_journals)
        if (journal->folder() == resumed.folder)
            resumed.remove();
}

/// One journal for the files; where the folder above them takes none, one in each of their own folders.
void Batch::beginIn(const QString& folder, const Files& files, bool mayDivide)
{
    QList<JournalEntry> resumed;
    for (const JournalContent& before : m_options.resumed)
        if (before.folder == folder)
            resumed += before.entries;
    const auto ours = static_cast<qsizetype>(files.size());
    const JournalEntries entries{ours + resumed.size(), [&](qsizetype number) {
                                     return number < ours
                                         ? planned(m_plan.files[files[static_cast<size_t>(number)]], folder)
                                         : resumed[number - ours];
                                 }};
    Outcome made = makeFolder(folder, m_plan.files[files.front()]);
    if (made && !m_plan.originals.isEmpty())
        made = m_folders.make(m_plan.originals, QFileInfo(m_plan.files[files.front()].source).path());
    JournalContent content{folder, m_plan.originals};
    content.save = m_save;
    content.job = m_options.job;
    QStringList open;
    for (const auto& journal : m_journals)
        open << journal->folder();
    auto journal = made ? Journal::begin(std::move(content), entries, m_options.sync, open)
                        : Result<std::shared_ptr<Journal>>(made.error());
    if (!journal && mayDivide && journal.error().kind != Error::Kind::Busy) {
        std::map<QString, Files> divided;
        for (const int number : files)
            divided[QFileInfo(m_plan.files[number].target).path()].push_back(number);
        if (!divided.contains(folder)) {
            for (const auto& [inside, those] : divided)
                beginIn(inside, those, false);
            return;
        }
    }
    for (size_t i = 0; i < files.size(); ++i)
        m_places[static_cast<size_t>(files[i])] = {
            static_cast<int>(journal ? m_journals.size() : m_obstacles.size()), static_cast<int>(i),
            journal.ok()};
    if (journal)
        m_journals.push_back(*journal);
    else
        m_obstacles.push_back(journal.error());
}

FileOutcome Batch::write(int number)
{
    const PlannedFile& file = m_plan.files[number];
    const Place& place = m_places[static_cast<size_t>(number)];
    const auto ended = [&](Error error) {
        if (error.file.isEmpty())
            error.file = file.source;
        return FileOutcome{file, statusOf(error), std::make_shared<const Error>(std::move(error))};
    };
    if (!place.hasJournal)
        return ended(m_obstacles[static_cast<size_t>(place.of)]);
    Journal& journal = *m_journals[static_cast<size_t>(place.of)];
    if (const Outcome asPlanned = checkStillAsPlanned(file); !asPlanned)
        return ended(asPlanned.error());
    const auto original = file.instance->load();
    if (!original)
        return ended(original.error());
    const auto edited = m_evaluator.evaluate(*file.instance, **original, m_edits);
    if (!edited)
        return ended(edited.error());
    const auto done = [&](Status status) {
        if (m_options.done)
            m_options.done(file, **original, *edited);
        return FileOutcome{file, status};
    };
    if (!edited->rewritten && overwrites(file))
        return done(Status::Unchanged);
    if (const Outcome made = makeFolder(QFileInfo(file.target).path(), file); !made)
        return ended(made.error());
    TemporaryFile temporary(journal.temporaryIn(QFileInfo(file.target).path(), place.number));
    const auto digest = writeTemporary(file, **original, *edited, temporary.path());
    if (!digest)
        return ended(digest.error());
    if (const Outcome put = this->put(file, place, temporary, *digest); !put)
        return ended(put.error());
    return done(Status::Written);
}

/// The complete, verified new file beside the target; gives its digest. The medium is at work while it is
/// read back.
Result<QByteArray> Batch::writeTemporary(const PlannedFile& file, const dicom::LoadedFile& source,
                                         const edit::Evaluated& edited, const QString& temporary)
{
    const dicom::DicomFile output =
        edited.rewritten ? dicom::DicomFile(source, edited.meta, edited.dataSet) : dicom::DicomFile(source);
    QFile made(temporary);
    Digest digest;
    Outcome good = output.write(made, [&](QByteArrayView bytes) { digest.add(bytes); });
    if (good && m_options.sync)
        beginSync(made);
    if (good && m_options.readFromMedium)
        good = syncFile(made);
    if (good && m_options.readFromMedium)
        good = dropFromCache(temporary);
    if (good)
        good = output.verify(temporary, &m_layouts);
    if (good && m_options.sync)
        good = syncFile(made);
    if (!good)
        return good.error();
    if (overwrites(file))
        copyOwnerAndPermissions(file.source, temporary);
    else
        QFile::setPermissions(temporary, QFile::permissions(file.source));
    return digest.result();
}

/// Keeps the original when that is wanted, and gives its digest then; it is the last thing before the
/// original is replaced, so that a file that is refused leaves no copy behind.
Result<QByteArray> Batch::keepOriginal(const PlannedFile& file, const Place& place)
{
    if (file.backup.isEmpty())
        return QByteArray();
    const QString folder = QFileInfo(file.backup).path();
    if (Outcome made = m_folders.make(folder, QFileInfo(file.source).path()); !made)
        return made.error();
    const QString temporary = m_journals[static_cast<size_t>(place.of)]->temporaryIn(folder, place.number);
    return copySafely(file.source, file.backup, temporary, m_options.sync);
}

Outcome Batch::put(const PlannedFile& file, const Place& place, TemporaryFile& temporary,
                   const QByteArray& digest)
{
    const auto kept = keepOriginal(file, place);
    if (!kept)
        return kept.error();
    // Again: verifying and copying take their time, and so does the journal.
    Outcome placed = checkStillAsPlanned(file);
    if (placed)
        placed = m_journals[static_cast<size_t>(place.of)]->ready(
            place.number, QFileInfo(temporary.path()).size(), digest, *kept);
    if (placed)
        placed = checkStillAsPlanned(file);
    if (placed)
        placed = temporary.moveTo(
            file.target, overwrites(file) ? TemporaryFile::Existing::Replace : TemporaryFile::Existing::Keep);
    if (!placed && !file.backup.isEmpty())
        if (const auto original = digestOf(file.source); original && *original == *kept)
            QFile::remove(file.backup); // not needed: the original is still in its place
    if (!placed)
        return placed;
    m_journals[static_cast<size_t>(place.of)]->placed(place.number);
    const std::lock_guard lock(m_mutex);
    m_changed.insert(QFileInfo(file.target).path());
    return Done{};
}

/// Of a resumed save in a folder where nothing was left to do: nobody took its journal over.
Outcome Batch::endOf(const JournalContent& resumed) const
{
    if (!QFileInfo::exists(resumed.path()))
        return Done{};
    if (Outcome written = writeManifest(resumed); !written)
        return written;
    resumed.remove();
    return Done{};
}

QList<Error> Batch::finish(bool complete)
{
    QList<Error> problems;
    if (m_options.sync)
        for (const QString& folder : m_changed)
            if (const Outcome synced = syncFolder(folder); !synced)
                problems << synced.error();
    if (!problems.isEmpty())
        return problems; // the journals stay: what is not on the medium can be recovered
    if (!complete && !m_options.job.fingerprint.isEmpty())
        return problems; // the same for a save that will be gone on with
    for (const JournalContent& before : m_options.resumed)
        if (const Outcome ended = endOf(before); !ended)
            problems << ended.error();
    for (const auto& journal : m_journals) {
        Outcome ended = writeManifest(journal->written());
        if (ended)
            ended = journal->finish();
        if (!ended)
            problems << ended.error();
    }
    m_journals.clear(); // with their locks, which stand in the folders
    m_folders.removeEmpty();
    return problems;
}

} // namespace writer
