#pragma once

#include <QByteArray>
#include <QString>
#include <optional>

namespace dicom {

enum class ChineseEncoding : quint8 { Gb18030, Gbk };

/// Never fails: bytes without meaning become U+FFFD and set *damaged. ASCII bytes stand for themselves,
/// except as later bytes of a character, where even a backslash can occur.
QString decodeChinese(ChineseEncoding encoding, const QByteArray& bytes, bool* damaged);
/// nullopt and *offending set to the first character that the encoding does not hold. Both are thread-safe.
std::optional<QByteArray> encodeChinese(ChineseEncoding encoding, const QString& text, QString* offending);

} // namespace dicom
