#pragma once

#include "core/result.h"

#include <QString>
#include <optional>
#include <vector>

namespace script {

/// A value in a script: text, or null for what is absent.
using Value = std::optional<QString>;
using Values = std::vector<Value>;

/// One function of the language. A new one is one entry in the table of functions.cpp and its tests.
struct Function {
    enum Dialects : unsigned { Four = 1, Six = 2 };
    const char* name;
    unsigned dialects;
    int fewest; ///< arguments
    int most; ///< -1: any number
    unsigned numberArguments; ///< bits of the arguments that must be written as numbers in dialect 4
    Result<Value> (*call)(const Values& arguments);
};

/// Null when the dialect has no such function.
const Function* findFunction(const QString& name, Function::Dialects dialect);

// functions_text.cpp
Result<Value> substringFunction(const Values& arguments);
Result<Value> formatFunction(const Values& arguments);
Result<Value> lowercaseFunction(const Values& arguments);
Result<Value> uppercaseFunction(const Values& arguments);
Result<Value> replaceFunction(const Values& arguments);
Result<Value> matchWholeFunction(const Values& arguments);
Result<Value> urlEncodeFunction(const Values& arguments);
// functions_uid.cpp
Result<Value> hashUidFunction(const Values& arguments);

} // namespace script
