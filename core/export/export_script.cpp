#include "core/export/export_script.h"

#include "core/export/attempt.h"

#include "core/dicom/dictionary.h"
#include "core/export/script_statements.h"
#include "core/script/program.h"

#include <QCoreApplication>
#include <QRegularExpression>
#include <algorithm>
#include <map>
#include <tuple>

namespace exporter {

namespace {

using edit::AttributeOperation;
using edit::DeletePrivate;
using edit::Edit;
using edit::EditPtr;
using edit::InstanceId;
using edit::RevertAll;
using edit::ScriptRun;
using Operations = QList<AttributeOperation>;

/// The same without RevertAll: the edits before it do not name its instances any more.
EditList withoutReverts(const EditList& edits)
{
    EditList result;
    for (auto it = edits.crbegin(); it != edits.crend(); ++it) {
        if (std::holds_alternative<RevertAll>((*it)->operation))
            continue;
        Edit edit = **it;
        for (auto later = edits.crbegin(); later != it; ++later)
            if (std::holds_alternative<RevertAll>((*later)->operation))
                edit.instances.removeIf([&](InstanceId id) { return names(**later, id); });
        if (edit.instances == (*it)->instances)
            result.prepend(*it);
        else if (!edit.instances.isEmpty())
            result.prepend(std::make_shared<const Edit>(edit));
    }
    return result;
}

/// What the statements of a script set or delete.
void addTargets(const std::vector<script::Statement>& statements, QStringList& names)
{
    for (const script::Statement& statement : statements) {
        if (!statement.target.steps.empty()) {
            const auto& last = statement.target.steps.back();
            const auto* entry = last.tags.isExact() ? dicom::find(last.tags.tag(), last.creator) : nullptr;
            const QString path = statement.target.toString();
            names << (entry && !entry->name.isEmpty() ? path + u' ' + entry->name : path);
        } else if (statement.kind == script::Statement::Kind::RemovePrivate) {
            names << translated("all private attributes");
        }
        for (const script::Branch& branch : statement.branches)
            addTargets(branch.statements, names);
    }
}

/// The attributes that an edit is about, as far as it says.
QStringList attributesOf(const Edit& edit)
{
    QStringList names;
    if (const auto* run = std::get_if<ScriptRun>(&edit.operation))
        addTargets(run->script->program().statements, names);
    else if (const auto* operations = std::get_if<Operations>(&edit.operation))
        for (const AttributeOperation& operation : *operations)
            names << nameOf(operation.path);
    else if (std::holds_alternative<DeletePrivate>(edit.operation))
        names << translated("all private attributes");
    return names;
}

/// Whoever finds the script later has to know that it does less than the edits did.
QString leftOutComment(const QList<LeftOut>& leftOut)
{
    QStringList names;
    for (const LeftOut& part : leftOut)
        names += part.attributes;
    names.removeDuplicates();
    QString text =
        translated("// Incomplete: edits of these attributes could not be written as a script:") + u'\n';
    for (const QString& name : names)
        text += QStringLiteral("//   %1\n").arg(name.simplified());
    return text;
}

/// The edits without what was refused, which is added to the list.
EditList without(const EditList& edits, const Attempt::Refused& refused, QList<LeftOut>& leftOut)
{
    EditList result;
    for (const EditPtr& edit : edits) {
        if (const auto whole = refused.find({edit.get(), -1}); whole != refused.end()) {
            leftOut << LeftOut{edit->description, {}, whole->second, attributesOf(*edit)};
            continue;
        }
        const auto* operations = std::get_if<Operations>(&edit->operation);
        Operations kept;
        for (qsizetype i = 0; operations && i < operations->size(); ++i) {
            const auto part = refused.find({edit.get(), static_cast<int>(i)});
            if (part == refused.end())
                kept << (*operations)[i];
            else
                leftOut << LeftOut{edit->description,
                                   nameOf((*operations)[i].path),
                                   part->second,
                                   {nameOf((*operations)[i].path)}};
        }
        if (!operations || kept.size() == operations->size())
            result << edit;
        else if (!kept.isEmpty())
            result << std::make_shared<const Edit>(
                Edit{edit->description, edit->instances, kept, edit->allFiles});
    }
    return result;
}

} // namespace

ExportedScript exportScript(const QList<catalog::InstancePtr>& instances, const EditList& edits,
                            const Context& context, const std::atomic<bool>& cancel)
{
    ExportedScript result;
    result.expressed = withoutReverts(edits);
    while (!cancel) {
        Attempt attempt(instances, result.expressed, context, cancel);
        result.text = attempt.run();
        result.namesOriginals = attempt.namesOriginals();
        if (attempt.refused().empty() || cancel)
            break;
        result.expressed = without(result.expressed, attempt.refused(), result.leftOut);
    }
    if (!result.text.isEmpty() && !result.leftOut.isEmpty())
        result.text.insert(result.text.indexOf(u'\n') + 1, leftOutComment(result.leftOut));
    return result;
}

} // namespace exporter
