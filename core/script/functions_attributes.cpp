// The functions that work on many attributes of the object.

#include "core/script/function_calls.h"
#include "core/script/retain.h"
#include "core/script/working_object.h"

#include <QSet>
#include <algorithm>

namespace script {

namespace {

Result<Datum> done(const Outcome& outcome)
{
    return outcome ? Result<Datum>(Datum()) : outcome.error();
}

Path everything()
{
    Path path;
    path.steps.push_back({Path::Level::Here});
    return path;
}

/// The texts of arguments, those of all attributes that a path names; empty and absent ones left out.
Outcome collectTexts(const Action& action, const QList<Datum>& arguments, QSet<QString>& texts)
{
    const auto add = [&](const Value& value) {
        if (value && !value->isEmpty())
            texts.insert(*value);
    };
    for (const Datum& argument : arguments) {
        if (argument.isList) {
            if (Outcome inside = collectTexts(action, argument.members, texts); !inside)
                return inside;
        } else if (argument.path) {
            Outcome outcome = Done{};
            forEachMatch(action.object.dataSet(), *argument.path,
                         [&](const Holders& holders, const dicom::Element& element) {
                             const auto value = readValue(*holders.back(), element.tag(),
                                                          action.object.characterSetIn(holders));
                             if (value)
                                 add(*value);
                             else if (!element.isSequence()
                                      && (argument.path->isSingle()
                                          || (dicom::isString(element.vr()) && !element.isInSource())))
                                 outcome = value.error();
                             return bool(outcome);
                         });
            if (!outcome)
                return outcome;
        } else {
            add(argument.text);
        }
    }
    return Done{};
}

} // namespace

Result<Datum> collectValuesFunction(Action& action)
{
    QSet<QString> texts;
    if (const Outcome outcome = collectTexts(action, action.arguments, texts); !outcome)
        return outcome.error();
    QStringList sorted(texts.begin(), texts.end());
    sorted.sort(); // the order must not depend on chance
    Datum list;
    list.isList = true;
    list.size += sorted.size();
    for (const QString& text : std::as_const(sorted))
        list.members.push_back(Datum{text});
    return list;
}

Result<Datum> blankValuesFunction(Action& action)
{
    QSet<QString> texts;
    if (const Outcome outcome = collectTexts(action, action.arguments, texts); !outcome)
        return outcome.error();
    return done(action.object.rewrite(
        everything(),
        [&](const dicom::Element& element, const WorkingObject::ReadText& text) -> Result<Value> {
            if (element.isInSource())
                return Value(); // longer than any text that could be collected
            const auto value = text();
            if (!value && element.vr() == dicom::Vr::UN)
                return Value(); // bytes that are no text
            if (!value)
                return value.error();
            return texts.contains(*value) ? Value(QString()) : Value();
        }));
}

Result<Datum> removeTagsFunction(Action& action)
{
    const auto paths = pathsIn(action.arguments);
    if (!paths)
        return paths.error();
    return done(action.object.removeEach(*paths));
}

Result<Datum> deleteFunction(Action& action)
{
    return removeTagsFunction(action);
}

Result<Datum> setFunction(Action& action)
{
    const auto paths = pathsIn({action.arguments[0]});
    if (!paths)
        return paths.error();
    const auto value = textOf(action, action.arguments[1]);
    if (!value)
        return value.error();
    for (const Path& path : *paths) {
        if (!path.isSingle())
            return functionError(QStringLiteral("%1 can mean several attributes").arg(withoutCreators(path)));
        if (!*value)
            continue; // as := does
        if (const Outcome outcome = action.object.assign(path, *value); !outcome)
            return outcome.error();
    }
    return Datum();
}

Result<Datum> retainPrivateTagsFunction(Action& action)
{
    const auto paths = pathsIn(action.arguments);
    if (!paths)
        return paths.error();
    const auto isPrivate = [](const Path::Step& step) {
        return step.level == Path::Level::Tag && step.tags.isPrivate();
    };
    for (const Path& path : *paths)
        if (std::none_of(path.steps.begin(), path.steps.end(), isPrivate))
            return functionError(QStringLiteral("%1 is not a private attribute").arg(withoutCreators(path)),
                                 QStringLiteral("Write (gggg,{CREATOR}ee)"));
    action.object.replace(withPrivateRetained(action.object.dataSet(), *paths));
    return Datum();
}

} // namespace script
