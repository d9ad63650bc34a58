#include "core/script/evaluator_first_wins.h"

#include "core/dicom/value.h"
#include "core/script/character_set_guard.h"
#include "core/script/uid.h"
#include "core/script/values.h"

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

Error at(const Script& script, int index, Error error)
{
    const StatementInfo& info = script.statements().at(index);
    error.kind = Error::Kind::Script;
    error.reason = QStringLiteral("script line %1, “%2”: %3").arg(info.line).arg(info.text, error.reason);
    return error;
}

/// Conditions and values: both see the original only.
class Planner {
public:
    Planner(const DataSet& original, const RunContext& context)
        : m_original(original)
        , m_context(context)
        , m_characterSet(dicom::characterSetOf(original))
    {
    }

    /// Empty when the statement does not apply to this object; else the value it works with.
    Result<std::optional<Value>> plan(const Statement& statement, int index) const
    {
        for (const Constraint& constraint : statement.constraints) {
            const auto holds = this->holds(constraint);
            if (!holds)
                return holds.error();
            if (!*holds)
                return std::optional<Value>();
        }
        if (statement.kind == Statement::Kind::NewUid)
            return newUid(statement, index);
        if (!statement.value)
            return std::optional<Value>(Value());
        auto value = evaluate(*statement.value);
        if (!value)
            return value.error();
        return std::optional<Value>(std::move(value).value());
    }

private:
    Result<bool> holds(const Constraint& constraint) const
    {
        const auto left = evaluate(*constraint.left);
        if (!left)
            return left.error();
        const auto right = evaluate(*constraint.right);
        if (!right)
            return right.error();
        return constraint.kind == Constraint::Kind::Equals ? Result<bool>(*left == *right)
                                                           : matches(constraint, *left, *right);
    }

    static Result<bool> matches(const Constraint& constraint, const Value& text, const Value& pattern)
    {
        if (!pattern)
            return Error{Error::Kind::Script, QStringLiteral("the pattern of a condition is absent")};
        const auto regex = constraint.regex ? Result<Regex>(*constraint.regex) : Regex::compile(*pattern);
        if (!regex)
            return regex.error();
        return text ? regex->matches(*text) : Result<bool>(false);
    }

    Result<Value> evaluate(const Expression& expression) const
    {
        if (expression.kind == Expression::Kind::Literal)
            return Value(expression.text);
        if (expression.kind == Expression::Kind::Attribute)
            return readValue(m_original, expression.tag, m_characterSet);
        Call call{{}, expression.regex ? &*expression.regex : nullptr};
        for (const ExpressionPtr& argument : expression.arguments) {
            auto value = evaluate(*argument);
            if (!value)
                return value;
            call.arguments.push_back(std::move(value).value());
        }
        return expression.function->call(call);
    }

    /// The same old UID becomes the same new one under every tag; an attribute that is absent stays absent.
    Result<std::optional<Value>> newUid(const Statement& statement, int index) const
    {
        const auto old = readValue(m_original, statement.target->tag(), m_characterSet);
        if (!old)
            return old.error();
        if (!*old)
            return std::optional<Value>();
        const QString instance = QString::fromLatin1(m_original.bytes(dicom::tags::SOPInstanceUID));
        const QString key = (*old)->isEmpty() ? QStringLiteral("place:%1:%2").arg(instance).arg(index)
                                              : QStringLiteral("uid:") + **old;
        return std::optional<Value>(Value(seededUid(m_context.seed, key)));
    }

    const DataSet& m_original;
    const RunContext& m_context;
    dicom::CharacterSet m_characterSet;
};

/// Carries statements out on a copy, the last one first.
class Applier {
public:
    explicit Applier(const DataSet& original)
        : m_original(original)
        , m_text(original)
    {
    }

    Outcome apply(const Kept& kept)
    {
        const TagPattern& target = *kept.statement->target;
        if (target.isExact())
            return apply(kept, target.tag());
        for (const Tag tag : m_text.tags(target))
            if (Outcome outcome = apply(kept, tag); !outcome)
                return outcome;
        return Done{};
    }

    Result<DataSet> finish() { return m_text.finish(); }
    int conversion() const { return m_conversion; }
    bool keptUtf8() const { return m_text.keptUtf8(); }

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

    Outcome apply(const Kept& kept, Tag tag)
    {
        m_touched.push_back({tag, kept.index});
        if (kept.statement->kind == Statement::Kind::Delete) {
            m_text.remove(tag);
            return Done{};
        }
        const auto turned = m_text.assign(tag, kept.value);
        if (!turned)
            return turned.error();
        if (*turned)
            m_conversion = kept.index;
        return Done{};
    }

    const DataSet& m_original;
    CharacterSetGuard m_text;
    std::vector<Touch> m_touched; ///< in the order of application
    int m_conversion = -1; ///< the statement whose text needed ISO_IR 192
};

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
    const Planner planner(original, context);
    const auto& statements = script.program().statements;
    std::vector<Kept> kept;
    RunResult result;
    for (size_t i = 0; i < statements.size(); ++i) {
        const int index = static_cast<int>(i);
        auto value = planner.plan(statements[i], index);
        if (!value)
            return at(script, index, value.error());
        if (!value->has_value())
            continue;
        if (statements[i].kind == Statement::Kind::Echo && statements[i].value)
            result.messages << (*value)->value_or(QString());
        else if (statements[i].kind != Statement::Kind::Echo)
            kept.push_back({index, &statements[i], std::move(**value)});
    }
    Applier applier(original);
    for (auto it = kept.rbegin(); it != kept.rend(); ++it)
        if (const Outcome applied = applier.apply(*it); !applied)
            return at(script, it->index, applied.error());
    auto dataSet = applier.finish();
    if (!dataSet)
        return dataSet.error();
    result.dataSet = std::move(dataSet).value();
    result.applied = applier.decisive(result.dataSet);
    result.messages += remarks(script, applier, result.dataSet);
    return result;
}

} // namespace script
