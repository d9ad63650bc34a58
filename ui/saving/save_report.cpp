#include "ui/saving/save_report.h"

#include "ui/widgets/parts.h"

#include <QCoreApplication>
#include <QDir>
#include <QLocale>
#include <algorithm>

namespace ui {

namespace {

using residue::Remainder;
using writer::FileOutcome;
using Status = FileOutcome::Status;

QString translated(const char* text)
{
    return QCoreApplication::translate("SaveReport", text);
}

/// What can become of a file, most urgent first, as it is told of one file and of some.
struct StatusWords {
    Status status;
    const char* one;
    const char* some; ///< for sentences
};
constexpr StatusWords statuses[] = {
    {Status::Failed, QT_TRANSLATE_NOOP("SaveReport", "Failed"),
     QT_TRANSLATE_NOOP("SaveReport", "%1 failed.")},
    {Status::Refused, QT_TRANSLATE_NOOP("SaveReport", "Refused"),
     QT_TRANSLATE_NOOP("SaveReport", "%1 refused.")},
    {Status::NotReached, QT_TRANSLATE_NOOP("SaveReport", "Not reached"),
     QT_TRANSLATE_NOOP("SaveReport", "%1 not reached before you stopped.")},
    {Status::Unchanged, QT_TRANSLATE_NOOP("SaveReport", "Unchanged"),
     QT_TRANSLATE_NOOP("SaveReport", "%1 left alone, since nothing in them changes.")},
    {Status::Written, QT_TRANSLATE_NOOP("SaveReport", "Written"), nullptr},
};

int urgency(const FileOutcome& outcome)
{
    return static_cast<int>(
        std::find_if(std::begin(statuses), std::end(statuses),
                     [&](const StatusWords& words) { return words.status == outcome.status; })
        - std::begin(statuses));
}

QString statusText(const FileOutcome& outcome)
{
    return translated(statuses[urgency(outcome)].one);
}

QString reasonText(const FileOutcome& outcome)
{
    Error error = outcome.error();
    if (error.file == outcome.file.source || error.file == outcome.file.target)
        error.file.clear(); // stands in its own column
    QString reason = error.message();
    if (!reason.isEmpty())
        reason[0] = reason[0].toUpper();
    return reason;
}

QString targetText(const FileOutcome& outcome)
{
    return QDir::toNativeSeparators(outcome.file.target);
}

QString kindText(const Remainder& remainder)
{
    switch (remainder.kind) {
    case Remainder::Kind::PersonName:
        return translated("Person name");
    case Remainder::Kind::Identifier:
        return translated("ID");
    case Remainder::Kind::Date:
        return translated("Date or time");
    case Remainder::Kind::FreeText:
        return translated("Free text");
    case Remainder::Kind::Private:
        return translated("Private attribute");
    case Remainder::Kind::BurnedIn:
        return translated("Text in the picture");
    case Remainder::Kind::PathName:
        return translated("File or folder name");
    case Remainder::Kind::Neighbour:
        return translated("Unchanged file in the same folder");
    case Remainder::Kind::Misfit:
        return translated("Value that does not fit");
    case Remainder::Kind::Unknown:
        return translated("Unknown attribute");
    case Remainder::Kind::OtherText:
        return translated("Other text");
    case Remainder::Kind::Uid:
        return translated("UID");
    case Remainder::Kind::Outside:
        return translated("Outside of attributes");
    }
    return {};
}

QString fileLines(const writer::WriteReport& report, Status status)
{
    QString text;
    for (const FileOutcome& outcome : report.files)
        if (outcome.status == status) {
            const QString reason = reasonText(outcome);
            text += QStringLiteral("  ") + targetText(outcome)
                + (reason.isEmpty() ? QString() : QStringLiteral(": ") + reason) + u'\n';
        }
    return text;
}

} // namespace

OutcomeModel* makeOutcomeModel(QObject* parent)
{
    return new OutcomeModel({{translated("Outcome"), statusText},
                             {translated("File"), targetText},
                             {translated("Reason"), reasonText}},
                            parent);
}

RemainderModel* makeRemainderModel(QObject* parent)
{
    return new RemainderModel(
        {{translated("Kind"), kindText},
         {translated("Where"), [](const Remainder& remainder) { return remainder.what; }},
         {translated("Files"),
          [](const Remainder& remainder) { return QLocale().toString(remainder.files); }},
         {translated("As before"),
          [](const Remainder& remainder) { return QLocale().toString(remainder.kept); }},
         {translated("For example"), [](const Remainder& remainder) { return remainder.value; }}},
        parent);
}

QList<FileOutcome> sortedOutcomes(const writer::WriteReport& report)
{
    QList<FileOutcome> outcomes(report.files.begin(), report.files.end());
    std::stable_sort(outcomes.begin(), outcomes.end(),
                     [](const FileOutcome& a, const FileOutcome& b) { return urgency(a) < urgency(b); });
    return outcomes;
}

QString headline(const writer::WriteReport& report)
{
    const QLocale locale;
    QStringList parts;
    const auto all = report.files.size();
    // "All" would say too much where there are files that nobody read.
    const bool isAll = report.written() == all
        && std::none_of(report.problems.begin(), report.problems.end(),
                        [](const Error& problem) { return problem.kind == Error::Kind::Cancelled; });
    parts << (isAll && all == 1 ? translated("The file was written.")
                  : isAll       ? translated("All %1 files were written.").arg(locale.toString(all))
                                : translated("%1 of %2 were written.")
                                .arg(locale.toString(report.written()), filesText(all)));
    for (const StatusWords& words : statuses)
        if (const int count = report.count(words.status); words.some && count > 0)
            parts << translated(words.some).arg(locale.toString(count));
    for (const Error& problem : report.problems)
        parts << translated("%1.").arg(problem.message());
    return parts.join(u' ');
}

QString reportText(const writer::WriteReport& report, const QList<Remainder>& remainders)
{
    QString text = headline(report) + u'\n';
    for (const StatusWords& words : statuses)
        if (const QString lines = fileLines(report, words.status); !lines.isEmpty())
            text += u'\n' + translated(words.one) + QStringLiteral(":\n") + lines;
    text += u'\n' + translated("What remains in the written files:") + u'\n';
    if (remainders.isEmpty())
        text += QStringLiteral("  ") + translated("nothing was found") + u'\n';
    for (const Remainder& remainder : remainders)
        text += QStringLiteral("  %1: %2, %3, %4%5\n")
                    .arg(kindText(remainder), remainder.what, filesText(remainder.files),
                         translated("%1 as before").arg(QLocale().toString(remainder.kept)),
                         remainder.value.isEmpty() ? QString() : QStringLiteral(": ") + remainder.value);
    return text;
}

} // namespace ui
