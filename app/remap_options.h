#pragma once

#include "core/deid/profile.h"
#include "core/script/script.h"

#include <QStringList>
#include <optional>

class QCoreApplication;

/// What the command line of dicomremap asks for.
struct RemapOptions {
    enum class Task {
        Remap,
        Recover, ///< bring interrupted saves in `folder` to an end
        Restore ///< put the originals in `folder` back
    };
    Task task = Task::Remap;
    QString folder;
    bool rollBack = false; ///< of Recover

    QStringList scripts, inputs;
    QString output; ///< empty: the inputs are overwritten
    QString keepOriginalsIn; ///< empty: nowhere
    QString seedFile, lookupFile;
    script::Dialect dialect = script::Dialect::Auto;
    std::optional<deid::Profile> profile; ///< applied before the scripts
    script::VariableValues variables;
    bool verbose = false;
    bool readFromMedium = false;
    bool timing = false;
    bool sync = true; ///< what is written is on the medium when the report appears
    int threads = 0; ///< 0: one for each core
};

/// Empty when the command line makes no sense; it has been said why then. Ends the program after --help and
/// --version.
std::optional<RemapOptions> readRemapOptions(const QCoreApplication& application);

/// For people, on standard error: "dicomremap: …".
void say(const QString& text);
