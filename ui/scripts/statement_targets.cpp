#include "ui/scripts/statement_targets.h"

#include "core/dicom/dictionary.h"
#include "core/script/program.h"

namespace ui {

namespace {

QString nameOf(const script::Path& path)
{
    using Level = script::Path::Level;
    if (path.steps.empty() || path.steps.back().level != Level::Tag || !path.steps.back().tags.isExact())
        return {};
    const auto* entry = dicom::find(path.tag(), path.steps.back().creator);
    return entry ? entry->name : QString();
}

/// What stands in the branches of "condition ? action : action" belongs to the same row; an "if" has none.
void add(const std::vector<script::Statement>& statements, QStringList& names)
{
    for (const script::Statement& statement : statements) {
        if (!statement.target.steps.empty() && names[statement.index].isEmpty())
            names[statement.index] = nameOf(statement.target);
        for (const script::Branch& branch : statement.branches)
            add(branch.statements, names);
    }
}

} // namespace

QStringList statementTargets(const script::Script& script)
{
    QStringList names(script.statements().size());
    add(script.program().statements, names);
    return names;
}

} // namespace ui
