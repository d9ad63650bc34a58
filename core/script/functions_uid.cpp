// UIDs from hashes.

#include "core/script/function_calls.h"
#include "core/script/uid.h"
#include "core/script/working_object.h"

#include <QCryptographicHash>
#include <QMessageAuthenticationCode>
#include <QRegularExpression>
#include <QtEndian>
#include <array>

namespace script {

namespace {

/// The decimal digits of a number in 32-bit parts, the highest first: nine at a time, by long division.
QString decimal(std::array<quint32, 4> parts)
{
    constexpr quint32 billion = 1'000'000'000;
    std::array<quint32, 5> groups{}; // 2^128 has 39 digits
    for (quint32& group : groups) {
        quint64 remainder = 0;
        for (quint32& part : parts) {
            const quint64 current = (remainder << 32) | part;
            part = static_cast<quint32>(current / billion);
            remainder = current % billion;
        }
        group = static_cast<quint32>(remainder);
    }
    QByteArray digits;
    for (auto it = groups.crbegin(); it != groups.crend(); ++it)
        digits += QByteArray::number(*it).rightJustified(9, '0');
    qsizetype zeros = 0;
    while (zeros + 1 < digits.size() && digits[zeros] == '0')
        ++zeros;
    return QString::fromLatin1(digits.sliced(zeros));
}

} // namespace

QString uidFromBytes(const QByteArray& bytes, int version)
{
    QByteArray uuid = bytes.first(16);
    uuid[6] = static_cast<char>((uuid[6] & 0x0F) | (version << 4));
    uuid[8] = static_cast<char>((uuid[8] & 0x3F) | 0x80);
    std::array<quint32, 4> parts{};
    for (size_t i = 0; i < parts.size(); ++i)
        parts[i] = qFromBigEndian<quint32>(uuid.constData() + 4 * i);
    return QStringLiteral("2.25.") + decimal(parts);
}

QString hashUid(const QString& text)
{
    return uidFromBytes(QCryptographicHash::hash(text.toUtf8(), QCryptographicHash::Sha1), 5);
}

QString seededUid(const QByteArray& seed, const QString& key)
{
    return uidFromBytes(QMessageAuthenticationCode::hash(key.toUtf8(), seed, QCryptographicHash::Sha256), 4);
}

QString mappedUid(const QByteArray& seed, const QString& old)
{
    return seededUid(seed, QStringLiteral("uid:") + old);
}

QString placedUid(const QByteArray& seed, const QByteArray& sopInstanceUid, int place)
{
    return seededUid(seed, QStringLiteral("place:%1:%2").arg(QString::fromLatin1(sopInstanceUid)).arg(place));
}

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
        return functionError(QStringLiteral("the root is no UID of at most 24 characters"));
    return root;
}

} // namespace

Result<Datum> newUidFunction(Action& action)
{
    return Datum{placedUid(action.context.seed, action.object.sopInstanceUidBefore(), action.place)};
}

Result<Datum> hashUidListFunction(Action& action)
{
    const Outcome outcome = rewriteAll(
        action, 0, {}, [](const QString& value, const Action&, const QString&) { return hashUid(value); });
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
        ? placedUid(action.context.seed, action.object.sopInstanceUidBefore(), action.place)
        : mappedUid(action.context.seed, **old);
    return Datum{underRoot(*root, made)};
}

Result<Datum> mapReferencedUidsFunction(Action& action)
{
    const auto root = rootOf(action, action.arguments[0]);
    if (!root)
        return root.error();
    const Outcome outcome =
        rewriteAll(action, 1, *root, [](const QString& value, const Action& inside, const QString& under) {
            return underRoot(under, mappedUid(inside.context.seed, value));
        });
    return outcome ? Result<Datum>(Datum()) : outcome.error();
}

Result<Value> hashUidFunction(const Call& call)
{
    return call.arguments[0] ? Value(hashUid(*call.arguments[0])) : Value();
}

} // namespace script
