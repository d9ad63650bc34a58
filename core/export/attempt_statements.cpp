// The statements of an attempt: which files each is meant for, in which blocks they stand, and the text of
// them all.

#include "core/export/attempt.h"
#include "core/export/script_statements.h"

#include <algorithm>
#include <tuple>

namespace exporter {

using dicom::AttributePath;
using edit::AttributeOperation;
using edit::EditPtr;
using Operations = QList<AttributeOperation>;

bool touches(const AttributePath& operation, const AttributePath& path)
{
    const auto& a = operation.steps();
    const auto& b = path.steps();
    for (size_t i = 0; i < std::min(a.size(), b.size()); ++i) {
        const bool sameTag = a[i].tag.isPrivate() && !a[i].tag.isPrivateCreator()
            ? a[i].tag.group == b[i].tag.group
            : a[i].tag == b[i].tag || (a[i].tag.isPrivateCreator() && a[i].tag == b[i].tag.creatorTag());
        const bool sameItem = a[i].item < 0 || b[i].item < 0 || a[i].item == b[i].item;
        if (!sameTag || !sameItem)
            return false;
    }
    return true;
}

QString inBlocks(const QStringList& conditions, const QString& statements)
{
    if (conditions.isEmpty())
        return statements;
    QString text;
    for (const QString& condition : conditions)
        text += QStringLiteral("if (%1) {\n%2}\n").arg(condition, statements);
    return text;
}

void Attempt::findEffects()
{
    for (ScriptCase& each : m_cases) {
        if (m_cancel)
            return;
        each.effects = effectsBetween(each.basis, each.edited);
        for (const Effect& effect : std::as_const(each.effects))
            if (!effect.obstacle.isEmpty())
                blame(each, effect.attribute, effect.obstacle);
    }
}

Indices Attempt::meantFor(const ScriptStatement& statement) const
{
    Indices result = statement.cases;
    for (const EditPtr& edit : m_edits) {
        const auto* operations = std::get_if<Operations>(&edit->operation);
        const bool meant = operations
            && std::any_of(operations->begin(), operations->end(),
                           [&](const AttributeOperation& operation) {
                               return touches(operation.path, statement.effect.attribute);
                           })
            && std::any_of(statement.cases.begin(), statement.cases.end(),
                           [&](int i) { return names(*edit, m_cases[static_cast<size_t>(i)].instance->id); });
        for (const int i : meant ? indicesOf(edit->instances) : Indices())
            if (!std::binary_search(statement.cases.begin(), statement.cases.end(), i)
                && statement.leavesAlone(m_cases[static_cast<size_t>(i)]))
                result << i;
    }
    std::sort(result.begin(), result.end());
    result.erase(std::unique(result.begin(), result.end()), result.end());
    return result;
}

void Attempt::writeStatements()
{
    const QList<ScriptStatement> statements = statementsFor(m_cases);
    QHash<QString, int> perAttribute;
    for (const ScriptStatement& statement : statements)
        ++perAttribute[scriptText(statement.effect.path)];
    Blocks blocks;
    for (const ScriptStatement& statement : statements) {
        if (m_cancel)
            return;
        constexpr int manyValues = 8; // then each file has its own
        const bool shared = perAttribute.value(scriptText(statement.effect.path)) <= manyValues;
        Indices chosen = shared ? meantFor(statement) : statement.cases;
        auto conditions = m_scope.conditionsFor(chosen);
        if (!conditions) {
            chosen = statement.cases;
            conditions = m_scope.conditionsFor(chosen);
        }
        if (!conditions) {
            for (const int i : statement.cases)
                blame(m_cases[static_cast<size_t>(i)], statement.effect.attribute, unclear());
            continue;
        }
        auto& block = blocks[{statement.effect.phase, !conditions->isEmpty(), chosen.first(), *conditions}];
        block += (conditions->isEmpty() ? QString() : QStringLiteral("    ")) + statement.line() + u'\n';
    }
    writeText(blocks);
}

void Attempt::writeText(const Blocks& blocks)
{
    m_text = QStringLiteral("// Edits as a script, for the original files.\n");
    m_namesOriginals = m_basisHasConditions
        || std::any_of(blocks.begin(), blocks.end(),
                       [](const auto& block) { return !std::get<QStringList>(block.first).isEmpty(); });
    if (m_namesOriginals)
        m_text += translated("// It names patients or images by their original IDs or UIDs: keep it where "
                             "you keep the originals.")
            + u'\n';
    m_text += QStringLiteral("version \"6.6\"\n\n");
    if (const QString variables = m_scope.variables(); !variables.isEmpty())
        m_text += variables + u'\n';
    m_text += m_basis;
    for (auto block = blocks.begin(); block != blocks.end();) {
        const QStringList& conditions = std::get<QStringList>(block->first);
        QString statements;
        for (; block != blocks.end() && std::get<QStringList>(block->first) == conditions; ++block)
            statements += block->second;
        m_text += inBlocks(conditions, statements);
    }
}

} // namespace exporter
