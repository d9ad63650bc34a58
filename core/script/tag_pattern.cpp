#include "core/script/tag_pattern.h"

namespace script {

namespace {

struct Digit {
    quint32 mask;
    quint32 bits;
};

Digit digit(QChar c)
{
    if (c == u'X' || c == u'x')
        return {0x0, 0x0};
    if (c == u'#')
        return {0x1, 0x1};
    if (c == u'@')
        return {0x1, 0x0};
    return {0xF, QString(c).toUInt(nullptr, 16)};
}

} // namespace

TagPattern::TagPattern(const QString& digits)
    : m_digits(digits)
{
    const bool anyBlock = QStringView(digits).sliced(4).startsWith(u"{}");
    for (qsizetype i = 0; i < digits.size(); ++i) {
        const bool block = anyBlock && (i == 4 || i == 5);
        const auto [mask, bits] = block ? Digit{0, 0} : digit(digits[i]);
        m_mask = (m_mask << 4) | mask;
        m_bits = (m_bits << 4) | bits;
        m_exact = m_exact && (block || mask == 0xF);
    }
}

QString TagPattern::toString(bool byCreator, const QString& creator) const
{
    const QString group = m_digits.first(4);
    return byCreator ? QStringLiteral("(%1,{%2}%3)").arg(group, creator, m_digits.sliced(6))
                     : QStringLiteral("(%1,%2)").arg(group, m_digits.sliced(4));
}

} // namespace script
