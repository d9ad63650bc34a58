#include "app/remap_report.h"

#include "app/messages.h"

#include <QDir>

namespace {

using Status = writer::FileOutcome::Status;
using Kind = residue::Remainder::Kind;

struct KindWords {
    enum Naming { Counted, Named, Count };
    const char* words;
    Kind kind;
    Naming naming = Counted; ///< each with the number of files, each by itself, or only how many there are
};
constexpr KindWords kinds[] = {
    {"person names", Kind::PersonName},
    {"identifiers", Kind::Identifier},
    {"dates", Kind::Date},
    {"free text", Kind::FreeText},
    {"values that do not fit their representation", Kind::Misfit},
    {"unknown attributes", Kind::Unknown},
    {"private attributes of", Kind::Private},
    {"pictures that may show the identity", Kind::BurnedIn},
    {"names of files and folders that hold something of the original", Kind::PathName, KindWords::Count},
    {"outside of attributes", Kind::Outside},
    {"other text", Kind::OtherText},
    {"UIDs", Kind::Uid},
    {"files next to them that were not changed", Kind::Neighbour, KindWords::Named},
};

/// Those that are as they were in the original, or those that were set.
QString listed(const QList<residue::Remainder>& remains, const KindWords& kind, bool wereSet, bool verbose)
{
    constexpr int shown = 4;
    QStringList names;
    int count = 0;
    for (const residue::Remainder& remainder : remains) {
        if (remainder.kind != kind.kind || (remainder.kept == 0) != wereSet)
            continue;
        if (++count > shown && !verbose)
            continue;
        names << (kind.naming != KindWords::Counted ? remainder.what
                                                    : QStringLiteral("%1 (%2)")
                                                          .arg(remainder.what)
                                                          .arg(wereSet ? remainder.files : remainder.kept));
    }
    const QString words = QString::fromUtf8(kind.words);
    if (count == 0)
        return {};
    if (kind.naming == KindWords::Count && !verbose)
        return QStringLiteral("%1: %2").arg(words).arg(count);
    if (count > names.size())
        names << QStringLiteral("%1 more").arg(count - names.size());
    return QStringLiteral("%1: %2").arg(words, names.join(QStringLiteral(", ")));
}

} // namespace

bool reportFiles(const writer::WriteReport& written, const RemapCounts& counts, bool verbose)
{
    QHash<QString, int> obstacles; // one that stands in the way of many files is told once
    for (const writer::FileOutcome& file : written.files)
        if (file.status == Status::Failed || file.status == Status::Refused)
            ++obstacles[file.error().message()];
    for (const writer::FileOutcome& file : written.files) {
        if (file.status == Status::Failed || file.status == Status::Refused) {
            if (const int count = obstacles.take(file.error().message()); count > 0)
                say(count == 1 ? file.error().message()
                               : QStringLiteral("%1 (%2 files)").arg(file.error().message()).arg(count));
        } else if (verbose && file.status == Status::Unchanged)
            say(QStringLiteral("%1 is unchanged").arg(file.file.source));
        else if (verbose && file.status == Status::Written)
            say(QStringLiteral("%1 -> %2").arg(file.file.source, file.file.target));
    }
    for (const Error& problem : written.problems)
        say(problem.message());
    const int failed = written.count(Status::Failed) + counts.unread;
    const int notReached = written.count(Status::NotReached);
    const qsizetype found = written.files.size() + counts.before + counts.unread;
    say(QStringLiteral("%1 found = %2 written%3 + %4 unchanged + %5 refused + %6 failed%7; %8 not DICOM%9")
            .arg(found == 1 ? QStringLiteral("1 DICOM file") : QStringLiteral("%1 DICOM files").arg(found))
            .arg(written.written() + counts.before)
            .arg(counts.before > 0 ? QStringLiteral(" (%1 before the interruption)").arg(counts.before)
                                   : QString())
            .arg(written.count(Status::Unchanged))
            .arg(written.count(Status::Refused))
            .arg(failed)
            .arg(notReached > 0 ? QStringLiteral(" + %1 not reached").arg(notReached) : QString())
            .arg(counts.notDicom)
            .arg(counts.directories > 0 ? QStringLiteral("; %1 DICOMDIR").arg(counts.directories)
                                        : QString()));
    if (counts.directories > 0)
        say(QStringLiteral(
            "a DICOMDIR repeats names and IDs of the patients: it was left as it is and was not copied"));
    if (notReached > 0)
        say(QStringLiteral("stopped: run the same command again to go on"));
    return written.notWritten() + counts.unread + notReached == 0 && written.problems.isEmpty();
}

bool warnOfMerging(const job::IdentityChange& change)
{
    const job::IdentityCounts before = change.before;
    const job::IdentityCounts after = change.after;
    const auto warn = [](qsizetype were, qsizetype are, const char* what) {
        if (are != were)
            say(QStringLiteral("warning: %1 %2 became %3: programs that read the new files %4")
                    .arg(were)
                    .arg(QString::fromUtf8(what))
                    .arg(are)
                    .arg(are < were ? QStringLiteral("cannot tell them apart")
                                    : QStringLiteral("take files that belong together for others")));
    };
    warn(before.patients, after.patients, "patients");
    warn(before.studies, after.studies, "studies");
    if (after.images < before.images)
        say(QStringLiteral(
                "warning: %1 different SOP Instance UIDs became %2: archives keep one image per UID "
                "and reject images without one")
                .arg(before.images)
                .arg(after.images));
    return after.patients != before.patients || after.studies != before.studies
        || after.images < before.images;
}

void tellWhatRemains(const QList<residue::Remainder>& remains, bool verbose)
{
    for (const KindWords& kind : kinds)
        if (const QString line = listed(remains, kind, false, verbose); !line.isEmpty())
            say(QStringLiteral("remains as it was: ") + line);
    if (!verbose && !remains.isEmpty())
        say(QStringLiteral("--verbose lists all that remains"));
    for (const KindWords& kind : kinds)
        if (const QString line = listed(remains, kind, true, true); verbose && !line.isEmpty())
            say(QStringLiteral("was set: ") + line);
}
