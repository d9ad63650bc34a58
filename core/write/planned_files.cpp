#include "core/write/planned_files.h"

#include <algorithm>

namespace writer {

PlannedFile PlannedFiles::operator[](qsizetype number) const
{
    const Entry& entry = m_entries[number];
    const Rule& rule = m_rules[entry.rule];
    const QString like = entry.instance->path();
    return {entry.instance, whole(rule.source, like), whole(rule.target, like), rule.base,
            whole(rule.backup, like)};
}

QString PlannedFiles::target(qsizetype number) const
{
    const Entry& entry = m_entries[number];
    return whole(m_rules[entry.rule].target, entry.instance->path());
}

PlannedFiles& PlannedFiles::operator<<(const PlannedFile& file)
{
    const QString like = file.instance->path();
    const Rule rule{shortened(file.source, like), shortened(file.target, like), shortened(file.backup, like),
                    file.base};
    auto known = m_numbers.constFind(rule);
    if (known == m_numbers.constEnd()) {
        known = m_numbers.insert(rule, static_cast<int>(m_rules.size()));
        m_rules << rule;
    }
    m_entries << Entry{file.instance, *known};
    return *this;
}

PlannedFiles::Path PlannedFiles::shortened(const QString& path, const QString& like)
{
    const auto end = std::mismatch(path.crbegin(), path.crend(), like.crbegin(), like.crend()).first;
    const auto tail = end - path.crbegin();
    const QStringView head = QStringView(like).chopped(tail);
    const bool isInName = !QStringView(like).last(tail).contains(u'/');
    if (isInName && !head.isEmpty() && path.startsWith(head))
        return {path.sliced(head.size()).chopped(tail), tail, true};
    return {path.chopped(tail), like.size() - tail, false};
}

QString PlannedFiles::whole(const Path& path, const QString& like)
{
    QString text = path.isInserted ? like.chopped(path.cut) + path.text : path.text;
    text.append(path.isInserted ? QStringView(like).last(path.cut) : QStringView(like).sliced(path.cut));
    return text;
}

} // namespace writer
