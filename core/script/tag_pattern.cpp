#include "core/script/tag_pattern.h"

namespace script {

namespace {

struct Digit {
    quint32 mask;
    quint32 bits;
};

Digit digit(QChar c)
{
    if (c == u'X')
        return {0x0, 0x0};
    if (c == u'#')
        return {0x1, 0x1};
    if (c == u'@')
        return {0x1, 0x0};
    return {0xF, QString(c).toUInt(nullptr, 16)};
}

} // namespace

TagPattern::TagPattern(const QString& text)
{
    for (const QChar c : text.mid(1, 4) + text.mid(6, 4)) {
        const auto [mask, bits] = digit(c);
        m_mask = (m_mask << 4) | mask;
        m_bits = (m_bits << 4) | bits;
        m_exact = m_exact && mask == 0xF;
    }
}

} // namespace script
