#include "core/script/variables.h"

#include <QHash>
#include <QStringList>

namespace script {

namespace {

void collectVariables(const Expression& expression, QStringList& keys)
{
    if (expression.kind == Expression::Kind::Variable)
        keys << expression.text;
    for (const ExpressionPtr& argument : expression.arguments)
        collectVariables(*argument, keys);
}

class Order {
public:
    explicit Order(Program& program)
        : m_program(program)
    {
    }

    QList<Problem> run()
    {
        for (const Variable& variable : m_program.variables())
            visit(variable);
        m_program.setVariables(std::move(m_ordered));
        return m_problems;
    }

private:
    enum class State { New, Open, Done };

    /// Chains are as long as the script at most; the lexer's limit on its size bounds the depth.
    void visit(const Variable& variable)
    {
        State& state = m_states[variable.key];
        if (state != State::New)
            return;
        state = State::Open;
        QStringList needed;
        if (variable.initial)
            collectVariables(*variable.initial, needed);
        for (const QString& key : std::as_const(needed)) {
            if (m_states.value(key) == State::Open)
                m_problems << problemAt(
                    variable.position,
                    QStringLiteral("The value of %1 depends on itself").arg(variable.name));
            else if (const Variable* other = m_program.findVariable(key))
                visit(*other);
        }
        m_states[variable.key] = State::Done;
        m_ordered.push_back(variable);
    }

    Program& m_program;
    QHash<QString, State> m_states;
    std::vector<Variable> m_ordered;
    QList<Problem> m_problems;
};

} // namespace

QList<Problem> orderByDependency(Program& program)
{
    return Order(program).run();
}

} // namespace script
