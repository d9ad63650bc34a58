// UIDs from hashes.

#include "core/dicom/new_uid.h"
#include "core/script/function_calls.h"
#include "core/script/working_object.h"

#include <QRegularExpression>

namespace script {

namespace {

using PerValue = QString (*)(const QString& value, const Action& action, const QString& root);

/// Gives each value of an attribute a new one; empty ones stay empty.
Value eachValue(const QString& text, const Action& action, const QString& root, PerValue change)
{
    QStringList values = text.split(u'\\');
    for (QString& value : values)
        if (!value.isEmpty())
            value = change(value, action, root);
    return values.join(u'\\');
}

Outcome rewriteAll(Action& action, qsizetype from, const QString& root, PerValue change)
{
    const auto paths = pathsIn(action.arguments, from);
    if (!paths)
        return paths.error();
    return action.object.rewriteEach(
        *paths, [&](const dicom::Element& element, const WorkingObject::ReadText& text) -> Result<Value> {
            if (element.tag().isPrivateCreator())
                return Value();
            const auto old = text();
            return old ? Result<Value>(eachValue(*old, action, root, change)) : old.error();
        });
}

/// A UID under the root whose number a UID under 2.25 has.
QString underRoot(const QString& root, const QString& uid)
{
    return root + uid.sliced(4);
}

Result<QString> rootOf(const Action& action, const Datum& argument)
{
    static const QRegularExpression uid(QStringLiteral(R"(\A(?:0|[1-9]\d*)(?:\.(?:0|[1-9]\d*))*\z)"));
    auto root = neededText(action, argument);
    if (root && (root->size() > 24 || !uid.match(*root).hasMatch()))
        return functionError(QStringLiteral("the root is not a UID of at most 24 characters"));
    return root;
}

} // namespace

Result<Datum> newUidFunction(Action& action)
{
    return Datum{dicom::placedUid(action.context.seed, action.object.sopInstanceUidBefore(), action.place)};
}

Result<Datum> hashUidListFunction(Action& action)
{
    const Outcome outcome =
        rewriteAll(action, 0, {},
                   [](const QString& value, const Action&, const QString&) { return dicom::hashUid(value); });
    return outcome ? Result<Datum>(Datum()) : outcome.error();
}

Result<Datum> mapUidFunction(Action& action)
{
    const auto root = rootOf(action, action.arguments[1]);
    if (!root)
        return root.error();
    const auto old = textOf(action, action.arguments[0]);
    if (!old || !*old)
        return old ? Result<Datum>(Datum()) : old.error();
    const QString made = (*old)->isEmpty()
        ? dicom::placedUid(action.context.seed, action.object.sopInstanceUidBefore(), action.place)
        : dicom::mappedUid(action.context.seed, **old);
    return Datum{underRoot(*root, made)};
}

Result<Datum> mapReferencedUidsFunction(Action& action)
{
    const auto root = rootOf(action, action.arguments[0]);
    if (!root)
        return root.error();
    const Outcome outcome =
        rewriteAll(action, 1, *root, [](const QString& value, const Action& inside, const QString& under) {
            return underRoot(under, dicom::mappedUid(inside.context.seed, value));
        });
    return outcome ? Result<Datum>(Datum()) : outcome.error();
}

Result<Value> hashUidFunction(const Call& call)
{
    return call.arguments[0] ? Value(dicom::hashUid(*call.arguments[0])) : Value();
}

} // namespace script
