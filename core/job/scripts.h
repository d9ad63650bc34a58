#pragma once

#include "core/script/script.h"

#include <QStringList>

namespace job {

/// The scripts that come with the program, by name and in order ("AnonScheme").
QStringList bundledScripts();

/// The file of a script as a user names it: a path, or the name of one that comes with the program. "basic"
/// is always the profile of 2006, as it ever was; a file of the name wins over the other names.
QString scriptFile(const QString& name);

/// Parses a script and says what is doubtful in it as well.
script::ParseResult checkedScript(const QString& source, script::Dialect dialect);

/// What a script still needs before it can be run.
struct ScriptNeeds {
    bool lookup = false; ///< a table to look values up in
    QStringList values; ///< variables without a value
    bool areValuesNeeded = false; ///< they must be given; otherwise they are empty (dialect 4)
    bool isReady() const { return !lookup && !(areValuesNeeded && !values.isEmpty()); }
};
ScriptNeeds needsOf(const script::Script& script, const script::VariableValues& given, bool hasLookup);

} // namespace job
