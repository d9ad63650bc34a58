#include "core/script/variables.h"

#include <QHash>
#include <QStringList>
#include <algorithm>
#include <utility>

namespace script {

namespace {

void collectVariables(const Expression& expression, QStringList& keys)
{
    if (expression.kind == Expression::Kind::Variable)
        keys << expression.text;
    for (const ExpressionPtr& argument : expression.arguments)
        collectVariables(*argument, keys);
}

/// Deeper chains cannot be meant, and the evaluation of each link takes a bit of the stack.
constexpr int longestChain = 500;

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
    struct Visit {
        State state = State::New;
        int depth = 0; ///< of the longest chain of variables that it needs
    };

    /// How long the chain is that begins with it. One that is too long is a problem, told once.
    int visit(const Variable& variable, int outer = 0)
    {
        if (const Visit known = m_visits.value(variable.key); known.state != State::New)
            return known.depth;
        m_visits.insert(variable.key, {State::Open, 0});
        int depth = 0;
        QStringList needed;
        if (variable.initial)
            collectVariables(*variable.initial, needed);
        for (const QString& key : std::as_const(needed)) {
            const Variable* other = m_program.findVariable(key);
            if (m_visits.value(key).state == State::Open)
                m_problems << problemAt(
                    variable.position,
                    QStringLiteral("The value of %1 depends on itself").arg(variable.name));
            else if (other && outer < longestChain)
                depth = std::max(depth, visit(*other, outer + 1) + 1);
            else if (other)
                depth = longestChain;
        }
        if (depth >= longestChain)
            refuse(variable);
        m_visits[variable.key] = {State::Done, depth};
        m_ordered.push_back(variable);
        return depth;
    }

    void refuse(const Variable& variable)
    {
        if (!std::exchange(m_refused, true))
            m_problems << problemAt(variable.position,
                                    QStringLiteral("%1 depends on a chain of more than %2 variables")
                                        .arg(variable.name)
                                        .arg(longestChain));
    }

    Program& m_program;
    QHash<QString, Visit> m_visits;
    bool m_refused = false;
    std::vector<Variable> m_ordered;
    QList<Problem> m_problems;
};

} // namespace

QList<Problem> orderByDependency(Program& program)
{
    return Order(program).run();
}

} // namespace script
