#pragma once

#include "core/dicom/tag.h"
#include "core/dicom/vr.h"

#include <QList>
#include <QPair>
#include <QString>
#include <QStringView>
#include <optional>

namespace dicom {

/// What is known of an attribute.
struct DictionaryEntry {
    QString name; ///< "Patient's Name"; empty for private elements of which only the VR is known
    QString keyword; ///< "PatientName"; empty for private elements and group lengths
    Vr vr = Vr::UN; ///< the first where several are possible: US for "US or SS"
    bool followsSign = false; ///< "US or SS": by the sign of the pixels (scope.h)
    bool retired = false;
    QString vm; ///< "1", "1-n"

    friend bool operator==(const DictionaryEntry&, const DictionaryEntry&) = default;
};

// The tables are built when first asked and never change: all lookups may be made from any thread, and
// pointers stay valid. Null where the dictionary has nothing.

/// A public attribute (PS3.6), those of repeating groups (50xx, 60xx …) included; "Group Length" (UL) for
/// (gggg,0000) of any even group.
const DictionaryEntry* findStandard(Tag tag);

/// A private element by the text of its creator; the block it lies in does not matter. The creator counts as
/// it is spelled, then without regard to case and blanks around it. "Private Creator" (LO) for
/// (gggg,0010-00FF) and "Group Length" (UL) for (gggg,0000), whatever the creator.
const DictionaryEntry* findPrivate(QStringView creator, Tag tag);

/// Either; the creator matters for private tags only.
const DictionaryEntry* find(Tag tag, QStringView creator);

/// All public attributes in tag order; those of repeating groups once, with a tag that fits: (6000,3000).
const QList<QPair<Tag, DictionaryEntry>>& standardEntries();

/// The public attribute of a keyword or name, ignoring case, or any tag written as parseTag() reads it.
std::optional<Tag> findByText(QStringView text);

} // namespace dicom
