#include "core/dicom/text/graphic_set.h"

#include <QHash>
#include <QStringDecoder>
#include <algorithm>
#include <array>
#include <memory>
#include <mutex>
#include <vector>

namespace dicom {

namespace {

constexpr size_t setCount = static_cast<size_t>(GraphicSet::Gb2312) + 1;

constexpr std::array<GraphicSetInfo, setCount> sets{{
    {GraphicSet::None, false, 1, nullptr, {}},
    {GraphicSet::Ascii, false, 1, nullptr, "\x1b(B"},
    {GraphicSet::JisRoman, false, 1, nullptr, "\x1b(J"},
    {GraphicSet::Latin1, true, 1, "ISO-8859-1", "\x1b-A"},
    {GraphicSet::Latin2, true, 1, "ISO-8859-2", "\x1b-B"},
    {GraphicSet::Latin3, true, 1, "ISO-8859-3", "\x1b-C"},
    {GraphicSet::Latin4, true, 1, "ISO-8859-4", "\x1b-D"},
    {GraphicSet::Cyrillic, true, 1, "ISO-8859-5", "\x1b-L"},
    {GraphicSet::Arabic, true, 1, "ISO-8859-6", "\x1b-G"},
    {GraphicSet::Greek, true, 1, "ISO-8859-7", "\x1b-F"},
    {GraphicSet::Hebrew, true, 1, "ISO-8859-8", "\x1b-H"},
    {GraphicSet::Latin5, true, 1, "ISO-8859-9", "\x1b-M"},
    {GraphicSet::Latin9, true, 1, "ISO-8859-15", "\x1b-b"},
    {GraphicSet::Thai, true, 1, nullptr, "\x1b-T"},
    {GraphicSet::Katakana, true, 1, nullptr, "\x1b)I"},
    {GraphicSet::Jis0208, false, 2, "EUC-JP", "\x1b$B"},
    {GraphicSet::Jis0212, false, 2, "EUC-JP", "\x1b$(D"},
    {GraphicSet::Ksx1001, true, 2, "EUC-KR", "\x1b$)C"},
    {GraphicSet::Gb2312, true, 2, "GB2312", "\x1b$)A"},
}};

struct Substitute {
    GraphicSet set;
    quint16 code;
    char16_t character;
};

// Where platforms give a vendor's mapping, the character that the national standard names.
constexpr Substitute substitutes[] = {
    {GraphicSet::Jis0208, 0x2141, u'\u301c'}, // WAVE DASH
    {GraphicSet::Jis0208, 0x2142, u'\u2016'}, // DOUBLE VERTICAL LINE
    {GraphicSet::Jis0208, 0x215d, u'\u2212'}, // MINUS SIGN
    {GraphicSet::Jis0208, 0x2171, u'\u00a2'}, // CENT SIGN
    {GraphicSet::Jis0208, 0x2172, u'\u00a3'}, // POUND SIGN
    {GraphicSet::Jis0208, 0x224c, u'\u00ac'}, // NOT SIGN
    {GraphicSet::Ksx1001, 0x2266, u'\u20ac'}, // EURO SIGN
    {GraphicSet::Ksx1001, 0x2267, u'\u00ae'}, // REGISTERED SIGN
    {GraphicSet::Ksx1001, 0x2268, u'\u327e'}, // CIRCLED HANGUL IEUNG U
    {GraphicSet::Gb2312, 0x2327, u'\uff07'}, // FULLWIDTH APOSTROPHE
    {GraphicSet::JisRoman, 0x5c, u'\u00a5'}, // YEN SIGN
    {GraphicSet::JisRoman, 0x7e, u'\u203e'}, // OVERLINE
};

struct CodeRange {
    GraphicSet set;
    quint16 first;
    quint16 last;
};

// What later editions and vendors added to the registered sets: read, but never written.
constexpr CodeRange additions[] = {
    {GraphicSet::Greek, 0x24, 0x25}, // EURO SIGN, DRACHMA SIGN
    {GraphicSet::Greek, 0x2a, 0x2a}, // GREEK YPOGEGRAMMENI
    {GraphicSet::Hebrew, 0x7d, 0x7e}, // directional marks
    {GraphicSet::Jis0208, 0x2921, 0x2f7e}, // NEC's row 13
    {GraphicSet::Jis0208, 0x7521, 0x7e7e}, // NEC's and IBM's kanji
    {GraphicSet::Jis0212, 0x6e21, 0x7e7e}, // IBM's kanji
    {GraphicSet::Gb2312, 0x7821, 0x7e7e}, // small roman numerals
    {GraphicSet::Ksx1001, 0x2266, 0x227e}, // EURO SIGN, REGISTERED SIGN, postal code mark
};

class CodeTable {
public:
    explicit CodeTable(const GraphicSetInfo& about);
    char16_t character(quint16 code) const { return code < m_characters.size() ? m_characters[code] : u'\0'; }
    quint16 code(char16_t character) const { return m_codes.value(character); }

private:
    std::vector<char16_t> m_characters;
    QHash<char16_t, quint16> m_codes;
};

bool isAddition(GraphicSet set, quint16 code)
{
    return std::any_of(std::begin(additions), std::end(additions), [&](const CodeRange& range) {
        return range.set == set && range.first <= code && code <= range.last;
    });
}

QByteArray platformBytes(const GraphicSetInfo& about, quint16 code)
{
    QByteArray bytes;
    if (about.set == GraphicSet::Jis0212)
        bytes += '\x8f'; // EUC-JP's prefix of its third code set
    if (about.width == 2)
        bytes += static_cast<char>((code >> 8) | 0x80);
    bytes += static_cast<char>((code & 0xff) | 0x80);
    return bytes;
}

char16_t ownCharacter(GraphicSet set, quint16 code)
{
    switch (set) {
    case GraphicSet::Ascii:
    case GraphicSet::JisRoman:
        return code < 0x7f ? code : u'\0';
    case GraphicSet::Katakana:
        return code >= 0x21 && code <= 0x5f ? static_cast<char16_t>(0xff61 + code - 0x21) : u'\0';
    case GraphicSet::Thai:
        return (code >= 0x21 && code <= 0x5a) || (code >= 0x5f && code <= 0x7b)
            ? static_cast<char16_t>(0x0e01 + code - 0x21)
            : u'\0';
    default:
        return u'\0';
    }
}

char16_t platformCharacter(const GraphicSetInfo& about, QStringDecoder& decoder, quint16 code)
{
    const QString text = decoder.decode(platformBytes(about, code));
    const bool failed = decoder.hasError();
    decoder.resetState();
    if (failed || text.size() != 1)
        return u'\0';
    const QChar character = text.front();
    const bool privateUse = character.category() == QChar::Other_PrivateUse;
    const bool meaningless =
        character == QChar::ReplacementCharacter || character.unicode() < 0xa0 || privateUse;
    return meaningless ? u'\0' : character.unicode();
}

CodeTable::CodeTable(const GraphicSetInfo& about)
{
    m_characters.resize(about.width == 2 ? 0x7f7f : 0x80);
    QStringDecoder decoder;
    if (about.converter)
        decoder = QStringDecoder(about.converter, QStringConverter::Flag::Stateless);
    const auto fill = [&](quint16 code) {
        m_characters[code] = about.converter && decoder.isValid() ? platformCharacter(about, decoder, code)
                                                                  : ownCharacter(about.set, code);
    };
    if (about.width == 2)
        for (quint16 row = 0x21; row < 0x7f; ++row)
            for (quint16 cell = 0x21; cell < 0x7f; ++cell)
                fill(static_cast<quint16>(row << 8 | cell));
    else
        for (quint16 code = 0x20; code < 0x80; ++code)
            fill(code);
    for (const Substitute& substitute : substitutes)
        if (substitute.set == about.set)
            m_characters[substitute.code] = substitute.character;
    const auto codes = static_cast<quint16>(m_characters.size());
    for (quint16 code = 0; code < codes; ++code)
        if (m_characters[code] && !isAddition(about.set, code) && !m_codes.contains(m_characters[code]))
            m_codes.insert(m_characters[code], code);
}

const CodeTable& tableOf(GraphicSet set)
{
    static std::array<std::once_flag, setCount> flags;
    static std::array<std::unique_ptr<const CodeTable>, setCount> tables;
    const auto index = static_cast<size_t>(set);
    std::call_once(flags.at(index), [&] { tables.at(index) = std::make_unique<CodeTable>(info(set)); });
    return *tables.at(index);
}

} // namespace

const GraphicSetInfo& info(GraphicSet set)
{
    return sets.at(static_cast<size_t>(set));
}

std::pair<GraphicSet, int> escapeAt(QByteArrayView bytes)
{
    for (const GraphicSetInfo& about : sets)
        if (!about.escape.isEmpty() && bytes.startsWith(about.escape))
            return {about.set, static_cast<int>(about.escape.size())};
    for (const QByteArrayView other : {QByteArrayView("\x1b$@"), QByteArrayView("\x1b$(B")})
        if (bytes.startsWith(other))
            return {GraphicSet::Jis0208, static_cast<int>(other.size())};
    return {GraphicSet::None, 0};
}

char16_t toUnicode(GraphicSet set, quint16 code)
{
    return tableOf(set).character(code);
}

quint16 fromUnicode(GraphicSet set, char16_t character)
{
    return tableOf(set).code(character);
}

} // namespace dicom
