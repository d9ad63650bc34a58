#include "core/script/regex.h"

namespace script {

Regex::Regex(const QString& pattern)
    : m_whole(QStringLiteral("\\A(?:%1)\\z").arg(pattern))
{
}

Result<Regex> Regex::compile(const QString& pattern)
{
    const QRegularExpression plain(pattern); // alone, so that the place in an error is right
    Regex regex(pattern);
    if (!plain.isValid() || !regex.m_whole.isValid())
        return Error{Error::Kind::Script,
                     QStringLiteral("the pattern “%1” is wrong at character %2: %3")
                         .arg(pattern)
                         .arg(plain.patternErrorOffset() + 1)
                         .arg(plain.errorString())};
    regex.m_whole.optimize();
    return regex;
}

Result<QStringList> Regex::matchWhole(const QString& text) const
{
    const auto match = m_whole.match(text);
    if (!match.isValid())
        return Error{Error::Kind::Script, QStringLiteral("the pattern needs too much work on a value"),
                     QStringLiteral("Simplify it; nested repetitions such as (a+)+ are the usual reason")};
    return match.hasMatch() ? match.capturedTexts() : QStringList();
}

} // namespace script
