// Longer than 300 lines: one run, whose statements share the object, the variables and the budget.

#include "core/dicom/new_uid.h"
#include "core/script/evaluator.h"
#include "core/script/function_calls.h"
#include "core/script/working_object.h"

#include <algorithm>

namespace script {

namespace {

constexpr qsizetype longestList = 100'000; ///< a hostile script must not eat the memory
constexpr int deepestList = 100; ///< nor the stack

class Sequence {
public:
    Sequence(const Script& script, const dicom::DataSet& original, const RunContext& context)
        : m_script(script)
        , m_context(context)
        , m_object(original, Writing::Six, m_budget)
    {
        const VariableValues values = withSeededVariables(script, context);
        for (auto given = values.begin(); given != values.end(); ++given)
            m_variables.insert(given.key(), Datum{given.value()});
    }

    Result<RunResult> run()
    {
        if (const Outcome outcome = all(m_script.program().statements); !outcome)
            return outcome.error();
        if (m_object.hasCleanPixels())
            recordCleanPixels(m_object);
        auto dataSet = m_object.finish();
        if (!dataSet)
            return dataSet.error();
        m_result.dataSet = std::move(dataSet).value();
        std::sort(m_result.applied.begin(), m_result.applied.end());
        m_result.applied.erase(std::unique(m_result.applied.begin(), m_result.applied.end()),
                               m_result.applied.end());
        if (m_object.wasTurned() || m_object.keptUtf8())
            m_result.remarks << QStringLiteral(
                "the text of the file was turned to ISO_IR 192, since its character "
                "set cannot hold what is assigned");
        return std::move(m_result);
    }

private:
    Outcome all(const std::vector<Statement>& statements)
    {
        for (const Statement& statement : statements) {
            const bool isBlock = statement.kind == Statement::Kind::If;
            m_object.lookForMisfits(computes(statement));
            Outcome outcome = carryOut(statement);
            remarkMisfits(m_object, m_script, statement, m_result.remarks);
            if (!outcome)
                return isBlock && m_located ? outcome : located(statement, outcome.error());
            if (!isBlock && m_object.takeChanged()) {
                m_result.applied << statement.index;
                m_object.keepUids();
            }
        }
        return Done{};
    }

    Error located(const Statement& statement, const Error& error)
    {
        if (m_located)
            return error;
        m_located = true;
        const bool header = statement.kind == Statement::Kind::If && !statement.isTernary;
        return header
            ? Error{Error::Kind::Script,
                    QStringLiteral("script line %1: %2").arg(statement.position.line).arg(error.reason),
                    error.remedy,
                    {},
                    error.attribute}
            : errorAt(m_script, statement.index, error);
    }

    Outcome carryOut(const Statement& statement)
    {
        switch (statement.kind) {
        case Statement::Kind::Assign:
            return assign(statement);
        case Statement::Kind::AssignExisting:
            return assignExisting(statement);
        case Statement::Kind::Delete:
            return m_object.remove(statement.target);
        case Statement::Kind::Echo:
            return echo(*statement.value);
        case Statement::Kind::SetVariable:
            return setVariable(statement);
        case Statement::Kind::Call: {
            const auto ignored = datum(*statement.value);
            return ignored ? Outcome(Done{}) : Outcome(ignored.error());
        }
        case Statement::Kind::RemovePrivate:
            m_object.removePrivate();
            return Done{};
        case Statement::Kind::If:
            return branch(statement);
        case Statement::Kind::NewUid:
            break; // of other dialects
        }
        return Done{};
    }

    static bool isNewUid(const Expression& value)
    {
        return value.kind == Expression::Kind::Call && QLatin1StringView(value.function->name) == u"newUID";
    }

    /// What is absent assigns nothing. A new UID follows the one that it replaces, so that a study stays one.
    Outcome assign(const Statement& statement)
    {
        if (isNewUid(*statement.value)) {
            const auto old = m_object.read(statement.target);
            if (!old)
                return old.error();
            if (*old && !(*old)->isEmpty())
                return m_object.assign(statement.target, dicom::mappedUid(m_context.seed, **old));
        }
        const auto value = text(*statement.value);
        if (!value)
            return value.error();
        return *value ? m_object.assign(statement.target, *value) : Outcome(Done{});
    }

    Outcome assignExisting(const Statement& statement)
    {
        const auto value = text(*statement.value);
        if (!value)
            return value.error();
        const bool follows = isNewUid(*statement.value);
        return m_object.rewrite(
            statement.target,
            [&](const dicom::Element&, const WorkingObject::ReadText& text) -> Result<Value> {
                if (!follows)
                    return Value(value->value_or(QString())); // whatever stands there; absent empties it
                const auto old = text();
                if (!old)
                    return old.error();
                return old->isEmpty() ? *value : Value(dicom::mappedUid(m_context.seed, *old));
            });
    }

    Outcome echo(const Expression& value)
    {
        const auto said = text(value);
        if (!said)
            return said.error();
        m_result.messages << said->value_or(QString());
        return Done{};
    }

    Outcome setVariable(const Statement& statement)
    {
        auto value = statement.value->kind == Expression::Kind::Attribute ? readDatum(*statement.value)
                                                                          : datum(*statement.value);
        if (!value)
            return value.error();
        m_variables.insert(statement.variable, std::move(value).value());
        return Done{};
    }

    Outcome branch(const Statement& statement)
    {
        for (const Branch& branch : statement.branches) {
            const auto holds =
                branch.conditions.empty() ? Result<bool>(true) : this->holds(branch.conditions[0]);
            if (!holds)
                return holds.error();
            if (*holds)
                return all(branch.statements);
        }
        return Done{};
    }

    /// With null, "=" and "~" are false, "!=" and "!~" are true.
    Result<bool> holds(const Condition& condition)
    {
        const auto left = text(*condition.left);
        if (!left)
            return left.error();
        if (condition.kind == Condition::Kind::Holds)
            return *left && **left == u"true";
        const auto right = text(*condition.right);
        if (!right)
            return right.error();
        const bool negated =
            condition.kind == Condition::Kind::Differs || condition.kind == Condition::Kind::MatchesNot;
        const bool compares =
            condition.kind == Condition::Kind::Equals || condition.kind == Condition::Kind::Differs;
        const auto is = compares || !*right ? Result<bool>(compares && *left && *right && **left == **right)
                                            : matchesPattern(condition, *left, *right);
        return is ? Result<bool>(*is != negated) : is;
    }

    Result<Datum> readDatum(const Expression& attribute)
    {
        auto value = m_object.read(attribute.path);
        return value ? Result<Datum>(Datum{std::move(value).value()}) : value.error();
    }

    /// An expression as a value; null when absent.
    Result<Value> text(const Expression& expression)
    {
        if (expression.kind == Expression::Kind::Literal)
            return Value(expression.text);
        if (expression.kind == Expression::Kind::Attribute)
            return m_object.read(expression.path);
        const auto value = datum(expression);
        if (!value)
            return value.error();
        if (value->isList)
            return Error{Error::Kind::Script, QStringLiteral("expected a single value, found a list")};
        return value->path ? m_object.read(*value->path) : Result<Value>(value->text);
    }

    /// An expression as the argument of a function: attributes are not read yet.
    Result<Datum> datum(const Expression& expression)
    {
        switch (expression.kind) {
        case Expression::Kind::Literal:
            return Datum{expression.text};
        case Expression::Kind::Attribute: {
            Datum attribute;
            attribute.path = std::make_shared<const Path>(expression.path);
            return attribute;
        }
        case Expression::Kind::Variable:
            return variable(expression.text);
        case Expression::Kind::List:
            return list(expression);
        case Expression::Kind::Call:
            return expression.function->call ? callOnValues(expression) : callOnObject(expression);
        }
        return Datum();
    }

    Result<Datum> list(const Expression& expression)
    {
        Datum list;
        list.isList = true;
        for (const ExpressionPtr& member : expression.arguments) {
            auto value = datum(*member);
            const Outcome spent = value ? m_budget.spend(0) : Outcome(value.error());
            if (!spent)
                return spent.error();
            list.size += value->size;
            list.depth = std::max(list.depth, value->depth + 1);
            if (list.size > longestList)
                return Error{Error::Kind::Script,
                             QStringLiteral("the list becomes longer than %1 values").arg(longestList)};
            if (list.depth > deepestList)
                return Error{
                    Error::Kind::Script,
                    QStringLiteral("more than %1 lists stand one inside of another").arg(deepestList)};
            list.members.push_back(std::move(value).value());
        }
        return list;
    }

    Result<Datum> variable(const QString& name)
    {
        const auto known = m_variables.constFind(name);
        if (known == m_variables.constEnd())
            return Error{
                Error::Kind::Script, QStringLiteral("the variable %1 has no value").arg(name),
                QStringLiteral("Set it in the script before it is used, or give it a value from outside")};
        return *known;
    }

    Result<Datum> callOnValues(const Expression& call)
    {
        Call given{{}, call.regex ? &*call.regex : nullptr};
        for (const ExpressionPtr& argument : call.arguments) {
            const auto value = datum(*argument);
            const Outcome added =
                value ? addValues(given, *value, call.function->most < 0) : Outcome(value.error());
            if (!added)
                return added.error();
        }
        if (call.function->needsValues)
            for (const Value& value : given.arguments)
                if (!value)
                    return Error{Error::Kind::Script,
                                 QStringLiteral("%1 was given an attribute that is absent")
                                     .arg(QLatin1StringView(call.function->name)),
                                 QStringLiteral("Ask before: isPresent[(gggg,eeee)] ? …")};
        auto value = call.function->call(given);
        return value ? charged(Datum{std::move(value).value()}) : value.error();
    }

    /// Lists are taken apart where any number of arguments will do.
    Outcome addValues(Call& call, const Datum& argument, bool flattens)
    {
        if (argument.isList && !flattens)
            return Error{Error::Kind::Script, QStringLiteral("expected a single value, found a list")};
        for (const Datum& member : argument.members)
            if (Outcome added = addValues(call, member, flattens); !added)
                return added;
        if (argument.isList)
            return Done{};
        auto value = argument.path ? m_object.read(*argument.path) : Result<Value>(argument.text);
        if (!value)
            return value.error();
        call.arguments.push_back(std::move(value).value());
        return m_budget.spend(0);
    }

    Result<Datum> callOnObject(const Expression& call)
    {
        Action action{m_object, m_context, {}, call.position.line, call.place, m_result.remarks};
        for (const ExpressionPtr& argument : call.arguments) {
            auto value = datum(*argument);
            if (!value)
                return value;
            action.arguments.push_back(std::move(value).value());
        }
        auto value = call.function->act(action);
        return value ? charged(std::move(value).value()) : value;
    }

    Result<Datum> charged(Datum datum)
    {
        qsizetype characters = datum.text ? datum.text->size() : 0;
        for (const Datum& member : std::as_const(datum.members))
            characters += member.text ? member.text->size() : 0;
        const Outcome spent = m_budget.spend(characters + (datum.size - 1) * Budget::perValue);
        return spent ? Result<Datum>(std::move(datum)) : spent.error();
    }

    const Script& m_script;
    const RunContext& m_context;
    Budget m_budget;
    WorkingObject m_object;
    QHash<QString, Datum> m_variables;
    RunResult m_result;
    bool m_located = false; ///< the error says in which statement
};

} // namespace

Result<RunResult> runSequential(const Script& script, const dicom::DataSet& original,
                                const RunContext& context)
{
    return Sequence(script, original, context).run();
}

} // namespace script
