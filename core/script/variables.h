#pragma once

#include "core/script/program.h"

namespace script {

/// Puts each variable of dialect 4 behind those that its initial value needs. A variable that needs itself is
/// an error.
QList<Problem> orderByDependency(Program& program);

} // namespace script
