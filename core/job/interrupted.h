#pragma once

#include "core/write/journal.h"

#include <QHash>
#include <utility>

namespace job {

/// What earlier, interrupted saves did in the folders that are written to. Complete new files are in their
/// places when it is made; journals stay until a new save takes them over.
struct Interrupted {
    QList<writer::JournalContent> saves;
    QList<Error> obstacles; ///< saves that could not be brought so far: nothing may be written

    bool isEmpty() const { return saves.isEmpty(); }
    /// Paths of new files, and what they were made from, as Destination wants them.
    QHash<QString, std::pair<qint64, qint64>> finished() const;
    QByteArray seed() const; ///< of the first one
};

/// Whether a job goes on with an interrupted save.
enum class Continuation { Same, OtherOriginals, OtherJob };
Continuation continuationOf(const writer::JournalContent& save, const writer::JournalJob& job,
                            const QString& keepOriginalsIn);

/// Looks in the folders, and in all below them.
Interrupted interruptedIn(const QStringList& folders);

} // namespace job
