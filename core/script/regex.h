#pragma once

#include "core/base/result.h"

#include <QRegularExpression>
#include <QStringList>
#include <vector>

namespace script {

/// A compiled pattern whose work is bounded: a match that reaches the bound is
/// an error, never "no match". What means one thing in the original engines and another one here is refused.
class Regex {
public:
    /// Fails with the reason and the place in the pattern, without quoting it.
    static Result<Regex> compile(const QString& pattern);

    Result<bool> matches(const QString& text) const;
    /// The groups of a match (null strings for those that took no part); empty when the text does not match.
    Result<QStringList> groupsOf(const QString& text) const;
    /// The same for the first place in the text where the pattern fits.
    Result<QStringList> groupsOfFirst(const QString& text) const;
    int groups() const { return m_bounded.front().whole.captureCount(); }

private:
    struct Bounded {
        qsizetype longest; ///< text that it is for
        QRegularExpression whole;
        QRegularExpression anywhere;
    };
    explicit Regex(const QString& pattern);
    const Bounded* forText(const QString& text) const;
    std::vector<Bounded> m_bounded; ///< the longer the text, the fewer steps
};

} // namespace script
