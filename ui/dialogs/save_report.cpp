#include "ui/dialogs/save_report.h"

#include "ui/dialogs/parts.h"

#include <QCoreApplication>
#include <QDir>
#include <QLocale>
#include <algorithm>

namespace ui {

namespace {

using writer::FileOutcome;
using writer::Remainder;
using Status = FileOutcome::Status;

QString translated(const char* text)
{
    return QCoreApplication::translate("SaveReport", text);
}

QString statusText(const FileOutcome& outcome)
{
    switch (outcome.status) {
    case Status::Written:
        return translated("Written");
    case Status::Failed:
        return translated("Failed");
    case Status::NotReached:
        break;
    }
    return translated("Not reached");
}

int urgency(const FileOutcome& outcome)
{
    return outcome.status == Status::Failed ? 0 : outcome.status == Status::NotReached ? 1 : 2;
}

QString reasonText(const FileOutcome& outcome)
{
    if (outcome.status != Status::Failed)
        return {};
    Error error = outcome.error;
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
        return translated("File left beside");
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
         {translated("For example"), [](const Remainder& remainder) { return remainder.value; }}},
        parent);
}

QList<FileOutcome> sortedOutcomes(const writer::WriteReport& report)
{
    QList<FileOutcome> outcomes = report.files;
    std::stable_sort(outcomes.begin(), outcomes.end(),
                     [](const FileOutcome& a, const FileOutcome& b) { return urgency(a) < urgency(b); });
    return outcomes;
}

QString headline(const writer::WriteReport& report)
{
    const QLocale locale;
    QStringList parts;
    const auto all = report.files.size();
    parts << (report.written() == all && all == 1 ? translated("The file was written.")
                  : report.written() == all
                  ? translated("All %1 files were written.").arg(locale.toString(all))
                  : translated("%1 of %2 were written.")
                        .arg(locale.toString(report.written()), filesText(all)));
    if (report.failed() > 0)
        parts << translated("%1 failed.").arg(locale.toString(report.failed()));
    if (report.notReached() > 0)
        parts << translated("%1 not reached before you stopped.").arg(locale.toString(report.notReached()));
    return parts.join(u' ');
}

QString reportText(const writer::WriteReport& report, const QList<Remainder>& remainders)
{
    QString text = headline(report) + u'\n';
    for (const auto& [status, title] : {std::pair{Status::Failed, translated("Failed:")},
                                        std::pair{Status::NotReached, translated("Not reached:")},
                                        std::pair{Status::Written, translated("Written:")}})
        if (const QString lines = fileLines(report, status); !lines.isEmpty())
            text += u'\n' + title + u'\n' + lines;
    text += u'\n' + translated("What remains in the written files:") + u'\n';
    if (remainders.isEmpty())
        text += QStringLiteral("  ") + translated("nothing was found") + u'\n';
    for (const Remainder& remainder : remainders)
        text += QStringLiteral("  %1: %2, %3%4\n")
                    .arg(kindText(remainder), remainder.what, filesText(remainder.files),
                         remainder.value.isEmpty() ? QString() : QStringLiteral(": ") + remainder.value);
    return text;
}

} // namespace ui
