#include "core/dicom/new_uid.h"

#include <QCryptographicHash>
#include <QMessageAuthenticationCode>
#include <QtEndian>
#include <array>

namespace dicom {

namespace {

/// The decimal digits of a number in 32-bit parts, the highest first: nine at a time, by long division.
QString decimal(std::array<quint32, 4> parts)
{
    constexpr quint32 billion = 1'000'000'000;
    std::array<quint32, 5> groups{}; // 2^128 has 39 digits
    for (quint32& group : groups) {
        quint64 remainder = 0;
        for (quint32& part : parts) {
            const quint64 current = (remainder << 32) | part;
            part = static_cast<quint32>(current / billion);
            remainder = current % billion;
        }
        group = static_cast<quint32>(remainder);
    }
    QByteArray digits;
    for (auto it = groups.crbegin(); it != groups.crend(); ++it)
        digits += QByteArray::number(*it).rightJustified(9, '0');
    qsizetype zeros = 0;
    while (zeros + 1 < digits.size() && digits[zeros] == '0')
        ++zeros;
    return QString::fromLatin1(digits.sliced(zeros));
}

} // namespace

QString uidOfNumber(const QByteArray& bytes)
{
    std::array<quint32, 4> parts{};
    for (size_t i = 0; i < parts.size(); ++i)
        parts[i] = qFromBigEndian<quint32>(bytes.constData() + 4 * i);
    return QStringLiteral("2.25.") + decimal(parts);
}

QString uidFromBytes(const QByteArray& bytes, int version)
{
    QByteArray uuid = bytes.first(16);
    uuid[6] = static_cast<char>((uuid[6] & 0x0F) | (version << 4));
    uuid[8] = static_cast<char>((uuid[8] & 0x3F) | 0x80);
    return uidOfNumber(uuid);
}

QString hashUid(const QString& text)
{
    return uidFromBytes(QCryptographicHash::hash(text.toUtf8(), QCryptographicHash::Sha1), 5);
}

QString seededUid(const QByteArray& seed, const QString& key)
{
    return uidFromBytes(QMessageAuthenticationCode::hash(key.toUtf8(), seed, QCryptographicHash::Sha256), 4);
}

QString mappedUid(const QByteArray& seed, const QString& old)
{
    return seededUid(seed, QStringLiteral("uid:") + old);
}

QString placedUid(const QByteArray& seed, const QByteArray& sopInstanceUid, int place)
{
    return seededUid(seed, QStringLiteral("place:%1:%2").arg(QString::fromLatin1(sopInstanceUid)).arg(place));
}

} // namespace dicom
