#include "core/script/evaluator.h"

#include "core/dicom/new_uid.h"
#include "core/dicom/value.h"
#include "core/script/working_object.h"

#include <algorithm>

namespace script {

namespace {

using dicom::DataSet;
using dicom::Tag;

/// A statement whose conditions hold, with the value that it assigns.
struct Kept {
    int index;
    const Statement* statement;
    Value value;
};

/// Conditions and values: both see the original only.
class Planner {
public:
    Planner(const Script& script, const DataSet& original, const RunContext& context, Budget& budget)
        : m_program(script.program())
        , m_isLegacy(script.dialect() == Dialect::Legacy)
        , m_original(original)
        , m_context(context)
        , m_budget(budget)
        , m_characterSet(dicom::characterSetOf(original))
    {
        for (auto given = context.variables.begin(); given != context.variables.end(); ++given)
            m_variables.insert(given.key().toLower(), given.value());
    }

    /// Empty when the statement does not apply to this object; else the value it works with.
    Result<std::optional<Value>> plan(const Statement& statement) const
    {
        for (const Condition& condition : statement.conditions) {
            const auto holds = this->holds(condition);
            if (!holds)
                return holds.error();
            if (!*holds)
                return std::optional<Value>();
        }
        if (statement.kind == Statement::Kind::NewUid)
            return newUid(statement);
        if (!statement.value)
            return std::optional<Value>(Value());
        auto value = evaluate(*statement.value);
        if (!value)
            return value.error();
        return std::optional<Value>(std::move(value).value());
    }

    Result<Value> variable(const QString& key) const
    {
        const auto known = m_variables.constFind(key);
        if (known != m_variables.constEnd())
            return *known;
        const Variable* variable = m_program.findVariable(key);
        auto value = variable && variable->initial ? evaluate(*variable->initial) : Value();
        if (value)
            m_variables.insert(key, *value);
        return value;
    }

private:
    Result<bool> holds(const Condition& condition) const
    {
        const auto left = evaluate(*condition.left);
        if (!left)
            return left.error();
        const auto right = evaluate(*condition.right);
        if (!right)
            return right.error();
        if (condition.kind == Condition::Kind::Equals)
            return *left == *right;
        return matchesPattern(condition, *left, *right);
    }

    Result<Value> evaluate(const Expression& expression) const
    {
        if (expression.kind == Expression::Kind::Literal)
            return Value(expression.text);
        if (expression.kind == Expression::Kind::Attribute)
            return charged(readValue(m_original, expression.path.tag(), m_characterSet));
        if (expression.kind == Expression::Kind::Variable)
            return variable(expression.text);
        Call call{{}, expression.regex ? &*expression.regex : nullptr};
        for (const ExpressionPtr& argument : expression.arguments) {
            auto value = evaluate(*argument);
            if (!value)
                return value;
            call.arguments.push_back(std::move(value).value());
        }
        return charged(expression.function->call(call));
    }

    Result<Value> charged(Result<Value> value) const
    {
        const Outcome spent = value && *value ? m_budget.spend((*value)->size()) : Outcome(Done{});
        return spent ? std::move(value) : Result<Value>(spent.error());
    }

    /// The same old UID becomes the same new one under every tag; an attribute that is absent stays absent,
    /// and in the legacy dialect an empty one stays empty, and of several values only the first counts.
    Result<std::optional<Value>> newUid(const Statement& statement) const
    {
        const auto old = readValue(m_original, statement.target.tag(), m_characterSet);
        if (!old)
            return old.error();
        if (!*old)
            return std::optional<Value>();
        const QString key = m_isLegacy ? (*old)->section(u'\\', 0, 0) : **old;
        if (m_isLegacy && key.isEmpty())
            return std::optional<Value>();
        return std::optional<Value>(
            Value(key.isEmpty() ? dicom::placedUid(
                      m_context.seed, m_original.bytes(dicom::tags::SOPInstanceUID), statement.index)
                                : dicom::mappedUid(m_context.seed, key)));
    }

    const Program& m_program;
    bool m_isLegacy;
    const DataSet& m_original;
    const RunContext& m_context;
    Budget& m_budget;
    dicom::CharacterSet m_characterSet;
    mutable QHash<QString, Value> m_variables; ///< those that are known, by key
};

/// Carries statements out on a copy, the last one first.
class Applier {
public:
    Applier(const DataSet& original, Writing rules, Budget& budget)
        : m_original(original)
        , m_object(original, rules, budget)
    {
    }

    Outcome apply(const Script& script, const Kept& kept, QStringList& remarks)
    {
        m_object.lookForMisfits(computes(*kept.statement));
        Outcome outcome = apply(kept);
        remarkMisfits(m_object, script, *kept.statement, remarks);
        return outcome;
    }

    Result<DataSet> finish() { return m_object.finish(); }
    int conversion() const { return m_conversion; }
    bool keptUtf8() const { return m_object.keptUtf8(); }

    /// The statements that made a difference: those that determined how an attribute ended up, where that is
    /// not how it was.
    QList<int> decisive(const DataSet& result)
    {
        std::stable_sort(m_touched.begin(), m_touched.end(),
                         [](const Touch& a, const Touch& b) { return a.tag < b.tag; });
        QList<int> indexes;
        for (size_t i = 0; i < m_touched.size(); ++i) {
            const auto [tag, index] = m_touched[i];
            const bool last = i + 1 == m_touched.size() || m_touched[i + 1].tag != tag;
            if (last && !dicom::sameElement(m_original.find(tag), result.find(tag)))
                indexes << index;
        }
        std::sort(indexes.begin(), indexes.end());
        indexes.erase(std::unique(indexes.begin(), indexes.end()), indexes.end());
        return indexes;
    }

private:
    struct Touch {
        Tag tag;
        int index;
    };

    Outcome apply(const Kept& kept)
    {
        const Path& target = kept.statement->target;
        if (target.isPlainTag())
            return apply(kept, target.tag());
        const bool deletes = kept.statement->kind == Statement::Kind::Delete;
        for (const Tag tag : matchingTags(m_object.dataSet(), target.steps[0])) {
            if (tag.isFileMeta())
                continue; // this dialect reaches it by tag only
            if (tag.isGroupLength() && !deletes)
                continue; // a pattern means attributes, and the writer keeps the lengths right
            if (Outcome outcome = apply(kept, tag); !outcome)
                return outcome;
        }
        return Done{};
    }

    Outcome apply(const Kept& kept, Tag tag)
    {
        m_touched.push_back({tag, kept.index});
        if (kept.statement->kind == Statement::Kind::Delete) {
            m_object.remove(tag);
            return Done{};
        }
        const bool before = m_object.wasTurned();
        const Outcome outcome = m_object.assign(tag, kept.value);
        if (!before && m_object.wasTurned())
            m_conversion = kept.index;
        return outcome;
    }

    const DataSet& m_original;
    WorkingObject m_object;
    std::vector<Touch> m_touched; ///< in the order of application
    int m_conversion = -1; ///< the statement whose text needed ISO_IR 192
};

/// The legacy dialect names an attribute that is told by itself.
QString said(const Script& script, const Statement& statement, const Value& value)
{
    const bool named =
        script.dialect() == Dialect::Legacy && statement.value->kind == Expression::Kind::Attribute;
    return named ? QStringLiteral("%1 %2").arg(dicom::toString(statement.value->path.tag()),
                                               value.value_or(QStringLiteral("null")))
                 : value.value_or(QString());
}

QStringList remarks(const Script& script, const Applier& applier, const DataSet& dataSet)
{
    QStringList texts;
    if (applier.conversion() >= 0 && dicom::characterSetOf(dataSet).isUtf8())
        texts << QStringLiteral("line %1: the text of the file was turned to ISO_IR 192, since its character "
                                "set cannot hold what is assigned")
                     .arg(script.statements().at(applier.conversion()).line);
    if (applier.keptUtf8())
        texts << QStringLiteral("Specific Character Set is ISO_IR 192, since the one that the script leaves "
                                "cannot hold the text of the file");
    return texts;
}

} // namespace

Result<RunResult> runFirstWins(const Script& script, const DataSet& original, const RunContext& context)
{
    Budget budget;
    const Planner planner(script, original, context, budget);
    const auto& statements = script.program().statements;
    std::vector<Kept> kept;
    RunResult result;
    for (const Statement& statement : statements) {
        auto value = planner.plan(statement);
        if (!value)
            return errorAt(script, statement.index, value.error());
        if (!value->has_value())
            continue;
        if (statement.kind == Statement::Kind::Echo && statement.value)
            result.messages << said(script, statement, **value);
        else if (statement.kind != Statement::Kind::Echo)
            kept.push_back({statement.index, &statement, std::move(**value)});
    }
    Applier applier(original, script.dialect() == Dialect::Legacy ? Writing::Legacy : Writing::Four, budget);
    for (auto it = kept.rbegin(); it != kept.rend(); ++it)
        if (const Outcome applied = applier.apply(script, *it, result.remarks); !applied)
            return errorAt(script, it->index, applied.error());
    auto dataSet = applier.finish();
    if (!dataSet)
        return dataSet.error();
    result.dataSet = std::move(dataSet).value();
    result.applied = applier.decisive(result.dataSet);
    result.remarks += remarks(script, applier, result.dataSet);
    return result;
}

Result<Value> initialFirstWins(const Script& script, const QString& variable, const DataSet& object,
                               const RunContext& context)
{
    Budget budget;
    return Planner(script, object, context, budget).variable(variable.toLower());
}

} // namespace script
