#include "core/script/detect.h"

#include <QRegularExpression>

namespace script {

namespace {

/// The source with the insides of comments and strings blanked out, so that marks in them do not count.
QString bare(const QString& source)
{
    static const QRegularExpression hidden(QStringLiteral(R"re("(?:[^"\\]|\\.)*"|//[^\n]*)re"));
    QString result = source;
    auto found = hidden.globalMatch(source);
    while (found.hasNext()) {
        const auto match = found.next();
        const bool string = match.captured().startsWith(u'"');
        for (qsizetype i = match.capturedStart() + (string ? 1 : 0);
             i < match.capturedEnd() - (string ? 1 : 0); ++i)
            if (result[i] != u'\n')
                result[i] = u' ';
    }
    return result;
}

Detection found(Dialect dialect, const QString& source, const QRegularExpressionMatch& match)
{
    const QString before = source.left(match.capturedStart());
    return {dialect,
            {static_cast<int>(before.count(u'\n')) + 1,
             static_cast<int>(before.size() - before.lastIndexOf(u'\n')),
             static_cast<int>(match.capturedLength())}};
}

} // namespace

Detection detectDialect(const QString& source)
{
    static const QRegularExpression six(QStringLiteral(
        R"(\A\s*version\b|\?=|\?|\bif\s*\(|\bremoveAllPrivateTags\b|\([0-9A-Fa-fXx#@]{4},\s*\{|\)\s*\[|\)\s*/(?!/)|\bnewUID\s*\[|[*+.]/\()"));
    static const QRegularExpression legacy(QStringLiteral(
        R"re("(?:[^"\\\n]|\\.)*%(?:\d+\$|<)?[-\d.]*[a-zA-Z](?:[^"\\\n]|\\.)*"[ \t]*\([0-9A-Fa-f]{4},)re"));
    const QString code = bare(source);
    if (const auto match = six.match(code); match.hasMatch())
        return found(Dialect::Six, code, match);
    if (const auto match = legacy.match(source); match.hasMatch())
        return found(Dialect::Legacy, source, match);
    return {};
}

} // namespace script
