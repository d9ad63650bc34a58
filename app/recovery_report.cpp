#include "app/recovery_report.h"

#include "app/messages.h"

#include <QDir>

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

} // namespace

bool tellRecovery(const Result<writer::RecoveryReport>& report, Listing listing)
{
    if (!report) {
        say(report.error().message());
        return false;
    }
    list(*report, listing == Listing::Brief);
    return report->count(State::Failed) == 0;
}
