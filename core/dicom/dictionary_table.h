#pragma once

#include "core/dicom/tag.h"

#include <QByteArray>
#include <QByteArrayView>
#include <QList>
#include <functional>
#include <optional>
#include <vector>

namespace dicom {

/// Eight hex digits, "x" standing for any digit: "60xx3000". Used by the tables of the dictionary.
struct TagPattern {
    quint32 value = 0; ///< with zeros for the x
    quint32 mask = 0; ///< ones where the digit counts

    bool matches(Tag tag) const { return (tag.value() & mask) == value; }
    bool isExact() const { return mask == 0xFFFFFFFF; }
    /// A tag that fits: the last x of the element is 1, since its 0 may be another attribute; any other is 0.
    Tag example() const;
};

/// Empty unless the text is eight hex digits or "x".
std::optional<TagPattern> parseTagPattern(QByteArrayView text);

/// The text of a table in the resources. Any thread.
QByteArray dictionaryText(const char* name);
/// Its lines, comments (#) and empty ones left out; parts of `text`.
std::vector<QByteArrayView> linesOf(QByteArrayView text);
/// Calls `line` with the tab-separated fields of every line of a table in the resources, comments (#) left
/// out. Any thread.
void readDictionaryTable(const char* name, const std::function<void(const QList<QByteArray>& fields)>& line);

} // namespace dicom
