#pragma once

#include "core/result.h"
#include "core/script/regex.h"

#include <QString>
#include <optional>
#include <vector>

namespace script {

/// A value in a script: text, or null for what is absent.
using Value = std::optional<QString>;
using Values = std::vector<Value>;

/// What a function is called with.
struct Call {
    Values arguments;
    const Regex* regex = nullptr; ///< the pattern among the arguments, where it was compiled beforehand
};

/// One function of the language. A new one is one entry in the table of functions.cpp and its tests.
/// What call() fails with never quotes its arguments: they may come from a patient's data.
struct Function {
    enum Dialects : unsigned { Four = 1, Six = 2 };
    const char* name;
    Result<Value> (*call)(const Call& call);
    unsigned dialects;
    int fewest; ///< arguments
    int most; ///< -1: any number
    unsigned numberArguments = 0; ///< bits of the arguments that must be written as numbers in dialect 4
    int patternArgument = -1; ///< a regular expression
    int formatArgument = -1; ///< a format with {0}, {1} …
};

/// Null when the dialect has no such function.
const Function* findFunction(const QString& name, Function::Dialects dialect);

// functions_text.cpp
Result<Value> substringFunction(const Call& call);
Result<Value> formatFunction(const Call& call);
Result<Value> lowercaseFunction(const Call& call);
Result<Value> uppercaseFunction(const Call& call);
Result<Value> replaceFunction(const Call& call);
Result<Value> matchWholeFunction(const Call& call);
Result<Value> urlEncodeFunction(const Call& call);
// functions_uid.cpp
Result<Value> hashUidFunction(const Call& call);

} // namespace script
