#include "core/script/detect.h"

#include <QRegularExpression>

namespace script {

namespace {

struct Place {
    qsizetype begin;
    qsizetype length;
};

struct Scanned {
    QString bare; ///< the source with the insides of comments and strings blanked out
    QList<Place> strings; ///< with their quotes
};

Scanned scanned(const QString& source)
{
    static const QRegularExpression hidden(QStringLiteral(R"re("(?:[^"\\]|\\.)*+"|//[^\r\n]*+)re"));
    Scanned result{source, {}};
    auto found = hidden.globalMatch(source);
    while (found.hasNext()) {
        const auto match = found.next();
        const qsizetype quote = match.capturedView().startsWith(u'"') ? 1 : 0;
        if (quote)
            result.strings << Place{match.capturedStart(), match.capturedLength()};
        for (qsizetype i = match.capturedStart() + quote; i < match.capturedEnd() - quote; ++i)
            if (result.bare[i] != u'\n')
                result.bare[i] = u' ';
    }
    return result;
}

Detection found(Dialect dialect, const QString& source, const Place& place)
{
    const QStringView before = QStringView(source).first(place.begin);
    return {dialect,
            {static_cast<int>(before.count(u'\n')) + 1,
             static_cast<int>(before.size() - before.lastIndexOf(u'\n')), static_cast<int>(place.length)}};
}

/// A format of Java's Formatter, which a list of tags follows.
bool isLegacyFormat(const QString& source, const Place& string)
{
    static const QRegularExpression tags(QStringLiteral(R"(\G(?:[ \t]|\\\r?\n)*\([0-9A-Fa-f]{4},)"));
    static const QRegularExpression conversion(QStringLiteral(R"(%(?:\d+\$|<)?[-\d.]*[a-zA-Z])"));
    static const QRegularExpression messageFormat(QStringLiteral(R"(\{\d)"));
    const QString text = source.mid(string.begin, string.length);
    return tags.match(source, string.begin + string.length, QRegularExpression::NormalMatch,
                      QRegularExpression::DontCheckSubjectStringMatchOption)
               .hasMatch()
        && conversion.match(text).hasMatch() && !messageFormat.match(text).hasMatch();
}

} // namespace

Detection detectDialect(const QString& source)
{
    static const QRegularExpression six(
        QStringLiteral(R"((?:\A\s*)\Kversion\b|\?=?|\bif\s*\(|\bremoveAllPrivateTags\b)"
                       R"(|\([0-9A-Fa-fXx#@]{4},\s*\{|\)\s*\[|\)\s*/|\bnewUID\s*\[|[*+.]/\()"));
    const Scanned scan = scanned(source);
    if (const auto match = six.match(scan.bare); match.hasMatch()) {
        Detection result = found(Dialect::Six, source, {match.capturedStart(), match.capturedLength()});
        if (match.capturedView() != u"version")
            result.problems << warningAt(
                result.position,
                QStringLiteral("This makes it a script of dialect 6, but the version line is missing"),
                QStringLiteral("Begin the script with: version \"6.6\""));
        return result;
    }
    for (const Place& string : scan.strings)
        if (isLegacyFormat(source, string))
            return found(Dialect::Legacy, source, string);
    return {};
}

} // namespace script
