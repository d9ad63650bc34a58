#include "core/script/program.h"

namespace script {

void Program::setVariables(std::vector<Variable> variables)
{
    m_variables = std::move(variables);
    m_places.clear();
    for (size_t i = 0; i < m_variables.size(); ++i)
        m_places.insert(m_variables[i].key, i);
}

Variable& Program::variable(const QString& key)
{
    const auto known = m_places.constFind(key);
    if (known != m_places.constEnd())
        return m_variables[*known];
    m_places.insert(key, m_variables.size());
    m_variables.emplace_back();
    m_variables.back().key = key;
    return m_variables.back();
}

const Variable* Program::findVariable(const QString& key) const
{
    const auto known = m_places.constFind(key);
    return known == m_places.constEnd() ? nullptr : &m_variables[*known];
}

} // namespace script
