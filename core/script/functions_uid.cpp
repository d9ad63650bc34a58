// UIDs from hashes.

#include "core/script/functions.h"
#include "core/script/uid.h"

#include <QCryptographicHash>
#include <QMessageAuthenticationCode>

namespace script {

namespace {

/// The decimal digits of an unsigned big-endian number: repeated division by ten.
QString decimal(QByteArray bytes)
{
    QString digits;
    bool rest = true;
    while (rest) {
        rest = false;
        int remainder = 0;
        for (char& byte : bytes) {
            const int current = remainder * 256 + static_cast<unsigned char>(byte);
            byte = static_cast<char>(current / 10);
            remainder = current % 10;
            rest = rest || byte != 0;
        }
        digits.prepend(QChar(u'0' + remainder));
    }
    return digits;
}

} // namespace

QString uidFromBytes(const QByteArray& bytes, int version)
{
    QByteArray uuid = bytes.first(16);
    uuid[6] = static_cast<char>((uuid[6] & 0x0F) | (version << 4));
    uuid[8] = static_cast<char>((uuid[8] & 0x3F) | 0x80);
    return QStringLiteral("2.25.") + decimal(uuid);
}

QString hashUid(const QString& text)
{
    return uidFromBytes(QCryptographicHash::hash(text.toUtf8(), QCryptographicHash::Sha1), 5);
}

QString seededUid(const QByteArray& seed, const QString& key)
{
    return uidFromBytes(QMessageAuthenticationCode::hash(key.toUtf8(), seed, QCryptographicHash::Sha256), 4);
}

Result<Value> hashUidFunction(const Values& arguments)
{
    return arguments[0] ? Value(hashUid(*arguments[0])) : Value();
}

} // namespace script
