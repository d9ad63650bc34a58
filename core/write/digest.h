#pragma once

#include "core/base/result.h"

#include <QByteArray>
#include <memory>

struct XXH3_state_s;

namespace writer {

/// Tells the contents of files apart: XXH3 with 128 bits, which is as fast as the files are read. It is not
/// made to keep forgers out: whoever may write into a folder can change its files and its journal alike.
class Digest {
public:
    Digest();
    ~Digest();
    Digest(const Digest&) = delete;
    Digest& operator=(const Digest&) = delete;

    void add(QByteArrayView bytes);
    /// Of all that was added.
    QByteArray result() const;

private:
    struct Free {
        void operator()(XXH3_state_s* state) const;
    };
    std::unique_ptr<XXH3_state_s, Free> m_state;
};

/// Of a file's content. Fails with Unreadable.
Result<QByteArray> digestOf(const QString& path);

} // namespace writer
