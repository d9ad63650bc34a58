#pragma once

#include "core/script/functions.h"
#include "core/script/path.h"
#include "core/script/script.h"

namespace script {

// What the functions do; their table (functions.cpp) says how they are called, docs/script-language.md what
// for.

// functions_text.cpp
Result<Value> concatenateFunction(const Call& call);
Result<Value> formatFunction(const Call& call);
Result<Value> javaFormatFunction(const Call& call);
Result<Value> lowercaseFunction(const Call& call);
Result<Value> matchSearchFunction(const Call& call);
Result<Value> matchWholeFunction(const Call& call);
Result<Value> isMatchFunction(const Call& call);
Result<Value> normalizeStringFunction(const Call& call);
Result<Value> replaceFunction(const Call& call);
Result<Value> substringFunction(const Call& call);
Result<Value> uppercaseFunction(const Call& call);
Result<Value> urlEncodeFunction(const Call& call);
// functions_truth.cpp
Result<Value> andFunction(const Call& call);
Result<Value> falseFunction(const Call& call);
Result<Value> orFunction(const Call& call);
Result<Value> trueFunction(const Call& call);
Result<Datum> equalsFunction(Action& action);
Result<Datum> isPresentFunction(Action& action);
Result<Datum> lookupFunction(Action& action);
Result<Datum> rejectFunction(Action& action);
Result<Datum> valueAtFunction(Action& action);
// functions_uid.cpp
Result<Value> hashUidFunction(const Call& call);
Result<Datum> hashUidListFunction(Action& action);
Result<Datum> mapReferencedUidsFunction(Action& action);
Result<Datum> mapUidFunction(Action& action);
Result<Datum> newUidFunction(Action& action);
// functions_attributes.cpp
Result<Datum> blankValuesFunction(Action& action);
Result<Datum> collectValuesFunction(Action& action);
Result<Datum> deleteFunction(Action& action);
Result<Datum> removeTagsFunction(Action& action);
Result<Datum> retainPrivateTagsFunction(Action& action);
Result<Datum> setFunction(Action& action);
// functions_dates.cpp
Result<Datum> scaleAgeFunction(Action& action);
Result<Datum> shiftDateFunction(Action& action);
Result<Datum> shiftDateTimeFunction(Action& action);
Result<Datum> shiftListFunction(Action& action);
Result<Datum> shiftSequenceFunction(Action& action);
// functions_pixels.cpp
Result<Datum> alterPixelsFunction(Action& action);
/// Says in the object that nothing identifying is left in its pixels (PS3.15 section E.3.1).
void recordCleanPixels(WorkingObject& object);

/// The paths that arguments name: attributes, paths as text, and lists of them. Fails for anything else.
Result<std::vector<Path>> pathsIn(const QList<Datum>& arguments, qsizetype from = 0);
/// The text of an argument, read where it is an attribute; null when absent. Fails for lists.
Result<Value> textOf(const Action& action, const Datum& argument);
/// The same, where it must be there.
Result<QString> neededText(const Action& action, const Datum& argument);
/// A path for messages: its creators may have come from a value.
QString withoutCreators(Path path);
Error functionError(const QString& reason, const QString& remedy = {});

} // namespace script
