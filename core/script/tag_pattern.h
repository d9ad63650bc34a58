#pragma once

#include "core/dicom/tag.h"

#include <QString>

namespace script {

/// One tag, or all tags with certain digits: X any, # odd, @ even.
class TagPattern {
public:
    /// From the eleven characters of a tag token.
    explicit TagPattern(const QString& text);
    bool isExact() const { return m_exact; }
    dicom::Tag tag() const { return dicom::tagOf(m_bits); } ///< when exact
    bool matches(dicom::Tag tag) const { return (tag.value() & m_mask) == m_bits; }

private:
    quint32 m_mask = 0; ///< the bits that matter: of odd and even digits the lowest
    quint32 m_bits = 0; ///< and what they must be
    bool m_exact = true;
};

} // namespace script
