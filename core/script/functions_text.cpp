// The functions on text.

#include "core/script/function_calls.h"
#include "core/script/java_format.h"
#include "core/script/message_format.h"
#include "core/script/regex.h"

namespace script {

namespace {

/// No value of an attribute is as long, and a hostile script must not eat the memory.
constexpr qsizetype longest = 1 << 24;

Error tooLong()
{
    return functionError(QStringLiteral("the value becomes longer than %1 characters").arg(longest));
}

Result<int> numberIn(const Value& value)
{
    bool ok = false;
    const int number = value ? value->toInt(&ok) : 0;
    if (!ok)
        return functionError(QStringLiteral("a number is too large"));
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
        return functionError(QStringLiteral("substring from %1 to %2 reaches beyond a value of %3 characters")
                                 .arg(*begin)
                                 .arg(*end)
                                 .arg(text->size()));
    return Value(text->mid(*begin, *end - *begin));
}

Result<Value> formatFunction(const Call& call)
{
    if (!call.arguments[0])
        return functionError(QStringLiteral("the format is absent"));
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
        return functionError(QStringLiteral("replace was given an attribute that is absent"));
    QString text = *call.arguments[0];
    const QString& from = *call.arguments[1];
    const QString& to = *call.arguments[2];
    if (text.size() + text.count(from) * (to.size() - from.size()) > longest)
        return tooLong();
    return Value(text.replace(from, to));
}

namespace {

Result<Regex> patternOf(const Call& call)
{
    if (call.regex)
        return *call.regex;
    if (!call.arguments[1])
        return functionError(QStringLiteral("the pattern is absent"));
    auto regex = Regex::compile(*call.arguments[1]);
    return regex ? regex : functionError(QStringLiteral("the pattern cannot be used"));
}

using Groups = Result<QStringList> (Regex::*)(const QString& text) const;

Result<Value> matchedGroup(const Call& call, Groups groupsOf)
{
    const auto regex = patternOf(call);
    if (!regex)
        return regex.error();
    const auto group = numberIn(call.arguments[2]);
    if (!group)
        return group.error();
    if (*group < 0 || *group > regex->groups())
        return functionError(QStringLiteral("the pattern has no group %1").arg(*group));
    if (!call.arguments[0])
        return Value();
    const auto groups = (*regex.*groupsOf)(*call.arguments[0]);
    if (!groups)
        return groups.error();
    if (*group >= groups->size() || groups->at(*group).isNull())
        return Value();
    return Value(groups->at(*group));
}

} // namespace

Result<Value> matchWholeFunction(const Call& call)
{
    return matchedGroup(call, &Regex::groupsOf);
}

Result<Value> matchSearchFunction(const Call& call)
{
    return matchedGroup(call, &Regex::groupsOfFirst);
}

Result<Value> isMatchFunction(const Call& call)
{
    const auto regex = patternOf(call);
    const auto matches = regex ? regex->matches(*call.arguments[0]) : Result<bool>(regex.error());
    if (!matches)
        return matches.error();
    return Value(*matches ? QStringLiteral("true") : QStringLiteral("false"));
}

Result<Value> concatenateFunction(const Call& call)
{
    QString text;
    for (const Value& argument : call.arguments) {
        text += *argument;
        if (text.size() > longest)
            return tooLong();
    }
    return Value(text);
}

Result<Value> javaFormatFunction(const Call& call)
{
    return javaFormat(*call.arguments[0], Values(call.arguments.begin() + 1, call.arguments.end()));
}

namespace {

/// What a replacement of Java's regular expressions stands for: a backslash quotes, $ names a group, of which
/// there is none here.
Result<QString> replacementText(const QString& replacement)
{
    QString text;
    for (qsizetype i = 0; i < replacement.size(); ++i) {
        if (replacement[i] == u'$' || (replacement[i] == u'\\' && ++i == replacement.size()))
            return functionError(QStringLiteral("the replacement is wrong at its character %1").arg(i + 1),
                                 QStringLiteral("Put two backslashes before $ and before a backslash"));
        text += replacement[i];
    }
    return text;
}

} // namespace

Result<Value> normalizeStringFunction(const Call& call)
{
    if (!call.arguments[0])
        return Value();
    const bool given = call.arguments.size() > 1;
    if (given && !call.arguments[1])
        return functionError(QStringLiteral("the replacement is absent"));
    const auto replacement = replacementText(given ? *call.arguments[1] : QStringLiteral("_"));
    if (!replacement)
        return replacement.error();
    QString text;
    for (const uint character : call.arguments[0]->toUcs4())
        text += character < 0x80 ? QString(QChar(static_cast<char16_t>(character))) : *replacement;
    return text.size() > longest ? Result<Value>(tooLong()) : Value(text);
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
