#pragma once

#include <QByteArray>

#include <QLatin1StringView>
#include <QStringView>
#include <optional>

namespace dicom {

/// Value representations (PS3.5 section 6.2), in alphabetical order.
enum class Vr : quint8 {
    AE,
    AS,
    AT,
    CS,
    DA,
    DS,
    DT,
    FD,
    FL,
    IS,
    LO,
    LT,
    OB,
    OD,
    OF,
    OL,
    OV,
    OW,
    PN,
    SH,
    SL,
    SQ,
    SS,
    ST,
    SV,
    TM,
    UC,
    UI,
    UL,
    UN,
    UR,
    US,
    UT,
    UV
};

/// What PS3.5 Table 6.2-1 says of one value representation.
struct VrInfo {
    enum class Content : quint8 {
        Text, ///< characters of the Specific Character Set
        Ascii, ///< characters of the default repertoire
        Numbers, ///< binary numbers of unitSize bytes
        Tags, ///< AT
        Bytes, ///< OB, OW …, UN
        Items ///< SQ
    };

    Vr vr;
    char name[3];
    Content content;
    quint8 unitSize; ///< bytes that are swapped together; 1 for text
    bool multiple; ///< text is several values separated by backslashes
    int maxLength; ///< characters of one value (of a component group for PN); 0 = no limit of its own
};

const VrInfo& info(Vr vr);
QLatin1StringView name(Vr vr);
/// Reads two capital letters; empty for anything else.
std::optional<Vr> parseVr(QStringView text);
/// The same from two bytes of a file; quick.
std::optional<Vr> parseVr(char first, char second);

inline bool isString(Vr vr)
{
    const auto content = info(vr).content;
    return content == VrInfo::Content::Text || content == VrInfo::Content::Ascii;
}

/// What fills a value up to an even length (PS3.5 section 6.2): a blank after text, NUL after UIDs and bytes.
inline char paddingOf(Vr vr)
{
    return isString(vr) && vr != Vr::UI ? ' ' : '\0';
}

/// The bytes with that behind them where their length is odd.
inline QByteArray padded(QByteArray bytes, Vr vr)
{
    if (bytes.size() % 2 != 0)
        bytes.append(paddingOf(vr));
    return bytes;
}

} // namespace dicom
