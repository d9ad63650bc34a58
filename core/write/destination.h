#pragma once

#include "core/write/planned_files.h"

#include <QHash>
#include <QString>
#include <utility>

namespace writer {

/// Where the rewritten files go.
struct Destination {
    enum class Kind {
        AdjacentFolder, ///< beside each opened folder, its name with `suffix`: study -> study-anon
        SameFolder, ///< beside each file, its name with `suffix` before the extension
        NewRoot, ///< below `root`, one folder for each opened folder; refused inside an opened folder
        Overwrite ///< in the place of the source
    };
    Kind kind = Kind::AdjacentFolder;
    QString suffix = QStringLiteral("-anon");
    QString root = {};
    /// Targets that an interrupted save wrote already, with size and time of what they were made from: left
    /// out. A size of -1: they were made from what stood in their place.
    QHash<QString, std::pair<qint64, qint64>> finished = {};
    QString keepOriginalsIn =
        {}; ///< Overwrite only: folder for copies of the originals; empty = none are kept
};

struct Plan {
    PlannedFiles files;
    QStringList finished = {}; ///< targets that were left out because they are written already
    QString originals = {}; ///< resolved folder for copies of the originals; empty: none are kept
    QList<Error> problems; ///< collisions (several sources, or a file that is there already), refused roots
                           ///< …; nothing may be written while there are any
    QList<Error>
        warnings; ///< hard links, changed files (not overwritten), what stays beside an overwritten file
};

/// Where each file would go. Looks at the disk (what is there already, links, stamps), changes nothing. Files
/// with several hard links get a warning that the other names keep the old content.
Plan plan(const QList<catalog::InstancePtr>& instances, const Destination& destination);

/// The suffix, or the next one with a number behind it ("-anon-2"), for which nothing that would be written
/// is there already. Kinds without suffix get it as it is.
QString freeSuffix(const QList<catalog::InstancePtr>& instances, Destination::Kind kind,
                   const QString& suffix);

} // namespace writer
