// The functions on text of dialect 4.

#include "core/script/functions.h"
#include "core/script/message_format.h"
#include "core/script/regex.h"

namespace script {

namespace {

Error failure(const QString& reason)
{
    return {Error::Kind::Script, reason};
}

Result<int> numberIn(const Value& value)
{
    bool ok = false;
    const int number = value ? value->toInt(&ok) : 0;
    if (!ok)
        return failure(QStringLiteral("a number is too large"));
    return number;
}

} // namespace

Result<Value> substringFunction(const Call& call)
{
    const Value& text = call.arguments[0];
    if (!text || text->trimmed().isEmpty())
        return text;
    const auto begin = numberIn(call.arguments[1]);
    const auto end = numberIn(call.arguments[2]);
    if (!begin)
        return begin.error();
    if (!end)
        return end.error();
    if (*begin < 0 || *end < *begin || *end > text->size())
        return failure(QStringLiteral("substring from %1 to %2 reaches beyond a value of %3 characters")
                           .arg(*begin)
                           .arg(*end)
                           .arg(text->size()));
    return Value(text->mid(*begin, *end - *begin));
}

Result<Value> formatFunction(const Call& call)
{
    if (!call.arguments[0])
        return failure(QStringLiteral("the format is absent"));
    return messageFormat(*call.arguments[0], Values(call.arguments.begin() + 1, call.arguments.end()));
}

Result<Value> lowercaseFunction(const Call& call)
{
    return call.arguments[0] ? Value(call.arguments[0]->toLower()) : Value();
}

Result<Value> uppercaseFunction(const Call& call)
{
    return call.arguments[0] ? Value(call.arguments[0]->toUpper()) : Value();
}

Result<Value> replaceFunction(const Call& call)
{
    if (!call.arguments[0] || !call.arguments[1] || !call.arguments[2])
        return failure(QStringLiteral("replace was given an attribute that is absent"));
    QString text = *call.arguments[0];
    return Value(text.replace(*call.arguments[1], *call.arguments[2]));
}

Result<Value> matchWholeFunction(const Call& call)
{
    if (!call.arguments[1])
        return failure(QStringLiteral("the pattern of match is absent"));
    const auto regex = call.regex ? Result<Regex>(*call.regex) : Regex::compile(*call.arguments[1]);
    if (!regex)
        return failure(QStringLiteral("the pattern of match cannot be used"));
    const auto group = numberIn(call.arguments[2]);
    if (!group)
        return group.error();
    if (*group < 0 || *group > regex->groups())
        return failure(QStringLiteral("the pattern has no group %1").arg(*group));
    if (!call.arguments[0])
        return Value();
    const auto groups = regex->groupsOf(*call.arguments[0]);
    if (!groups)
        return groups.error();
    if (*group >= groups->size() || groups->at(*group).isNull())
        return Value();
    return Value(groups->at(*group));
}

Result<Value> urlEncodeFunction(const Call& call)
{
    if (!call.arguments[0])
        return Value();
    QString encoded;
    for (const char byte : call.arguments[0]->toUtf8()) {
        const auto code = static_cast<unsigned char>(byte);
        const bool kept =
            code < 0x80 && (QChar(ushort{code}).isLetterOrNumber() || QByteArrayView(".-*_").contains(byte));
        if (kept)
            encoded += QChar(ushort{code});
        else if (byte == ' ')
            encoded += u'+';
        else
            encoded += QStringLiteral("%%1").arg(code, 2, 16, QLatin1Char('0')).toUpper();
    }
    return Value(encoded);
}

} // namespace script
