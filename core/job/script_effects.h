#pragma once

#include "core/edit/edit.h"

#include <QMap>
#include <QSet>

namespace job {

/// What one script did in all files together.
struct ScriptEffect {
    QMap<QString, int> remarks; ///< with the number of files
    QSet<int> applied; ///< statements that changed something somewhere
};

/// What scripts did, file by file, and the private creators that the files have. One thread.
class ScriptEffects {
public:
    void addOriginal(const dicom::DataSet& original);
    void add(const edit::Evaluated& evaluated);
    /// Null when it failed everywhere.
    const ScriptEffect* of(const script::ScriptPtr& script) const;
    /// At every depth of the originals.
    const QSet<QString>& creators() const { return m_creators; }

private:
    QHash<script::ScriptPtr, ScriptEffect> m_effects;
    QSet<QString> m_creators;
};

} // namespace job
