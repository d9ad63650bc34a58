#include "core/dicom/text/code_extension.h"

#include <algorithm>

namespace dicom {

namespace {

constexpr char escape = '\x1b';

bool isControl(char16_t character)
{
    return character < 0x20 || character == 0x7f;
}

class Decoder {
public:
    Decoder(const CodeExtensions& extensions, QByteArrayView bytes, Vr vr)
        : m_extensions(extensions)
        , m_bytes(bytes)
        , m_vr(vr)
        , m_g0(extensions.g0)
        , m_g1(extensions.g1)
    {
    }

    QString run()
    {
        m_text.reserve(m_bytes.size());
        while (m_at < m_bytes.size())
            step();
        return m_text;
    }
    bool damaged() const { return m_damaged; }

private:
    void step();
    void takeEscape();
    void takeCharacter(GraphicSet set);
    void takeMeaningless(qsizetype count);
    GraphicSet rightSet();
    quint8 byte(qsizetype at) const { return static_cast<quint8>(m_bytes[at]); }

    const CodeExtensions& m_extensions;
    const QByteArrayView m_bytes;
    const Vr m_vr;
    GraphicSet m_g0;
    GraphicSet m_g1;
    GraphicSet m_lastG1 = GraphicSet::None;
    qsizetype m_at = 0;
    QString m_text;
    bool m_damaged = false;
};

void Decoder::step()
{
    const quint8 first = byte(m_at);
    // Inside a two-byte set the codes of delimiters are halves of characters.
    const bool delimiter = info(m_g0).width == 1 && isDelimiter(m_vr, first);
    if (first == escape) {
        takeEscape();
    } else if (isControl(first) || delimiter) {
        m_g0 = m_extensions.g0;
        m_g1 = m_extensions.g1;
        m_text += QChar(char16_t{first});
        ++m_at;
    } else if (first == ' ') {
        m_text += u' ';
        ++m_at;
    } else {
        takeCharacter(first < 0x80 ? m_g0 : rightSet());
    }
}

void Decoder::takeEscape()
{
    const auto [set, length] = escapeAt(m_bytes.sliced(m_at));
    if (set == GraphicSet::None)
        return takeMeaningless(1);
    // The Latin halves are used to come back from kanji without being declared.
    const bool comesBack = set == GraphicSet::Ascii || set == GraphicSet::JisRoman;
    m_damaged = m_damaged || (!comesBack && !m_extensions.allows(set));
    if (info(set).right)
        m_g1 = m_lastG1 = set;
    else
        m_g0 = set;
    m_at += length;
}

// Bytes A0-FF with nothing invoked: an escape sequence was left out, mostly after "^" or "=".
GraphicSet Decoder::rightSet()
{
    if (m_g1 != GraphicSet::None)
        return m_g1;
    m_damaged = true;
    return m_lastG1 != GraphicSet::None ? m_lastG1 : m_extensions.anyRight();
}

void Decoder::takeCharacter(GraphicSet set)
{
    const quint8 first = byte(m_at);
    const int half = first & 0x80;
    if (half && first < 0xa0)
        return takeMeaningless(1);
    quint16 code = first & 0x7f;
    if (info(set).width == 2) {
        const bool paired = m_at + 1 < m_bytes.size() && (byte(m_at + 1) & 0x80) == half
            && (byte(m_at + 1) & 0x7f) > 0x20 && (byte(m_at + 1) & 0x7f) < 0x7f;
        if (!paired)
            return takeMeaningless(1);
        code = static_cast<quint16>(code << 8 | (byte(m_at + 1) & 0x7f));
    }
    const char16_t character = toUnicode(set, code);
    if (!character)
        return takeMeaningless(info(set).width);
    m_text += QChar(character);
    m_at += info(set).width;
}

void Decoder::takeMeaningless(qsizetype count)
{
    m_text += QChar(QChar::ReplacementCharacter);
    m_damaged = true;
    m_at += count;
}

class Encoder {
public:
    Encoder(const CodeExtensions& extensions, Vr vr)
        : m_extensions(extensions)
        , m_vr(vr)
        , m_g0(extensions.g0)
        , m_initialG1(info(extensions.g1).width == 1 ? extensions.g1 : GraphicSet::None)
        , m_g1(m_initialG1)
    {
    }

    bool add(char16_t character);
    void addDelimiter(char16_t character)
    {
        comeBack();
        m_bytes += static_cast<char>(character);
    }
    QByteArray finish()
    {
        comeBack();
        return m_bytes;
    }

private:
    bool addFrom(GraphicSet set, char16_t character);
    void invoke(GraphicSet set);
    void comeBack();

    const CodeExtensions& m_extensions;
    const Vr m_vr;
    GraphicSet m_g0;
    // A two-byte set has no place in the first value, so text in it gets its escape sequence even then.
    const GraphicSet m_initialG1;
    GraphicSet m_g1;
    QByteArray m_bytes;
};

bool Encoder::add(char16_t character)
{
    if (addFrom(m_g0, character) || addFrom(m_g1, character) || addFrom(m_extensions.g0, character)
        || addFrom(m_extensions.g1, character))
        return true;
    return std::any_of(m_extensions.further.begin(), m_extensions.further.end(),
                       [&](GraphicSet set) { return addFrom(set, character); });
}

bool Encoder::addFrom(GraphicSet set, char16_t character)
{
    const quint16 code = fromUnicode(set, character);
    // The code of the yen sign would separate values.
    if (!code || (set == GraphicSet::JisRoman && isDelimiter(m_vr, code)))
        return false;
    invoke(set);
    const int half = info(set).right ? 0x80 : 0;
    if (info(set).width == 2)
        m_bytes += static_cast<char>(code >> 8 | half);
    m_bytes += static_cast<char>((code & 0xff) | half);
    return true;
}

void Encoder::invoke(GraphicSet set)
{
    GraphicSet& current = info(set).right ? m_g1 : m_g0;
    if (current == set)
        return;
    m_bytes += info(set).escape.toByteArray();
    current = set;
}

void Encoder::comeBack()
{
    invoke(m_extensions.g0);
    if (m_initialG1 != GraphicSet::None)
        invoke(m_initialG1);
    m_g1 = m_initialG1;
}

} // namespace

bool CodeExtensions::allows(GraphicSet set) const
{
    return set == g0 || set == g1 || further.contains(set);
}

GraphicSet CodeExtensions::anyRight() const
{
    if (g1 != GraphicSet::None)
        return g1;
    const auto it =
        std::find_if(further.begin(), further.end(), [](GraphicSet set) { return info(set).right; });
    return it == further.end() ? GraphicSet::None : *it;
}

bool isDelimiter(Vr vr, char16_t character)
{
    return (character == u'\\' && info(vr).multiple)
        || ((character == u'^' || character == u'=') && vr == Vr::PN);
}

QString decodeExtended(const CodeExtensions& extensions, const QByteArray& bytes, Vr vr, bool* damaged)
{
    Decoder decoder(extensions, bytes, vr);
    QString text = decoder.run();
    *damaged = decoder.damaged();
    return text;
}

std::optional<QByteArray> encodeExtended(const CodeExtensions& extensions, QStringView text, Vr vr,
                                         QString* offending)
{
    Encoder encoder(extensions, vr);
    for (qsizetype i = 0; i < text.size(); ++i) {
        const char16_t character = text[i].unicode();
        if (character != escape && (isControl(character) || isDelimiter(vr, character))) {
            encoder.addDelimiter(character);
        } else if (!encoder.add(character)) {
            const bool pair =
                text[i].isHighSurrogate() && i + 1 < text.size() && text[i + 1].isLowSurrogate();
            *offending = text.mid(i, pair ? 2 : 1).toString();
            return std::nullopt;
        }
    }
    return encoder.finish();
}

} // namespace dicom
