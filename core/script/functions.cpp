#include "core/script/functions.h"

#include <QLatin1StringView>

namespace script {

namespace {

constexpr Function functions[] = {
    {.name = "format",
     .call = formatFunction,
     .dialects = Function::Four,
     .fewest = 1,
     .most = -1,
     .formatArgument = 0},
    {.name = "hashUID", .call = hashUidFunction, .dialects = Function::Four, .fewest = 1, .most = 1},
    {.name = "lowercase", .call = lowercaseFunction, .dialects = Function::Four, .fewest = 1, .most = 1},
    {.name = "match",
     .call = matchWholeFunction,
     .dialects = Function::Four,
     .fewest = 3,
     .most = 3,
     .numberArguments = 0b100,
     .patternArgument = 1},
    {.name = "replace", .call = replaceFunction, .dialects = Function::Four, .fewest = 3, .most = 3},
    {.name = "substring",
     .call = substringFunction,
     .dialects = Function::Four,
     .fewest = 3,
     .most = 3,
     .numberArguments = 0b110},
    {.name = "uppercase", .call = uppercaseFunction, .dialects = Function::Four, .fewest = 1, .most = 1},
    {.name = "urlEncode", .call = urlEncodeFunction, .dialects = Function::Four, .fewest = 1, .most = 1},
};

} // namespace

const Function* findFunction(const QString& name, Function::Dialects dialect)
{
    for (const Function& function : functions)
        if (name == QLatin1StringView(function.name) && (function.dialects & dialect))
            return &function;
    return nullptr;
}

} // namespace script
