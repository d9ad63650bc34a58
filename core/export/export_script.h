#pragma once

#include "core/edit/edit.h"

#include <atomic>

namespace exporter {

using edit::Context;
using edit::EditList;

/// A part of an edit that stands in no exported script.
struct LeftOut {
    QString edit; ///< its description
    QString attribute; ///< "(0010,0010) Patient's Name"; empty: the whole edit
    QString reason;
    QStringList attributes = {}; ///< that it is about, by tag and name; no values
    friend bool operator==(const LeftOut&, const LeftOut&) = default;
};

struct ExportedScript {
    QString text; ///< dialect 6
    bool namesOriginals = false; ///< holds IDs or UIDs of the originals, to tell files apart
    QList<LeftOut> leftOut; ///< what the language cannot express
    EditList expressed; ///< the edits without it: the script does what they do
};

/// Writes what the edits do to these instances as a script. Applied to the originals it gives exactly what
/// evaluate() gives with the edits, but for those that are left out; it was run on every instance and
/// compared. A comment names the attributes that are left out, without values. The script does not depend on
/// the seed of a run. Where `cancel` turns true, the text is empty.
ExportedScript exportScript(const QList<catalog::InstancePtr>& instances, const EditList& edits,
                            const Context& context, const std::atomic<bool>& cancel);

} // namespace exporter
