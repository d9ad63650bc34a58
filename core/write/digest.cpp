#include "core/write/digest.h"

#include <QFile>
#include <xxhash.h>

namespace writer {

Digest::Digest()
    : m_state(XXH3_createState())
{
    if (!m_state)
        qFatal("There is not enough memory for a digest");
    XXH3_128bits_reset(m_state.get());
}

Digest::~Digest() = default;

void Digest::Free::operator()(XXH3_state_s* state) const
{
    XXH3_freeState(state);
}

void Digest::add(QByteArrayView bytes)
{
    XXH3_128bits_update(m_state.get(), bytes.data(), static_cast<size_t>(bytes.size()));
}

QByteArray Digest::result() const
{
    XXH128_canonical_t bytes;
    XXH128_canonicalFromHash(&bytes, XXH3_128bits_digest(m_state.get()));
    return {reinterpret_cast<const char*>(bytes.digest), sizeof bytes.digest};
}

Result<QByteArray> digestOf(const QString& path)
{
    constexpr qsizetype atOnce = 256LL * 1024;
    QFile file(path);
    Digest digest;
    qint64 length = file.open(QIODevice::ReadOnly | QIODevice::Unbuffered) ? 0 : -1;
    QByteArray part(atOnce, Qt::Uninitialized);
    while (length >= 0 && (length = file.read(part.data(), part.size())) > 0)
        digest.add(QByteArrayView(part).first(length));
    if (length < 0)
        return Error{
            Error::Kind::Unreadable, QStringLiteral("cannot be read: %1").arg(file.errorString()), {}, path};
    return digest.result();
}

} // namespace writer
