#include "core/sample/lettering.h"

#include <algorithm>
#include <iterator>

namespace sample {

namespace {

struct Letter {
    char character;
    char rows[8]; ///< one base-32 digit (0-9, A-V) each
};

constexpr Letter letters[] = {
    {'A', "EHHVHHH"}, {'B', "UHHUHHU"}, {'C', "EHGGGHE"}, {'D', "UHHHHHU"}, {'E', "VGGUGGV"},
    {'F', "VGGUGGG"}, {'G', "EHGNHHF"}, {'H', "HHHVHHH"}, {'I', "E44444E"}, {'J', "72222IC"},
    {'K', "HIKOKIH"}, {'L', "GGGGGGV"}, {'M', "HRLLHHH"}, {'N', "HPPLJJH"}, {'O', "EHHHHHE"},
    {'P', "UHHUGGG"}, {'Q', "EHHHLID"}, {'R', "UHHUKIH"}, {'S', "FGGE11U"}, {'T', "V444444"},
    {'U', "HHHHHHE"}, {'V', "HHHHHA4"}, {'W', "HHHLLLA"}, {'X', "HHA4AHH"}, {'Y', "HHA4444"},
    {'Z', "V1248GV"}, {'0', "EHJLPHE"}, {'1', "4C4444E"}, {'2', "EH1248V"}, {'3', "EH161HE"},
    {'4', "26AIV22"}, {'5', "VGU11HE"}, {'6', "68GUHHE"}, {'7', "V124888"}, {'8', "EHHEHHE"},
    {'9', "EHHF12C"}, {'-', "000E000"}, {'.', "00000CC"}, {':', "0CC0CC0"}, {'/', "11248GG"},
};

quint8 dots(char digit)
{
    return static_cast<quint8>(digit <= '9' ? digit - '0' : digit - 'A' + 10);
}

} // namespace

Glyph glyph(QChar c)
{
    Glyph result{};
    const auto found = std::find_if(std::begin(letters), std::end(letters),
                                    [c](const Letter& letter) { return QLatin1Char(letter.character) == c; });
    if (found != std::end(letters))
        std::transform(found->rows, found->rows + 7, result.begin(), dots);
    return result;
}

} // namespace sample
