#include "core/write/planned_files.h"

#include <algorithm>

namespace writer {

PlannedFile PlannedFiles::operator[](qsizetype number) const
{
    const Entry& entry = m_entries[number];
    const QString& like = entry.instance->path;
    return {entry.instance, whole(entry.source, like), whole(entry.target, like), m_heads[entry.base],
            whole(entry.backup, like)};
}

QString PlannedFiles::target(qsizetype number) const
{
    const Entry& entry = m_entries[number];
    return whole(entry.target, entry.instance->path);
}

PlannedFiles& PlannedFiles::operator<<(const PlannedFile& file)
{
    const QString& like = file.instance->path;
    m_entries << Entry{file.instance, shortened(file.source, like), shortened(file.target, like),
                       shortened(file.backup, like), headOf(file.base)};
    return *this;
}

int PlannedFiles::headOf(const QString& text)
{
    const auto known = m_numbers.constFind(text);
    if (known != m_numbers.constEnd())
        return *known;
    const int number = static_cast<int>(m_heads.size());
    m_heads << text;
    m_numbers.insert(text, number);
    return number;
}

PlannedFiles::Path PlannedFiles::shortened(const QString& path, const QString& like)
{
    const auto differ = std::mismatch(path.crbegin(), path.crend(), like.crbegin(), like.crend()).first;
    const auto tail = static_cast<int>(differ - path.crbegin());
    return {headOf(path.chopped(tail)), tail};
}

QString PlannedFiles::whole(Path path, const QString& like) const
{
    const QString& head = m_heads[path.head];
    if (head.isEmpty() && path.tail == like.size())
        return like;
    QString text = head;
    text.append(QStringView(like).last(path.tail));
    return text;
}

} // namespace writer
