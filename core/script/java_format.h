#pragma once

#include "core/script/functions.h"

namespace script {

/// A format of Java's Formatter with texts, as dialect L has it: %s, %S, %n, %% with argument index, '-',
/// width and precision. Fails with the place in the format for anything else and for a missing argument.
Result<Value> javaFormat(const QString& format, const Values& arguments);

} // namespace script
