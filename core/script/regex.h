#pragma once

#include "core/result.h"

#include <QRegularExpression>
#include <QStringList>

namespace script {

/// A compiled pattern whose work is bounded: a match that reaches the engine's limit is an error, never "no
/// match".
class Regex {
public:
    /// Fails with the reason and the place in the pattern.
    static Result<Regex> compile(const QString& pattern);

    /// The groups of a match of the whole text (null strings for groups that took no part); empty when it
    /// does not match.
    Result<QStringList> matchWhole(const QString& text) const;
    int groups() const { return m_whole.captureCount(); }

private:
    explicit Regex(const QString& pattern);
    QRegularExpression m_whole;
};

} // namespace script
