#include "core/script/functions.h"

#include <QLatin1StringView>

namespace script {

namespace {

constexpr Function functions[] = {
    {.name = "format",
     .dialects = Function::Four,
     .fewest = 1,
     .most = -1,
     .call = formatFunction,
     .formatArgument = 0},
    {.name = "hashUID", .dialects = Function::Four, .fewest = 1, .most = 1, .call = hashUidFunction},
    {.name = "lowercase", .dialects = Function::Four, .fewest = 1, .most = 1, .call = lowercaseFunction},
    {.name = "match",
     .dialects = Function::Four,
     .fewest = 3,
     .most = 3,
     .call = matchWholeFunction,
     .numberArguments = 0b100,
     .patternArgument = 1},
    {.name = "replace", .dialects = Function::Four, .fewest = 3, .most = 3, .call = replaceFunction},
    {.name = "substring",
     .dialects = Function::Four,
     .fewest = 3,
     .most = 3,
     .call = substringFunction,
     .numberArguments = 0b110},
    {.name = "uppercase", .dialects = Function::Four, .fewest = 1, .most = 1, .call = uppercaseFunction},
    {.name = "urlEncode", .dialects = Function::Four, .fewest = 1, .most = 1, .call = urlEncodeFunction},
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
