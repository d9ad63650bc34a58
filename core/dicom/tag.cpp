#include "core/dicom/tag.h"

#include <QRegularExpression>

namespace dicom {

QString toString(Tag tag)
{
    return QStringLiteral("(%1,%2)")
        .arg(tag.group, 4, 16, QLatin1Char('0'))
        .arg(tag.element, 4, 16, QLatin1Char('0'))
        .toUpper();
}

std::optional<Tag> parseTag(QStringView text)
{
    static const QRegularExpression pattern(QStringLiteral(
        R"(^\s*(?:\(\s*([0-9A-Fa-f]{4})\s*,\s*([0-9A-Fa-f]{4})\s*\)|([0-9A-Fa-f]{4})\s*,?\s*([0-9A-Fa-f]{4}))\s*$)"));
    const auto match = pattern.match(text.toString());
    if (!match.hasMatch())
        return std::nullopt;
    const int first = match.capturedLength(1) > 0 ? 1 : 3;
    return Tag{static_cast<quint16>(match.captured(first).toUInt(nullptr, 16)),
               static_cast<quint16>(match.captured(first + 1).toUInt(nullptr, 16))};
}

} // namespace dicom
