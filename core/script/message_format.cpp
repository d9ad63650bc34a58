#include "core/script/message_format.h"

#include <QRegularExpression>

namespace script {

namespace {

Error wrong(const QString& pattern)
{
    return {Error::Kind::Script, QStringLiteral("“%1” is no format").arg(pattern),
            QStringLiteral("Write {0}, {1} … where values go, and '{' for a brace")};
}

/// What stands in a pair of braces: an index, perhaps followed by an empty format type.
std::optional<int> indexIn(const QString& content)
{
    static const QRegularExpression index(QStringLiteral("^(\\d{1,9}),?$"));
    const auto match = index.match(content);
    return match.hasMatch() ? std::optional(match.captured(1).toInt()) : std::nullopt;
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
            const auto index = end < 0 ? std::nullopt : indexIn(pattern.mid(i + 1, end - i - 1));
            if (!index)
                return wrong(pattern);
            result += argumentText(*index, arguments);
            i = end;
        } else {
            result += c;
        }
    }
    return Value(result);
}

} // namespace script
