#include "core/script/evaluator_first_wins.h"

#include "core/dicom/value.h"
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

class Evaluation {
public:
    Evaluation(const Script& script, const DataSet& original, const RunContext& context)
        : m_script(script)
        , m_original(original)
        , m_context(context)
        , m_characterSet(dicom::characterSetOf(original))
    {
    }

    Result<RunResult> run()
    {
        const auto& statements = m_script.program().statements;
        std::vector<Kept> kept;
        for (size_t i = 0; i < statements.size(); ++i) {
            const auto value = plan(statements[i], static_cast<int>(i));
            if (!value)
                return at(static_cast<int>(i), value.error());
            if (*value)
                kept.push_back({static_cast<int>(i), &statements[i], **value});
        }
        m_result.dataSet = m_original;
        for (auto it = kept.rbegin(); it != kept.rend(); ++it)
            if (const Outcome applied = apply(*it); !applied)
                return at(it->index, applied.error());
        std::sort(m_result.applied.begin(), m_result.applied.end());
        return m_result;
    }

private:
    Error at(int index, Error error) const
    {
        const StatementInfo& info = m_script.statements().at(index);
        error.kind = Error::Kind::Script;
        error.reason = QStringLiteral("script line %1, “%2”: %3").arg(info.line).arg(info.text, error.reason);
        return error;
    }

    /// Empty when the statement does not apply to this object; else the value it works with.
    Result<std::optional<Value>> plan(const Statement& statement, int index)
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
        if (statement.kind == Statement::Kind::Echo)
            m_result.messages << value->value_or(QString());
        return std::optional<Value>(*value);
    }

    Result<bool> holds(const Constraint& constraint)
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
        auto regex = constraint.regex ? Result<Regex>(*constraint.regex) : Regex::compile(*pattern);
        if (!regex)
            return regex.error();
        if (!text)
            return false;
        const auto groups = regex->matchWhole(*text);
        if (!groups)
            return groups.error();
        return !groups->isEmpty();
    }

    Result<Value> evaluate(const Expression& expression)
    {
        switch (expression.kind) {
        case Expression::Kind::Literal:
            return Value(expression.text);
        case Expression::Kind::Attribute:
            return readValue(m_original, expression.tag, m_characterSet);
        case Expression::Kind::Call:
            break;
        }
        Values arguments;
        for (const ExpressionPtr& argument : expression.arguments) {
            auto value = evaluate(*argument);
            if (!value)
                return value;
            arguments.push_back(*value);
        }
        return expression.function->call(arguments);
    }

    /// The same old UID becomes the same new one under every tag; an attribute that is absent stays absent.
    Result<std::optional<Value>> newUid(const Statement& statement, int index)
    {
        const Tag tag = statement.target->tag();
        auto old = readValue(m_original, tag, m_characterSet);
        if (!old)
            return old.error();
        if (!*old)
            return std::optional<Value>();
        if (!(*old)->isEmpty())
            return std::optional<Value>(Value(seededUid(m_context.seed, QStringLiteral("uid:") + **old)));
        const QString instance = QString::fromLatin1(m_original.bytes(dicom::tags::SOPInstanceUID));
        return std::optional<Value>(
            Value(seededUid(m_context.seed, QStringLiteral("place:%1:%2").arg(instance).arg(index))));
    }

    Outcome apply(const Kept& kept)
    {
        const Statement& statement = *kept.statement;
        if (statement.kind == Statement::Kind::Echo)
            return Done{};
        bool changed = false;
        for (const Tag tag : targets(statement)) {
            if (statement.kind == Statement::Kind::Delete) {
                changed = m_result.dataSet.remove(tag) || changed;
                continue;
            }
            const dicom::ElementPtr before = m_result.dataSet.share(tag);
            bool reencoded = false;
            if (Outcome written = writeValue(m_result.dataSet, tag, kept.value, reencoded); !written)
                return written;
            if (reencoded)
                m_result.messages
                    << QStringLiteral("line %1: the text was turned to ISO_IR 192, since its character set "
                                      "cannot hold what is assigned")
                           .arg(m_script.statements().at(kept.index).line);
            changed = changed || !dicom::sameElement(before, m_result.dataSet.share(tag));
        }
        if (changed)
            m_result.applied << kept.index;
        return Done{};
    }

    /// A pattern means what the object has when its turn comes; it never reaches group 0002.
    QList<Tag> targets(const Statement& statement) const
    {
        if (statement.target->isExact())
            return {statement.target->tag()};
        QList<Tag> tags;
        for (const auto& element : m_result.dataSet)
            if (!element->tag().isFileMeta() && statement.target->matches(element->tag()))
                tags << element->tag();
        return tags;
    }

    const Script& m_script;
    const DataSet& m_original;
    const RunContext& m_context;
    dicom::CharacterSet m_characterSet;
    RunResult m_result;
};

} // namespace

Result<RunResult> runFirstWins(const Script& script, const DataSet& original, const RunContext& context)
{
    return Evaluation(script, original, context).run();
}

} // namespace script
