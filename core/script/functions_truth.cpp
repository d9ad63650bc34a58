// The functions that say true or false, and those that ask the object or the host.

#include "core/script/function_calls.h"
#include "core/script/parser.h"
#include "core/script/working_object.h"

#include <algorithm>

namespace script {

namespace {

QString truth(bool is)
{
    return is ? QStringLiteral("true") : QStringLiteral("false");
}

bool isTrue(const Value& value)
{
    return value && *value == u"true";
}

} // namespace

Error functionError(const QString& reason, const QString& remedy)
{
    return {Error::Kind::Script, reason, remedy};
}

Result<Value> textOf(const Action& action, const Datum& argument)
{
    if (argument.isList)
        return functionError(QStringLiteral("expected a single value, found a list"));
    if (!argument.path)
        return argument.text;
    if (!argument.path->isSingle())
        return functionError(QStringLiteral("%1 can mean several attributes, so it has no value")
                                 .arg(withoutCreators(*argument.path)));
    return action.object.read(*argument.path);
}

Result<QString> neededText(const Action& action, const Datum& argument)
{
    const auto text = textOf(action, argument);
    if (!text)
        return text.error();
    if (!*text)
        return functionError(QStringLiteral("the attribute is absent"));
    return **text;
}

QString withoutCreators(Path path)
{
    for (Path::Step& step : path.steps)
        if (step.byCreator)
            step.creator = QStringLiteral("…");
    return path.toString();
}

Result<std::vector<Path>> pathsIn(const QList<Datum>& arguments, qsizetype from)
{
    std::vector<Path> paths;
    for (qsizetype i = from; i < arguments.size(); ++i) {
        const Datum& argument = arguments[i];
        if (argument.isList) {
            auto members = pathsIn(argument.members);
            if (!members)
                return members;
            paths.insert(paths.end(), members->begin(), members->end());
            continue;
        }
        const auto path = argument.path ? std::optional(*argument.path)
            : argument.text             ? parseDirectPath(*argument.text)
                                        : std::nullopt;
        if (!path)
            return functionError(QStringLiteral("argument %1 names no attribute").arg(i + 1),
                                 QStringLiteral("Write (gggg,eeee), or \"(gggg,eeee)\" as text"));
        paths.push_back(*path);
    }
    return paths;
}

Result<Value> trueFunction(const Call&)
{
    return Value(truth(true));
}

Result<Value> falseFunction(const Call&)
{
    return Value(truth(false));
}

Result<Value> andFunction(const Call& call)
{
    return Value(truth(std::all_of(call.arguments.begin(), call.arguments.end(), isTrue)));
}

Result<Value> orFunction(const Call& call)
{
    return Value(truth(std::any_of(call.arguments.begin(), call.arguments.end(), isTrue)));
}

// An attribute is not read here, as in the original: valueAt[] does.
Result<Datum> equalsFunction(Action& action)
{
    const Datum& a = action.arguments[0];
    const Datum& b = action.arguments[1];
    const bool values = !a.path && !b.path && !a.isList && !b.isList;
    return Datum{truth(values && a.text && b.text && *a.text == *b.text)};
}

Result<Datum> isPresentFunction(Action& action)
{
    const auto paths = pathsIn(action.arguments);
    if (!paths)
        return paths.error();
    bool present = true;
    for (const Path& path : *paths) {
        const bool item = path.steps.back().item >= 0;
        Path holder = path;
        holder.steps.back().item = Path::NoItem;
        if (!holder.isSingle())
            return functionError(QStringLiteral("%1 can mean several attributes").arg(withoutCreators(path)),
                                 QStringLiteral("Name one attribute"));
        const dicom::Element* element = action.object.find(holder);
        present = present && element
            && (!item || static_cast<size_t>(path.steps.back().item) < element->items().size());
    }
    return Datum{truth(present)};
}

Result<Datum> valueAtFunction(Action& action)
{
    const auto paths = pathsIn(action.arguments);
    if (!paths)
        return paths.error();
    if (paths->size() != 1 || !paths->front().isSingle())
        return functionError(QStringLiteral("valueAt needs a single attribute"));
    auto value = action.object.read(paths->front());
    return value ? Result<Datum>(Datum{std::move(value).value()}) : value.error();
}

Result<Datum> lookupFunction(Action& action)
{
    if (!action.context.lookup)
        return functionError(QStringLiteral("no lookup table was given"),
                             QStringLiteral("Choose a file with lines: type/key = value"));
    const auto type = neededText(action, action.arguments[0]);
    const auto key = type ? textOf(action, action.arguments[1]) : Result<Value>(type.error());
    if (!key)
        return key.error();
    const auto found =
        *key ? action.context.lookup->constFind(*type + u'/' + **key) : action.context.lookup->constEnd();
    if (found != action.context.lookup->constEnd())
        return Datum{*found};
    if (*key) // an identity may stay because of it
        action.remarks
            << QStringLiteral("line %1: the lookup table has no entry for a value").arg(action.line);
    return Datum();
}

// The original asks its host whether rejecting is enabled; here it is unless the host says no.
Result<Datum> rejectFunction(Action& action)
{
    const bool wanted = action.arguments.empty() || isTrue(action.arguments[0].text);
    const QString enabled = action.context.variables.value(QStringLiteral("reject:isEnabled"), truth(true));
    if (wanted && enabled.compare(truth(false), Qt::CaseInsensitive) != 0)
        return functionError(QStringLiteral("the script rejects this file"));
    if (wanted)
        action.remarks << QStringLiteral("The script would reject this file");
    return Datum();
}

} // namespace script
