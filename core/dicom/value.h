#pragma once

#include "core/base/result.h"
#include "core/dicom/data_set.h"
#include "core/dicom/text/character_set.h"

#include <QStringList>

namespace dicom {

/// The character set that a data set declares, or the one it inherits where it declares none (PS3.5
/// section 7.5.3).
CharacterSet characterSetOf(const DataSet& dataSet, const CharacterSet& inherited = {});

/// The whole value as text for people: several values joined with backslashes, numbers in shortest form, AT
/// as
/// "(gggg,eeee)", bytes as text where they are printable and as hex where not. Sequences: "2 items". Values
/// in the source: what and how long. Padding is left out. At most `limit` bytes are turned into text (0 =
/// all).
QString valueText(const Element& element, const CharacterSet& characterSet, qsizetype limit = 0);

/// One line of at most about 120 characters, for table cells; says the size where it leaves something out.
QString shortText(const Element& element, const CharacterSet& characterSet);

/// True for text that the declared character set gives no meaning to, so that it could be read only in part
/// or by a guess.
bool isDoubtfulText(const Element& element, const CharacterSet& characterSet);

/// What two values are compared by: the text of strings, without padding and whatever the character set they
/// are encoded in; the value bytes of others.
QByteArray comparable(const Element& element, const CharacterSet& characterSet);

/// The same text or value, whatever padding and character set. Sequences are compared as they are.
bool saysTheSame(const Element& a, const CharacterSet& aIn, const Element& b, const CharacterSet& bIn);

/// The raw value bytes, padded to even length, for a value typed as text. Fails with a reason that stands
/// well beside an input field when the text is no number, does not fit the VR's binary form or the character
/// set, or when the VR is a sequence. Standard limits (length, VM, allowed characters) are not checked here:
/// see checkValue().
Result<QByteArray> encodeValue(Vr vr, const QString& text, const CharacterSet& characterSet);
/// The same for an attribute whose values may not all be what the VR says: the first and the third value of
/// the descriptor of a lookup table are unsigned whatever its VR (PS3.3 sections C.7.6.3.1.5 and C.11.1.1),
/// as valueText() shows them.
Result<QByteArray> encodeValue(Tag tag, Vr vr, const QString& text, const CharacterSet& characterSet);

/// The descriptor of a lookup table: number of entries, first value mapped, bits.
bool isLutDescriptor(Tag tag);

/// True when the text of that VR cannot be held by the character set (encodeValue() would fail for that
/// reason).
bool needsOtherCharacterSet(Vr vr, const QString& text, const CharacterSet& characterSet);

/// A rule that a value breaks, in words, and in which way this value does.
struct ValueProblem {
    QString rule = {}; ///< a whole sentence
    QString found = {}; ///< to be put behind it; may be empty
    friend bool operator==(const ValueProblem&, const ValueProblem&) = default;
};

/// How a value breaks the rules of PS3.5 section 6.2 or the attribute's value multiplicity; empty when it
/// does not. vm as in PS3.6 ("1", "1-n", "2-2n"); empty = not checked.
QList<ValueProblem> valueProblems(Vr vr, const QString& vm, const QString& text);
/// The same as sentences.
QStringList checkValue(Vr vr, const QString& vm, const QString& text);

} // namespace dicom
