#include "app/restore_command.h"

#include "app/messages.h"
#include "app/recovery_report.h"

#include <QDir>

bool restoreFolder(const RestoreOptions& options)
{
    const auto& [originals, verbose] = options;
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
        good =
            tellRecovery(writer::restoreOriginals(manifest), verbose ? Listing::Everything : Listing::Brief)
            && good;
    if (const QStringList left = writer::findManifests(originals); !left.isEmpty()) {
        say(QStringLiteral("%1 lists of originals are in %2 still: run this again for the next one")
                .arg(left.size())
                .arg(native));
        good = false;
    }
    return good;
}
