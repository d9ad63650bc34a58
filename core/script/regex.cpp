#include "core/script/regex.h"

namespace script {

namespace {

Error wrong(qsizetype offset, const QString& reason, const QString& remedy = {})
{
    return {Error::Kind::Script,
            QStringLiteral("the pattern is wrong at its character %1: %2").arg(offset + 1).arg(reason),
            remedy};
}

Error tooMuchWork()
{
    return {Error::Kind::Script, QStringLiteral("the pattern needs too much work on a value"),
            QStringLiteral("Simplify it; nested repetitions such as (a+)+ are the usual reason")};
}

/// Where a set in brackets holds another one or an intersection: the original engines knew those.
std::optional<qsizetype> nestedSet(const QString& pattern)
{
    qsizetype opened = -1;
    for (qsizetype i = 0; i < pattern.size(); ++i) {
        const QStringView rest = QStringView(pattern).sliced(i);
        if (rest.startsWith(u"\\Q")) {
            const qsizetype end = pattern.indexOf(QStringLiteral("\\E"), i);
            i = end < 0 ? pattern.size() : end + 1;
        } else if (rest.startsWith(u'\\')) {
            ++i;
        } else if (opened < 0) {
            opened = rest.startsWith(u'[') ? i : -1;
            i += rest.startsWith(u"[^") ? 1 : 0;
            i += opened >= 0 && QStringView(pattern).sliced(i + 1).startsWith(u']') ? 1 : 0;
        } else if (rest.startsWith(u'[') || rest.startsWith(u"&&")) {
            return i;
        } else if (rest.startsWith(u']')) {
            opened = -1;
        }
    }
    return std::nullopt;
}

} // namespace

// \E ends a \Q that the pattern leaves open; elsewhere it means nothing.
Regex::Regex(const QString& pattern)
    : m_whole(QStringLiteral("(*LIMIT_MATCH=1000000)\\A(?:%1\\E)\\z").arg(pattern))
    , m_anywhere(QStringLiteral("(*LIMIT_MATCH=1000000)(?:%1\\E)").arg(pattern))
{
}

Result<Regex> Regex::compile(const QString& pattern)
{
    const QRegularExpression plain(pattern); // alone, so that the place in an error is right
    if (!plain.isValid())
        return wrong(plain.patternErrorOffset(), plain.errorString());
    if (const auto nested = nestedSet(pattern))
        return wrong(*nested, QStringLiteral("sets inside of sets are not supported"),
                     QStringLiteral("Write \\\\[ or \\\\& where the character itself is meant"));
    Regex regex(pattern);
    if (!regex.m_whole.isValid())
        return wrong(0, QStringLiteral("it cannot be matched against a whole value"),
                     QStringLiteral("Leave comments and verbs such as (*UTF) out of it"));
    regex.m_whole.optimize();
    return regex;
}

Result<bool> Regex::matches(const QString& text) const
{
    const auto match = m_whole.match(text);
    return match.isValid() ? Result<bool>(match.hasMatch()) : tooMuchWork();
}

namespace {

Result<QStringList> groupsIn(const QRegularExpressionMatch& match, int count)
{
    if (!match.isValid())
        return tooMuchWork();
    QStringList groups;
    for (int i = 0; match.hasMatch() && i <= count; ++i)
        groups << match.captured(i);
    return groups;
}

} // namespace

Result<QStringList> Regex::groupsOf(const QString& text) const
{
    return groupsIn(m_whole.match(text), groups());
}

Result<QStringList> Regex::groupsOfFirst(const QString& text) const
{
    return groupsIn(m_anywhere.match(text), groups());
}

} // namespace script
