#include "core/dicom/text/chinese_text.h"

#include <QStringDecoder>
#include <QStringEncoder>
#include <algorithm>

namespace dicom {

namespace {

const char* converterName(ChineseEncoding encoding)
{
    return encoding == ChineseEncoding::Gb18030 ? "GB18030" : "GBK";
}

bool within(QByteArrayView bytes, qsizetype at, int first, int last)
{
    if (at >= bytes.size())
        return false;
    const int byte = static_cast<quint8>(bytes[at]);
    return first <= byte && byte <= last;
}

/// The length of the character at the start of the bytes by form alone; 0 when they have no such form.
int lengthOfFirst(ChineseEncoding encoding, QByteArrayView bytes)
{
    if (within(bytes, 0, 0x00, 0x7f))
        return 1;
    if (!within(bytes, 0, 0x81, 0xfe))
        return 0;
    if (within(bytes, 1, 0x40, 0xfe) && !within(bytes, 1, 0x7f, 0x7f))
        return 2;
    const bool four = encoding == ChineseEncoding::Gb18030 && within(bytes, 1, 0x30, 0x39)
        && within(bytes, 2, 0x81, 0xfe) && within(bytes, 3, 0x30, 0x39);
    return four ? 4 : 0;
}

/// The one character in the bytes; empty when they stand for none.
QString decodeOne(QStringDecoder& decoder, QByteArrayView bytes)
{
    const QString text = decoder.decode(bytes);
    const bool failed = decoder.hasError();
    decoder.resetState();
    const bool one = text.size() == 1 || (text.size() == 2 && text[0].isHighSurrogate());
    return failed || !one || text[0] == u'\x1a' || text[0] == QChar::ReplacementCharacter ? QString() : text;
}

} // namespace

QString decodeChinese(ChineseEncoding encoding, const QByteArray& bytes, bool* damaged)
{
    QStringDecoder decoder(converterName(encoding), QStringConverter::Flag::Stateless);
    QString text;
    for (qsizetype at = 0; at < bytes.size();) {
        const QByteArrayView rest = QByteArrayView(bytes).sliced(at);
        const int length = lengthOfFirst(encoding, rest);
        const QString one = length == 1 ? QString(QLatin1Char(rest[0]))
            : length == 0               ? QString()
                                        : decodeOne(decoder, rest.first(length));
        *damaged = *damaged || one.isEmpty();
        text += one.isEmpty() ? QString(QChar(QChar::ReplacementCharacter)) : one;
        at += std::max(length, 1);
    }
    return text;
}

std::optional<QByteArray> encodeChinese(ChineseEncoding encoding, const QString& text, QString* offending)
{
    QStringEncoder encoder(converterName(encoding), QStringConverter::Flag::Stateless);
    QByteArray bytes;
    for (qsizetype i = 0; i < text.size();) {
        const bool pair = text[i].isHighSurrogate() && i + 1 < text.size() && text[i + 1].isLowSurrogate();
        const QString one = text.mid(i, pair ? 2 : 1);
        const bool ascii = one[0].unicode() < 0x80;
        const QByteArray encoded = ascii ? one.toLatin1() : QByteArray(encoder.encode(one));
        encoder.resetState();
        // Reading back tells what the platform only approximates.
        bool damaged = false;
        if (one[0] == u'\x1b' || (!ascii && decodeChinese(encoding, encoded, &damaged) != one)) {
            *offending = one;
            return std::nullopt;
        }
        bytes += encoded;
        i += one.size();
    }
    return bytes;
}

} // namespace dicom
