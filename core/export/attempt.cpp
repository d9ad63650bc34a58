#include "core/export/attempt.h"

#include "core/dicom/dictionary.h"
#include "core/export/script_statements.h"
#include "core/script/program.h"

#include <QCoreApplication>
#include <QRegularExpression>
#include <algorithm>

namespace exporter {

using dicom::AttributePath;
using dicom::DataSet;
using edit::AttributeOperation;
using edit::DeletePrivate;
using edit::Edit;
using edit::EditPtr;
using edit::InstanceId;
using edit::InstanceIds;
using edit::ScriptRun;
using Operations = QList<AttributeOperation>;

QString translated(const char* text)
{
    return QCoreApplication::translate("ExportScript", text);
}

bool names(const Edit& edit, InstanceId id)
{
    return std::binary_search(edit.instances.begin(), edit.instances.end(), id);
}

QString nameOf(const AttributePath& path)
{
    const auto* entry = dicom::find(path.tag(), path.creator());
    return entry && !entry->name.isEmpty() ? path.toString() + u' ' + entry->name : path.toString();
}

namespace {

bool isPrivate(const AttributePath& path)
{
    return std::any_of(path.steps().begin(), path.steps().end(),
                       [](const auto& step) { return step.tag.isPrivate(); });
}

bool hasPrivateInItems(const dicom::Element& element)
{
    const auto& items = element.items();
    return std::any_of(items.begin(), items.end(), [](const DataSet& item) {
        return std::any_of(item.begin(), item.end(), [](const auto& inside) {
            return inside->tag().isPrivate() || hasPrivateInItems(*inside);
        });
    });
}

/// Whole lines of a version have nothing to say inside of another script.
QString inlined(const ScriptRun& run)
{
    static const QRegularExpression version(QStringLiteral(R"(^[ \t]*version[ \t]+"[^"\n]*"[ \t]*)"),
                                            QRegularExpression::MultilineOption);
    QString text = run.script->source();
    text.replace(version, QString());
    QString given;
    for (auto value = run.variables.begin(); value != run.variables.end(); ++value)
        given += QStringLiteral("%1 := \"%2\"\n")
                     .arg(value.key(), QString(value.value()).replace(u'\\', QStringLiteral("\\\\")));
    return given + text.trimmed() + u'\n';
}

} // namespace

Attempt::Attempt(const QList<catalog::InstancePtr>& instances, const EditList& edits, const Context& context,
                 const std::atomic<bool>& cancel)
    : m_edits(edits)
    , m_context(context)
    , m_cancel(cancel)
    , m_scope(instances, sources(edits))
{
    for (const catalog::InstancePtr& instance : instances) {
        m_indexOf.insert(instance->id, static_cast<int>(m_cases.size()));
        m_cases.push_back(
            {instance, instance->kept().dataSet, instance->kept().dataSet, instance->kept().meta});
    }
}

QString Attempt::run()
{
    for (const auto step : {&Attempt::evaluateAll, &Attempt::writeBasis, &Attempt::findEffects,
                            &Attempt::writeStatements, &Attempt::verify}) {
        (this->*step)();
        if (!m_refused.empty() || m_cancel)
            return {};
    }
    return m_text;
}

QString Attempt::sources(const EditList& edits)
{
    QString text;
    for (const EditPtr& edit : edits)
        if (const auto* run = std::get_if<ScriptRun>(&edit->operation))
            text += run->script->source() + run->variables.keys().join(u' ');
    return text;
}

void Attempt::blame(const ScriptCase& which, const AttributePath& path, const QString& reason)
{
    const Edit* any = nullptr;
    for (auto it = m_edits.crbegin(); it != m_edits.crend(); ++it) {
        const Edit& edit = **it;
        if (!names(edit, which.instance->id))
            continue;
        any = any ? any : &edit;
        if (std::holds_alternative<DeletePrivate>(edit.operation) && !isPrivate(path))
            continue;
        const auto* operations = std::get_if<Operations>(&edit.operation);
        if (!operations)
            return refuse(edit, reason);
        for (auto i = operations->size() - 1; i >= 0; --i) {
            const AttributeOperation& operation = (*operations)[i];
            const bool turns = operation.reencode && path.tag() == dicom::tags::SpecificCharacterSet;
            if (turns || touches(operation.path, path)) {
                m_refused.emplace(Part{&edit, static_cast<int>(i)}, reason);
                return;
            }
        }
    }
    refuse(any ? *any : *m_edits.last(), reason);
}

void Attempt::evaluateAll()
{
    for (const EditPtr& edit : m_edits)
        if (const auto* run = std::get_if<ScriptRun>(&edit->operation))
            screen(*edit, *run);
    for (ScriptCase& each : m_cases)
        for (const EditPtr& edit : m_edits) {
            if (m_cancel || !m_refused.empty())
                return;
            if (!names(*edit, each.instance->id))
                continue;
            auto next = apply(*edit, each.instance->kept(), {each.meta, each.edited}, m_context);
            if (next) {
                each.meta = std::move(next->meta);
                each.edited = std::move(next->dataSet);
            } else
                refuse(*edit, translated("it cannot be applied to all of its files"));
        }
}

void Attempt::screen(const Edit& edit, const ScriptRun& run)
{
    if (run.script->dialect() != script::Dialect::Six)
        return refuse(edit, translated("a script of an older language cannot be part of one of dialect 6"));
    if (run.script->usesLookup())
        return refuse(edit, translated("the script needs a lookup table, which is a file of its own"));
    if (!std::all_of(run.variables.begin(), run.variables.end(), canBeWritten))
        return refuse(edit,
                      translated("a variable of the script was given a value with a double quote or a "
                                 "line break, which a script cannot hold"));
    static const QRegularExpression random(QStringLiteral(R"(\b(?:newUID|mapUID|mapReferencedUIDs)\b)"));
    if (!run.script->source().contains(random))
        return;
    for (const ScriptCase& each : m_cases) {
        if (!names(edit, each.instance->id))
            continue;
        const auto one = script::run(*run.script, each.instance->kept().dataSet,
                                     {m_context.seed, run.variables, run.lookup});
        auto other = runContext();
        other.variables = run.variables;
        const auto two = script::run(*run.script, each.instance->kept().dataSet, other);
        if (one && two && !(one->dataSet == two->dataSet))
            return refuse(edit, translated("the script makes new UIDs, other ones in each run"));
    }
}

void Attempt::writeBasis()
{
    for (const EditPtr& edit : m_edits) {
        const auto* run = std::get_if<ScriptRun>(&edit->operation);
        if (run)
            addBasis(*edit, inlined(*run), indicesOf(edit->instances));
        else if (std::holds_alternative<deid::Profile>(edit->operation))
            refuse(*edit, translated("a script cannot name a de-identification profile"));
        else if (std::holds_alternative<DeletePrivate>(edit->operation))
            addBasis(*edit, QStringLiteral("removeAllPrivateTags\n"), withoutPrivate(*edit));
        if (!m_refused.empty() || m_cancel)
            return;
    }
}

Indices Attempt::indicesOf(const InstanceIds& ids) const
{
    Indices indices;
    for (const InstanceId id : ids)
        if (m_indexOf.contains(id))
            indices << m_indexOf.value(id);
    std::sort(indices.begin(), indices.end());
    return indices;
}

Indices Attempt::withoutPrivate(const Edit& edit) const
{
    Indices indices = indicesOf(edit.instances);
    indices.removeIf([&](int i) {
        const ScriptCase& each = m_cases[static_cast<size_t>(i)];
        return std::any_of(each.edited.begin(), each.edited.end(), [&](const auto& element) {
            return (element->tag().isPrivate() || hasPrivateInItems(*element))
                && dicom::sameElement(element, each.instance->kept().dataSet.share(element->tag()));
        });
    });
    return indices;
}

void Attempt::addBasis(const Edit& edit, const QString& text, const Indices& indices)
{
    const auto conditions = m_scope.conditionsFor(indices);
    if (indices.isEmpty())
        return;
    if (!conditions)
        return refuse(edit, unclear());
    const auto parsed = script::parse(text, script::Dialect::Six);
    for (const int i : indices) {
        DataSet& basis = m_cases[static_cast<size_t>(i)].basis;
        auto result = parsed.script ? script::run(*parsed.script, basis, runContext())
                                    : Result<script::RunResult>(Error());
        if (!result)
            return refuse(edit, translated("the script fails when it is applied to the originals"));
        basis = std::move(result->dataSet);
    }
    m_basisHasConditions = m_basisHasConditions || !conditions->isEmpty();
    m_basis += inBlocks(*conditions, text) + u'\n';
}

QString Attempt::unclear()
{
    return translated("no condition can tell its files from others: their UIDs are missing or not unique");
}

void Attempt::verify()
{
    const auto parsed = script::parse(m_text);
    if (!parsed.script || parsed.dialect != script::Dialect::Six)
        return refuse(*m_edits.last(), translated("it cannot be written as a script"));
    for (const ScriptCase& each : m_cases) {
        if (m_cancel)
            return;
        const auto result = script::run(*parsed.script, each.instance->kept().dataSet, runContext());
        if (!result)
            blameAll(each);
        else if (!(result->dataSet == each.edited))
            blameDifference(each, result->dataSet);
    }
}

void Attempt::blameDifference(const ScriptCase& each, const DataSet& result)
{
    const auto differences = effectsBetween(result, each.edited);
    for (const Effect& effect : differences)
        blame(each, effect.attribute, translated("a script would give another result"));
    if (differences.isEmpty())
        blameAll(each);
}

void Attempt::blameAll(const ScriptCase& each)
{
    for (auto it = m_edits.crbegin(); it != m_edits.crend(); ++it)
        if (names(**it, each.instance->id))
            return refuse(**it, translated("a script would give another result"));
    refuse(*m_edits.last(), translated("a script would give another result"));
}

} // namespace exporter
