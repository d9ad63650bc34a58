#pragma once

#include "core/dicom/text/graphic_set.h"
#include "core/dicom/vr.h"

#include <QByteArray>
#include <QList>
#include <QString>
#include <optional>

namespace dicom {

/// The coded character sets that text starts in and may switch between by escape sequences (PS3.5
/// section 6.1.2.5).
struct CodeExtensions {
    GraphicSet g0 = GraphicSet::Ascii; ///< what bytes 20-7F stand for at first and again after each delimiter
    GraphicSet g1 = GraphicSet::None; ///< the same for bytes A0-FF
    QList<GraphicSet> further; ///< what escape sequences may invoke, in the order declared

    bool allows(GraphicSet set) const;
    /// The first set that bytes A0-FF can stand for; None when there is none.
    GraphicSet anyRight() const;

    friend bool operator==(const CodeExtensions&, const CodeExtensions&) = default;
};

/// True for the characters that separate values, components and component groups of this VR.
bool isDelimiter(Vr vr, char16_t character);

/// Never fails: what has no meaning becomes U+FFFD; *damaged is set then, and also where an undeclared escape
/// sequence or a missing one was seen through.
QString decodeExtended(const CodeExtensions& extensions, const QByteArray& bytes, Vr vr, bool* damaged);

/// The bytes of the text, back in the initial state at every delimiter, control character and the end;
/// nullopt and *offending set to the first character that no declared set holds.
std::optional<QByteArray> encodeExtended(const CodeExtensions& extensions, QStringView text, Vr vr,
                                         QString* offending);

} // namespace dicom
