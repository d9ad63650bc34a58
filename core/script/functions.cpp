#include "core/script/functions.h"

#include <QLatin1StringView>

namespace script {

namespace {

constexpr Function functions[] = {
    {"format", Function::Four, 1, -1, 0, formatFunction},
    {"hashUID", Function::Four, 1, 1, 0, hashUidFunction},
    {"lowercase", Function::Four, 1, 1, 0, lowercaseFunction},
    {"match", Function::Four, 3, 3, 0b100, matchWholeFunction},
    {"replace", Function::Four, 3, 3, 0, replaceFunction},
    {"substring", Function::Four, 3, 3, 0b110, substringFunction},
    {"uppercase", Function::Four, 1, 1, 0, uppercaseFunction},
    {"urlEncode", Function::Four, 1, 1, 0, urlEncodeFunction},
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
