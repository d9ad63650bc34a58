// The functions on text of dialect 4.

#include "core/script/functions.h"
#include "core/script/message_format.h"
#include "core/script/regex.h"

#include <cstring>

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
        return failure(QStringLiteral("“%1” is no whole number").arg(value.value_or(QStringLiteral("null"))));
    return number;
}

} // namespace

Result<Value> substringFunction(const Values& arguments)
{
    const Value& text = arguments[0];
    if (!text || text->trimmed().isEmpty())
        return text;
    const auto begin = numberIn(arguments[1]);
    const auto end = numberIn(arguments[2]);
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

Result<Value> formatFunction(const Values& arguments)
{
    if (!arguments[0])
        return failure(QStringLiteral("the format is absent"));
    return messageFormat(*arguments[0], Values(arguments.begin() + 1, arguments.end()));
}

Result<Value> lowercaseFunction(const Values& arguments)
{
    return arguments[0] ? Value(arguments[0]->toLower()) : Value();
}

Result<Value> uppercaseFunction(const Values& arguments)
{
    return arguments[0] ? Value(arguments[0]->toUpper()) : Value();
}

Result<Value> replaceFunction(const Values& arguments)
{
    if (!arguments[0] || !arguments[1] || !arguments[2])
        return failure(QStringLiteral("replace was given an attribute that is absent"));
    QString text = *arguments[0];
    return Value(text.replace(*arguments[1], *arguments[2]));
}

Result<Value> matchWholeFunction(const Values& arguments)
{
    if (!arguments[1])
        return failure(QStringLiteral("the pattern of match is absent"));
    const auto regex = Regex::compile(*arguments[1]);
    if (!regex)
        return regex.error();
    const auto group = numberIn(arguments[2]);
    if (!group)
        return group.error();
    if (*group < 0 || *group > regex->groups())
        return failure(QStringLiteral("the pattern has no group %1").arg(*group));
    if (!arguments[0])
        return Value();
    const auto groups = regex->matchWhole(*arguments[0]);
    if (!groups)
        return groups.error();
    if (groups->isEmpty() || *group >= groups->size() || groups->at(*group).isNull())
        return Value();
    return Value(groups->at(*group));
}

Result<Value> urlEncodeFunction(const Values& arguments)
{
    if (!arguments[0])
        return Value();
    QString encoded;
    for (const char byte : arguments[0]->toUtf8()) {
        const auto code = static_cast<unsigned char>(byte);
        const bool kept = code < 0x80 && (QChar(ushort{code}).isLetterOrNumber() || strchr(".-*_", byte));
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
