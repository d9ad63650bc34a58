#pragma once

#include "core/script/token.h"

namespace script {

/// The dialect that a script is written in, with the place that told; Four where nothing tells otherwise.
struct Detection {
    Dialect dialect = Dialect::Four;
    Position position;
    QList<Problem> problems = {}; ///< warnings
};
Detection detectDialect(const QString& source);

} // namespace script
