#pragma once

#include "core/export/script_effect.h"
#include "core/export/script_scope.h"

namespace exporter {

/// An instance with what a script has to do to it.
struct ScriptCase {
    catalog::InstancePtr instance;
    dicom::DataSet basis; ///< what the beginning of the script makes of the original
    dicom::DataSet edited;
    dicom::DataSet meta; ///< file meta information after the edits
    QList<Effect> effects = {};
};

/// One statement of dialect 6, and the cases that need it.
struct ScriptStatement {
    Effect effect; ///< as in the first of the cases; its path may name all items
    bool present = false; ///< assigns where the attribute is there
    Indices cases = {};

    QString text() const;
    /// With the name of the attribute behind it.
    QString line() const;
    /// Does nothing to this case, before and after its own effects.
    bool leavesAlone(const ScriptCase& other) const;
};

/// The fewest statements for the effects of all cases: an equal effect on different instances is one
/// statement, and so is one on all items of a sequence.
QList<ScriptStatement> statementsFor(std::vector<ScriptCase>& cases);

} // namespace exporter
