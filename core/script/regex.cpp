#include "core/script/regex.h"

#include <algorithm>
#include <iterator>
#include <utility>

namespace script {

namespace {

/// A step may run over the whole text, so steps times length is what bounds the time: about half a second.
struct Bound {
    qsizetype longest;
    int steps;
};
constexpr Bound bounds[] = {{1 << 10, 1'000'000}, {1 << 14, 100'000}, {1 << 17, 16'000}, {1 << 20, 2'000}};

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

Error tooLong()
{
    return {
        Error::Kind::Script, QStringLiteral("the value is too long to be matched with a pattern"),
        QStringLiteral("Values of up to %1 characters can be").arg(bounds[std::size(bounds) - 1].longest)};
}

/// The first place of a pattern, outside of quotations and behind whole escapes, that is wanted there.
template <typename Wanted>
std::optional<qsizetype> findPart(const QString& pattern, const Wanted& isWanted)
{
    static const QRegularExpression withBraces(QStringLiteral(R"(\G\\[pPx]\{[^}]*\})"));
    bool inSet = false;
    for (qsizetype i = 0; i < pattern.size(); ++i) {
        const QStringView rest = QStringView(pattern).sliced(i);
        if (rest.startsWith(u"\\Q")) {
            const qsizetype end = pattern.indexOf(QStringLiteral("\\E"), i);
            i = end < 0 ? pattern.size() : end + 1;
            continue;
        }
        if (isWanted(i, rest, inSet))
            return i;
        if (rest.startsWith(u'\\')) {
            const auto escape = withBraces.match(pattern, i);
            i += escape.hasMatch() ? escape.capturedLength() - 1 : 1;
        } else if (!inSet && rest.startsWith(u'[')) {
            inSet = true;
            i += rest.startsWith(u"[^") ? 1 : 0;
            i += QStringView(pattern).sliced(i + 1).startsWith(u']') ? 1 : 0;
        } else if (inSet && rest.startsWith(u']')) {
            inSet = false;
        }
    }
    return std::nullopt;
}

/// Where a set in brackets holds another one or an intersection: the original engines knew those.
std::optional<qsizetype> nestedSet(const QString& pattern)
{
    return findPart(pattern, [](qsizetype, QStringView rest, bool inSet) {
        return inSet && (rest.startsWith(u'[') || rest.startsWith(u"&&"));
    });
}

/// Where an escape, a group or a brace stands that the original engines refused or took otherwise than PCRE.
std::optional<qsizetype> foreignPart(const QString& pattern)
{
    static const QRegularExpression escape(QStringLiteral(R"(\G\\[KCgNoX])"));
    static const QRegularExpression group(
        QStringLiteral(R"(\G\((?!\*|\?(?![:=!>]|<[=!a-zA-Z]|[idmsux-]+[:)])))"));
    static const QRegularExpression repetition(QStringLiteral(R"(\G\{\d+(?:,\d*)?\})"));
    return findPart(pattern, [&](qsizetype at, QStringView rest, bool inSet) {
        const auto fits = [&](const QRegularExpression& what) { return what.match(pattern, at).hasMatch(); };
        if (rest.startsWith(u'\\'))
            return fits(escape);
        return !inSet
            && ((rest.startsWith(u'(') && !fits(group)) || (rest.startsWith(u'{') && !fits(repetition)));
    });
}

/// Java's names for sets of ASCII characters (java.util.regex.Pattern), which PCRE has for all of Unicode or
/// not at all, and what PCRE calls the same sets.
constexpr std::pair<const char16_t*, const char16_t*> asciiSets[] = {
    {u"Lower", u"lower"}, {u"Upper", u"upper"}, {u"ASCII", u"ascii"}, {u"Alpha", u"alpha"},
    {u"Digit", u"digit"}, {u"Alnum", u"alnum"}, {u"Punct", u"punct"}, {u"Graph", u"graph"},
    {u"Print", u"print"}, {u"Blank", u"blank"}, {u"Cntrl", u"cntrl"}, {u"XDigit", u"xdigit"},
    {u"Space", u"space"}};

/// A pattern in PCRE's words.
struct Translation {
    QString pattern;
    std::vector<std::pair<qsizetype, qsizetype>> places; ///< of what was translated: here, as it was written

    qsizetype placeOf(qsizetype offset) const
    {
        qsizetype place = offset;
        for (const auto& [here, written] : places)
            if (here <= offset)
                place = written + (offset - here);
        return place;
    }
};

/// The set that `\p{Name}` or `\P{Name}` at the start of a text means, in brackets; empty for others.
QString asciiSetAt(QStringView text, bool inSet)
{
    const qsizetype end = text.indexOf(u'}');
    if (end < 0 || !(text.startsWith(u"\\p{") || text.startsWith(u"\\P{")))
        return {};
    const QStringView name = text.sliced(3, end - 3);
    for (const auto& [java, posix] : asciiSets)
        if (name == QStringView(java)) {
            const QString set =
                QStringLiteral("[:%1%2:]")
                    .arg(text[1] == u'P' ? QStringLiteral("^") : QString(), QStringView(posix));
            return inSet ? set : u'[' + set + u']';
        }
    return {};
}

/// How long `\\uXXXX`, or the octal `\\0n` to `\\0377`, at the start of a text is; 0 for others.
qsizetype numberedAt(QStringView text)
{
    static const QRegularExpression unit(
        QStringLiteral(R"(\A\\(?:u[0-9A-Fa-f]{4}|0(?:[0-3][0-7]{2}|[0-7]{1,2})))"));
    return unit.match(text.first(std::min<qsizetype>(6, text.size()))).capturedLength();
}

Translation fromJava(const QString& written)
{
    Translation result;
    bool inSet = false;
    for (qsizetype i = 0; i < written.size();) {
        const QStringView rest = QStringView(written).sliced(i);
        qsizetype taken = 1;
        if (rest.startsWith(u"\\Q")) {
            const qsizetype end = written.indexOf(QStringLiteral("\\E"), i);
            taken = end < 0 ? rest.size() : end + 2 - i;
        } else if (const QString set = asciiSetAt(rest, inSet); !set.isEmpty()) {
            taken = rest.indexOf(u'}') + 1;
            result.pattern += set;
            result.places.push_back({result.pattern.size(), i + taken});
            i += taken;
            continue;
        } else if (const qsizetype length = numberedAt(rest); length > 0) {
            const int base = rest[1] == u'u' ? 16 : 8;
            result.pattern += QStringLiteral("\\x{%1}").arg(
                rest.sliced(2, length - 2).toString().toInt(nullptr, base), 0, 16);
            result.places.push_back({result.pattern.size(), i + length});
            i += length;
            continue;
        } else if (rest.startsWith(u'\\')) {
            taken = std::min<qsizetype>(2, rest.size());
        } else if (!inSet && rest.startsWith(u'[')) {
            inSet = true;
            taken += rest.startsWith(u"[^") ? 1 : 0;
            taken += rest.size() > taken && rest[taken] == u']' ? 1 : 0;
        } else if (inSet && rest.startsWith(u']')) {
            inSet = false;
        }
        result.pattern += rest.first(taken);
        i += taken;
    }
    return result;
}

} // namespace

// \E ends a \Q that the pattern leaves open; elsewhere it means nothing. A search begins at the start of the
// text too, so that its steps are counted for all places together.
Regex::Regex(const QString& pattern)
{
    for (const auto [longest, steps] : bounds) {
        const QString limit = QStringLiteral("(*LIMIT_MATCH=%1)(*ANYCRLF)\\A").arg(steps);
        m_bounded.push_back(
            {longest, QRegularExpression(limit + QStringLiteral("(?:%1\\E)\\z").arg(pattern)),
             QRegularExpression(limit + QStringLiteral("(?s:.*?)\\K(?:%1\\E)").arg(pattern))});
    }
}

Result<Regex> Regex::compile(const QString& written)
{
    if (const auto foreign = foreignPart(written))
        return wrong(*foreign, QStringLiteral("this is not known in scripts"),
                     QStringLiteral("Write \\\\{ or \\\\( where the character itself is meant"));
    const Translation translation = fromJava(written);
    const QString& pattern = translation.pattern;
    const QRegularExpression plain(pattern); // alone, so that the place in an error is right
    if (!plain.isValid())
        return wrong(translation.placeOf(plain.patternErrorOffset()), plain.errorString());
    if (const auto nested = nestedSet(written))
        return wrong(*nested, QStringLiteral("sets inside of sets are not supported"),
                     QStringLiteral("Write \\\\[ or \\\\& where the character itself is meant"));
    Regex regex(pattern);
    for (const Bounded& bounded : regex.m_bounded)
        if (!bounded.whole.isValid() || !bounded.anywhere.isValid())
            return wrong(0, QStringLiteral("it cannot be matched against a whole value"),
                         QStringLiteral("Leave comments and verbs such as (*UTF) out of it"));
    return regex;
}

const Regex::Bounded* Regex::forText(const QString& text) const
{
    const auto fits = [&](const Bounded& bounded) { return text.size() <= bounded.longest; };
    const auto found = std::find_if(m_bounded.begin(), m_bounded.end(), fits);
    return found == m_bounded.end() ? nullptr : &*found;
}

Result<bool> Regex::matches(const QString& text) const
{
    const Bounded* bounded = forText(text);
    if (!bounded)
        return tooLong();
    const auto match = bounded->whole.match(text);
    return match.isValid() ? Result<bool>(match.hasMatch()) : tooMuchWork();
}

namespace {

Result<QStringList> groupsIn(const QRegularExpressionMatch& match, int count)
{
    if (!match.isValid())
        return tooMuchWork();
    QStringList groups;
    for (int i = 0; match.hasMatch() && i <= count; ++i) // null where it took no part, which an empty one did
        groups << (match.capturedStart(i) < 0 ? QString() : match.captured(i) + QLatin1StringView(""));
    return groups;
}

} // namespace

Result<QStringList> Regex::groupsOf(const QString& text) const
{
    const Bounded* bounded = forText(text);
    return bounded ? groupsIn(bounded->whole.match(text), groups()) : tooLong();
}

Result<QStringList> Regex::groupsOfFirst(const QString& text) const
{
    const Bounded* bounded = forText(text);
    return bounded ? groupsIn(bounded->anywhere.match(text), groups()) : tooLong();
}

} // namespace script
