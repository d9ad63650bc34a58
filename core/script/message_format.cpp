#include "core/script/message_format.h"

#include <algorithm>

namespace script {

namespace {

constexpr qsizetype longest = 1 << 24; ///< a hostile script must not eat the memory

Error wrong(qsizetype offset)
{
    return {Error::Kind::Script,
            QStringLiteral("the format is wrong at its character %1: no number stands in the braces")
                .arg(offset + 1),
            QStringLiteral("Write {0}, {1} … where values go, and '{' for a brace")};
}

/// What stands in a pair of braces: an index, perhaps followed by an empty format type.
std::optional<int> indexIn(QStringView content)
{
    if (content.endsWith(u','))
        content.chop(1);
    const bool digits = !content.isEmpty() && content.size() <= 9
        && std::all_of(content.begin(), content.end(), [](QChar c) { return c >= u'0' && c <= u'9'; });
    return digits ? std::optional(content.toInt()) : std::nullopt;
}

QString argumentText(int index, const Values& arguments)
{
    if (index >= static_cast<int>(arguments.size()))
        return QStringLiteral("{%1}").arg(index);
    return arguments[static_cast<size_t>(index)].value_or(QStringLiteral("null"));
}

} // namespace

Result<Value> messageFormat(const QString& pattern, const Values& arguments)
{
    QString result;
    bool quoted = false;
    for (qsizetype i = 0; i < pattern.size(); ++i) {
        const QChar c = pattern[i];
        if (c == u'\'') {
            const bool doubled = i + 1 < pattern.size() && pattern[i + 1] == u'\'';
            if (doubled) {
                result += c;
                ++i;
            } else {
                quoted = !quoted;
            }
        } else if (c == u'{' && !quoted) {
            const qsizetype end = pattern.indexOf(u'}', i);
            const auto index = end < 0 ? std::nullopt : indexIn(QStringView(pattern).mid(i + 1, end - i - 1));
            if (!index)
                return wrong(i);
            result += argumentText(*index, arguments);
            if (result.size() > longest)
                return Error{Error::Kind::Script,
                             QStringLiteral("the value becomes longer than %1 characters").arg(longest)};
            i = end;
        } else {
            result += c;
        }
    }
    return Value(result);
}

} // namespace script
