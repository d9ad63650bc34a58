#pragma once

#include "core/base/result.h"
#include "core/script/regex.h"

#include <QList>
#include <QString>
#include <QStringList>
#include <memory>
#include <optional>
#include <vector>

namespace script {

class WorkingObject;
struct Path;
struct RunContext;

/// A value in a script: text, or null for what is absent.
using Value = std::optional<QString>;
using Values = std::vector<Value>;

/// What an expression of dialect 6 stands for: a value, or a list whose members may be attributes.
struct Datum {
    Value text = {};
    QList<Datum> members = {}; ///< of a list
    std::shared_ptr<const Path> path = {}; ///< an attribute that was not read yet
    bool isList = false;
    qsizetype size = 1; ///< values in it, those of lists in lists too
    int depth = 0; ///< of lists in lists
};

/// What a function is called with.
struct Call {
    Values arguments; ///< read
    const Regex* regex = nullptr; ///< the pattern among the arguments, where it was compiled beforehand
};

/// What a function that works on the object itself is called with.
struct Action {
    WorkingObject& object;
    const RunContext& context;
    QList<Datum> arguments; ///< attributes among them not read
    int line = 0; ///< of the call
    int place = 0; ///< of the call in the script: tells calls apart that have no value to go by
    QStringList& remarks; ///< RunResult::remarks
};

/// One function of the language. A new one is one entry in the table of functions.cpp and its tests.
/// What call() and act() fail with never quotes their arguments: they may come from a patient's data.
struct Function {
    enum Dialects : unsigned { Legacy = 1, Four = 2, Six = 4 };
    enum class Gives : quint8 { Text, Truth, List, Nothing };
    const char* name;
    Result<Value> (*call)(const Call& call) = nullptr; ///< from values to a value
    Result<Datum> (*act)(Action& action) = nullptr; ///< or one that reads or changes the object
    unsigned dialects;
    int fewest; ///< arguments
    int most; ///< -1: any number
    Gives gives = Gives::Text;
    bool needsValues = false; ///< in dialect 6 an absent argument is an error
    unsigned numberArguments = 0; ///< bits of the arguments that must be written as numbers in dialect 4
    int patternArgument = -1; ///< a regular expression
    int formatArgument = -1; ///< a format with {0}, {1} …
};

/// Null when the dialect has no such function.
const Function* findFunction(const QString& name, Function::Dialects dialect);

/// What scripts of a dialect can call, in alphabetical order.
QStringList functionNames(Function::Dialects dialect);

} // namespace script
