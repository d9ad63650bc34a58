#pragma once

#include <QByteArrayView>
#include <QtGlobal>
#include <utility>

namespace dicom {

/// The coded character sets that code extensions switch between (PS3.3 Tables C.12-3 and C.12-4).
enum class GraphicSet : quint8 {
    None,
    Ascii, ///< ISO-IR 6
    JisRoman, ///< ISO-IR 14
    Latin1,
    Latin2,
    Latin3,
    Latin4,
    Cyrillic,
    Arabic,
    Greek,
    Hebrew,
    Latin5,
    Latin9,
    Thai,
    Katakana, ///< ISO-IR 13
    Jis0208, ///< ISO-IR 87
    Jis0212, ///< ISO-IR 159
    Ksx1001, ///< ISO-IR 149
    Gb2312 ///< ISO-IR 58
};

struct GraphicSetInfo {
    GraphicSet set;
    bool right; ///< stands in G1 (bytes A0-FF), otherwise in G0 (bytes 20-7F)
    int width; ///< bytes of one character
    const char* converter; ///< Qt's name of an encoding that holds the set; null for sets of our own making
    QByteArrayView escape; ///< the escape sequence that invokes it
};

const GraphicSetInfo& info(GraphicSet set);
/// The set whose escape sequence starts the bytes, and how long that is; {None, 0} when none does.
/// Also knows the older and longer sequences for JIS X 0208 that PS3.3 does not list.
std::pair<GraphicSet, int> escapeAt(QByteArrayView bytes);

/// The character with this code (7 bits per byte, the first byte above the second); 0 when it has none.
char16_t toUnicode(GraphicSet set, quint16 code);
/// The code of this character; 0 when the set, as registered, does not hold it. Both are thread-safe.
quint16 fromUnicode(GraphicSet set, char16_t character);

} // namespace dicom
