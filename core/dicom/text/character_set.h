#pragma once

#include "core/dicom/text/code_extension.h"
#include "core/dicom/vr.h"

#include <QByteArray>
#include <QString>
#include <QStringList>
#include <optional>

namespace dicom {

/// The character repertoires that a data set declares in Specific Character Set (0008,0005), PS3.3 section
/// C.12.1.1.2. A light value that any thread may use; default-constructed it is ISO_IR 6, that is none
/// declared.
class CharacterSet {
public:
    CharacterSet() = default;
    /// From the bytes of (0008,0005), values separated by backslashes. Common misspellings are understood;
    /// other terms are kept in unknownTerms(), and text in them is read as if nothing were declared.
    static CharacterSet fromValue(const QByteArray& value);
    /// ISO_IR 192.
    static CharacterSet utf8();

    bool isUtf8() const { return m_scheme == Scheme::Utf8; }
    /// True when only ISO_IR 6 is declared, or nothing.
    bool isDefault() const;
    /// The values of (0008,0005) in order: Defined Terms in their proper spelling, unknown terms as they
    /// stand.
    QStringList terms() const { return m_terms; }
    QStringList unknownTerms() const { return m_unknownTerms; }
    /// As it stands in (0008,0005), misspellings included, without padding at the end.
    QByteArray value() const { return m_value; }

    /// Never fails: bytes that have no meaning become U+FFFD, and *damaged (when given) tells whether there
    /// were such, or bytes that could be read only by a guess. Takes all values of an element at once, since
    /// a second byte of GBK and GB18030 can look like a backslash: split the decoded text, never the bytes.
    /// Keeps padding.
    QString decode(const QByteArray& bytes, Vr vr, bool* damaged = nullptr) const;
    /// The bytes of the text (values joined by backslashes) in this set, without padding; nullopt and
    /// *offending (when given) set to the first character that cannot be held. Code extensions are used where
    /// declared. VRs of the default repertoire (CS, UI, UR …) are limited to ASCII in every set.
    std::optional<QByteArray> encode(const QString& text, Vr vr, QString* offending = nullptr) const;

    friend bool operator==(const CharacterSet&, const CharacterSet&) = default;

private:
    enum class Scheme : quint8 { Extended, Utf8, Gb18030, Gbk };
    struct Term;
    static const Term* findTerm(QByteArrayView value);
    QString decodeText(const QByteArray& bytes, Vr vr, bool* damaged) const;
    void declare(const Term& term, bool first);

    QByteArray m_value;
    QStringList m_terms;
    QStringList m_unknownTerms;
    Scheme m_scheme = Scheme::Extended;
    CodeExtensions m_extensions;
};

} // namespace dicom
