#include "core/dicom/text/character_set.h"

#include "core/dicom/text/chinese_text.h"

#include <QRegularExpression>
#include <QStringDecoder>
#include <algorithm>

namespace dicom {

/// A row of PS3.3 Tables C.12-2 to C.12-5.
struct CharacterSet::Term {
    const char* number; ///< of the registration, or the whole name
    const char* alone; ///< the Defined Term without code extensions; null when there is none
    const char* extended; ///< the Defined Term with code extensions; null when there is none
    const char* encoding; ///< a common name that gets written in place of the Defined Term; may be null
    Scheme scheme = Scheme::Extended;
    GraphicSet g0 = GraphicSet::None;
    GraphicSet g1 = GraphicSet::None;
};

const CharacterSet::Term* CharacterSet::findTerm(QByteArrayView value)
{
    using enum GraphicSet;
    static constexpr Term table[] = {
        {"6", "ISO_IR 6", "ISO 2022 IR 6", "ASCII", Scheme::Extended, Ascii, None},
        {"100", "ISO_IR 100", "ISO 2022 IR 100", "ISO88591", Scheme::Extended, Ascii, Latin1},
        {"101", "ISO_IR 101", "ISO 2022 IR 101", "ISO88592", Scheme::Extended, Ascii, Latin2},
        {"109", "ISO_IR 109", "ISO 2022 IR 109", "ISO88593", Scheme::Extended, Ascii, Latin3},
        {"110", "ISO_IR 110", "ISO 2022 IR 110", "ISO88594", Scheme::Extended, Ascii, Latin4},
        {"144", "ISO_IR 144", "ISO 2022 IR 144", "ISO88595", Scheme::Extended, Ascii, Cyrillic},
        {"127", "ISO_IR 127", "ISO 2022 IR 127", "ISO88596", Scheme::Extended, Ascii, Arabic},
        {"126", "ISO_IR 126", "ISO 2022 IR 126", "ISO88597", Scheme::Extended, Ascii, Greek},
        {"138", "ISO_IR 138", "ISO 2022 IR 138", "ISO88598", Scheme::Extended, Ascii, Hebrew},
        {"148", "ISO_IR 148", "ISO 2022 IR 148", "ISO88599", Scheme::Extended, Ascii, Latin5},
        {"203", "ISO_IR 203", "ISO 2022 IR 203", "ISO885915", Scheme::Extended, Ascii, Latin9},
        {"166", "ISO_IR 166", "ISO 2022 IR 166", "TIS620", Scheme::Extended, Ascii, Thai},
        {"13", "ISO_IR 13", "ISO 2022 IR 13", nullptr, Scheme::Extended, JisRoman, Katakana},
        {"87", nullptr, "ISO 2022 IR 87", nullptr, Scheme::Extended, Jis0208, None},
        {"159", nullptr, "ISO 2022 IR 159", nullptr, Scheme::Extended, Jis0212, None},
        {"149", nullptr, "ISO 2022 IR 149", nullptr, Scheme::Extended, None, Ksx1001},
        {"58", nullptr, "ISO 2022 IR 58", nullptr, Scheme::Extended, None, Gb2312},
        {"192", "ISO_IR 192", nullptr, "UTF8", Scheme::Utf8},
        {"GB18030", "GB18030", nullptr, nullptr, Scheme::Gb18030},
        {"GBK", "GBK", nullptr, nullptr, Scheme::Gbk},
    };
    // What is left of "ISO_IR 100", "ISO-IR 100", "ISO 2022 IR 100", "ISO_IR 2022 IR 100" … without
    // separators.
    static const QRegularExpression registration(QStringLiteral("^(?:ISO)?(?:IR)?(?:2022)?(?:IR)?([0-9]+)$"));
    static const QRegularExpression separators(QStringLiteral("[^A-Z0-9]"));
    const QString name = QString::fromLatin1(value).toUpper().remove(separators);
    const auto match = registration.match(name);
    const QString number = match.hasMatch() ? match.captured(1) : name;
    for (const Term& term : table)
        if (number == QLatin1StringView(term.number)
            || (term.encoding && name == QLatin1StringView(term.encoding)))
            return &term;
    return nullptr;
}

namespace {

constexpr QByteArrayView padding(" \0", 2);

QByteArray withoutPadding(QByteArray value)
{
    while (!value.isEmpty() && padding.contains(value.back()))
        value.chop(1);
    return value;
}

bool isPlainAscii(QByteArrayView bytes)
{
    return std::all_of(bytes.begin(), bytes.end(),
                       [](char byte) { return static_cast<quint8>(byte) < 0x80 && byte != '\x1b'; });
}

QString decodeUtf8(const QByteArray& bytes, bool* damaged)
{
    using Flag = QStringConverter::Flag;
    QStringDecoder decoder(QStringConverter::Utf8, Flag::Stateless | Flag::ConvertInitialBom);
    const QString text = decoder.decode(bytes);
    *damaged = decoder.hasError();
    return text;
}

std::optional<QByteArray> encodeUtf8(const QString& text, QString* offending)
{
    for (qsizetype i = 0; i < text.size(); ++i) {
        const bool pair = text[i].isHighSurrogate() && i + 1 < text.size() && text[i + 1].isLowSurrogate();
        if (text[i] == u'\x1b' || (text[i].isSurrogate() && !pair)) {
            *offending = text[i];
            return std::nullopt;
        }
        i += pair ? 1 : 0;
    }
    return text.toUtf8();
}

// Nothing says what the bytes are; people still want to read something.
QString decodeUndeclared(const QByteArray& bytes, bool* damaged)
{
    QString text = decodeUtf8(bytes, damaged);
    if (*damaged)
        text = QString::fromLatin1(bytes);
    *damaged = true;
    return text;
}

// Shift_JIS is what many a Japanese program writes where ISO_IR 13 stands.
std::optional<QString> decodeShiftJis(const QByteArray& bytes)
{
    QStringDecoder decoder("Shift_JIS", QStringConverter::Flag::Stateless);
    if (!decoder.isValid())
        return std::nullopt;
    const QString text = decoder.decode(bytes);
    const bool understood =
        !decoder.hasError() && !text.contains(QChar::ReplacementCharacter) && !text.contains(u'\x1a');
    return understood ? std::optional(text) : std::nullopt;
}

QString withoutEscapes(QString text, bool* damaged)
{
    *damaged = *damaged || text.contains(u'\x1b');
    return text.replace(u'\x1b', QChar(QChar::ReplacementCharacter));
}

} // namespace

CharacterSet CharacterSet::fromValue(const QByteArray& value)
{
    CharacterSet set;
    set.m_value = withoutPadding(value);
    if (set.m_value.isEmpty())
        return set;
    bool first = true;
    for (const QByteArray& part : set.m_value.split('\\')) {
        const QByteArray word = withoutPadding(part).trimmed();
        const Term* term = word.isEmpty() ? nullptr : findTerm(word);
        if (term) {
            // "ISO 2022 IR 100" is a term of its own; whatever else mentions 2022 is a misspelling of it.
            const bool extended = term->extended && (!term->alone || word.contains("2022"));
            set.m_terms += QString::fromLatin1(extended ? term->extended : term->alone);
            set.declare(*term, first);
        } else {
            set.m_terms += QString::fromLatin1(word);
            if (!word.isEmpty())
                set.m_unknownTerms += QString::fromLatin1(word);
        }
        first = false;
    }
    return set;
}

CharacterSet CharacterSet::utf8()
{
    return fromValue("ISO_IR 192");
}

bool CharacterSet::isDefault() const
{
    return m_scheme == Scheme::Extended && m_extensions == CodeExtensions() && m_unknownTerms.isEmpty();
}

void CharacterSet::declare(const Term& term, bool first)
{
    if (term.scheme != Scheme::Extended) {
        // Sets without code extensions stand alone; behind one that declares characters they mean nothing.
        if (m_scheme == Scheme::Extended && m_extensions == CodeExtensions())
            m_scheme = term.scheme;
        return;
    }
    const bool initial = first && info(term.g0).width == 1;
    if (initial && term.g0 != GraphicSet::None)
        m_extensions.g0 = term.g0;
    if (initial)
        m_extensions.g1 = term.g1;
    for (const GraphicSet set : {term.g0, term.g1})
        if (set != GraphicSet::None && !m_extensions.allows(set))
            m_extensions.further += set;
}

QString CharacterSet::decode(const QByteArray& bytes, Vr vr, bool* damaged) const
{
    bool ignored = false;
    bool& flag = damaged ? *damaged : ignored;
    flag = false;
    const bool ascii = info(vr).content == VrInfo::Content::Ascii;
    const bool plain = isPlainAscii(bytes);
    if (plain && (ascii || m_extensions.g0 != GraphicSet::JisRoman || m_scheme != Scheme::Extended))
        return QString::fromLatin1(bytes);
    return ascii ? withoutEscapes(decodeUndeclared(bytes, &flag), &flag) : decodeText(bytes, vr, &flag);
}

QString CharacterSet::decodeText(const QByteArray& bytes, Vr vr, bool* damaged) const
{
    switch (m_scheme) {
    case Scheme::Utf8:
        return withoutEscapes(decodeUtf8(bytes, damaged), damaged);
    case Scheme::Gb18030:
        return withoutEscapes(decodeChinese(ChineseEncoding::Gb18030, bytes, damaged), damaged);
    case Scheme::Gbk:
        return withoutEscapes(decodeChinese(ChineseEncoding::Gbk, bytes, damaged), damaged);
    case Scheme::Extended:
        break;
    }
    const bool escapes = bytes.contains('\x1b');
    if (!escapes && m_extensions.anyRight() == GraphicSet::None)
        return decodeUndeclared(bytes, damaged);
    QString text = decodeExtended(m_extensions, bytes, vr, damaged);
    if (*damaged && !escapes && m_extensions.g1 == GraphicSet::Katakana)
        return decodeShiftJis(bytes).value_or(text);
    return text;
}

std::optional<QByteArray> CharacterSet::encode(const QString& text, Vr vr, QString* offending) const
{
    QString ignored;
    QString* first = offending ? offending : &ignored;
    // The bytes of nearly all text, whatever is declared but for JIS X 0201.
    const bool isPlain =
        std::all_of(text.begin(), text.end(), [](QChar c) { return c.unicode() < 0x80 && c != u'\x1b'; });
    if (isPlain && (m_extensions.g0 != GraphicSet::JisRoman || m_scheme != Scheme::Extended))
        return text.toLatin1();
    if (info(vr).content == VrInfo::Content::Ascii)
        return encodeExtended(CodeExtensions(), text, vr, first);
    switch (m_scheme) {
    case Scheme::Utf8:
        return encodeUtf8(text, first);
    case Scheme::Gb18030:
        return encodeChinese(ChineseEncoding::Gb18030, text, first);
    case Scheme::Gbk:
        return encodeChinese(ChineseEncoding::Gbk, text, first);
    case Scheme::Extended:
        break;
    }
    return encodeExtended(m_extensions, text, vr, first);
}

} // namespace dicom
