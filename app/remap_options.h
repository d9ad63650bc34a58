#pragma once

#include "core/deid/profile.h"
#include "core/script/script.h"

#include <QStringList>
#include <optional>
#include <variant>

class QCoreApplication;

/// dicomremap [options] FILE|FOLDER…
struct RemapOptions {
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
    bool yes = false; ///< patients may become one without a question
    int threads = 0; ///< 0: one for each core
};

/// dicomremap --recover FOLDER
struct RecoverOptions {
    QString folder;
    bool rollBack = false;
    QString seedFile; ///< keeps the seed of new UIDs there; empty: nowhere
};

/// dicomremap --restore FOLDER
struct RestoreOptions {
    QString folder;
    bool verbose = false;
};

using CommandOptions = std::variant<RemapOptions, RecoverOptions, RestoreOptions>;

/// Empty when the command line makes no sense; it has been said why then. Ends the program after --help and
/// --version.
std::optional<CommandOptions> readOptions(const QCoreApplication& application);
