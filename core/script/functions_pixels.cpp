#include "core/script/function_calls.h"

namespace script {

Result<Datum> alterPixelsFunction(Action&)
{
    return functionError(QStringLiteral("not yet"));
}

} // namespace script
