#pragma once

#include "core/script/functions.h"

namespace script {

/// The pattern with its {n} replaced by the arguments, by the rules of Java's MessageFormat: null becomes
/// "null", an index without argument stays, apostrophes quote. Fails with Error::Kind::Script for anything
/// else in braces.
Result<Value> messageFormat(const QString& pattern, const Values& arguments);

} // namespace script
