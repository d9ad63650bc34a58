#pragma once

#include "core/script/tag_pattern.h"
#include "core/script/values.h"

namespace script {

/// A data set on which a script works, and whose text stays what it is whatever the script does to Specific
/// Character Set: that takes effect at the end, when all text is turned to it.
class CharacterSetGuard {
public:
    explicit CharacterSetGuard(dicom::DataSet dataSet);

    /// Of all elements but those of the file meta information, which some files repeat in their data set.
    QList<dicom::Tag> tags(const TagPattern& pattern) const;
    void remove(dicom::Tag tag);
    /// True when the text did not fit the character set, so that all of it was turned to ISO_IR 192.
    Result<bool> assign(dicom::Tag tag, const Value& value);

    /// The data set as it is to be kept.
    Result<dicom::DataSet> finish();
    /// After finish(): the set that the script left could not hold the text, so ISO_IR 192 is declared.
    bool keptUtf8() const { return m_keptUtf8; }

private:
    Outcome convert(); ///< all text to ISO_IR 192

    dicom::DataSet m_dataSet; ///< with the declaration that its bytes follow
    dicom::DataSet m_declaration; ///< Specific Character Set as the script left it, or nothing
    dicom::CharacterSet m_characterSet; ///< of m_dataSet
    bool m_changed = false; ///< the script touched the declaration
    bool m_keptUtf8 = false;
};

} // namespace script
