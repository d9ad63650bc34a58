#pragma once

#include "core/base/result.h"

#include <QtGlobal>

namespace script {

/// Bounds what a script may handle for one object, so that a hostile one ends with an error instead of
/// taking the memory: each value that is read, made or assigned costs its characters and a bit more.
class Budget {
public:
    static constexpr qsizetype most = qsizetype{1} << 25; ///< of characters
    static constexpr qsizetype perValue = 64; ///< about what a value costs besides its text

    /// Fails, with a reason for the user, once all is spent.
    Outcome spend(qsizetype characters)
    {
        m_spent += characters + perValue;
        return m_spent <= most
            ? Outcome(Done{})
            : Outcome(Error{Error::Kind::Script,
                            QStringLiteral("the script handles more than %1 million characters for this file")
                                .arg(most >> 20),
                            QStringLiteral("Look for values that grow from statement to statement")});
    }

private:
    qsizetype m_spent = 0;
};

} // namespace script
