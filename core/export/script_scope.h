#pragma once

#include "core/catalog/instance.h"

#include <QHash>
#include <QStringList>
#include <array>
#include <optional>
#include <set>

namespace exporter {

/// Numbers of instances in a list, ascending.
using Indices = QList<int>;

/// Writes conditions that pick instances by what identifies them, as it was before the script.
class ScriptScope {
public:
    /// Variables are called so that their names do not occur in `foreign`, the text of other scripts.
    ScriptScope(const QList<catalog::InstancePtr>& instances, const QString& foreign);

    /// One condition after the other, that together hold for exactly these instances: by patient, study or
    /// series where that tells them apart, else by SOP Instance UID. Empty: no condition is needed. nullopt:
    /// none can tell them apart.
    std::optional<QStringList> conditionsFor(const Indices& chosen);
    /// The statements that keep what the conditions ask for.
    QString variables() const;

private:
    static constexpr size_t levels = 4;
    struct Level {
        QString variable;
        dicom::Tag tag;
        QStringList values; ///< of each instance; empty: cannot be asked for
        QHash<QString, int> counts;
    };
    QStringList written(const Level& level, const QStringList& values) const;

    qsizetype m_count;
    std::array<Level, levels> m_levels;
    std::set<size_t> m_used;
};

} // namespace exporter
