#pragma once

#include <QString>
#include <QStringDecoder>

/// The text that toUtf8() made the bytes of, to the character: QString::fromUtf8() drops a byte order mark at
/// the beginning, which names of files may have.
inline QString fromExactUtf8(QByteArrayView bytes)
{
    QStringDecoder decoder(QStringDecoder::Utf8, QStringDecoder::Flag::ConvertInitialBom);
    return decoder.decode(bytes);
}
