#pragma once

#include "core/dicom/tag.h"

#include <QString>

namespace script {

/// One tag, or all tags with certain digits: X any, # odd, @ even.
class TagPattern {
public:
    TagPattern() = default;
    /// From the eight digits of a tag; those of a private attribute that is named by its creator begin its
    /// element number with "{}".
    explicit TagPattern(const QString& digits);
    /// No wildcards, but for the block of a private attribute.
    bool isExact() const { return m_exact; }
    dicom::Tag tag() const { return dicom::tagOf(m_bits); } ///< when exact; 0 for the block
    bool matches(dicom::Tag tag) const { return (tag.value() & m_mask) == m_bits; }
    /// Whatever the block.
    bool matchesInBlock(dicom::Tag tag) const
    {
        return (tag.value() & m_mask & ~0xFF00U) == (m_bits & ~0xFF00U);
    }
    /// The group is odd, whatever else it is.
    bool isPrivate() const { return (m_mask & m_bits & 0x10000U) != 0; }
    /// As scripts write it.
    QString toString(bool byCreator, const QString& creator) const;

private:
    QString m_digits;
    quint32 m_mask = 0; ///< the bits that matter: of odd and even digits the lowest
    quint32 m_bits = 0; ///< and what they must be
    bool m_exact = true;
};

} // namespace script
