#pragma once

#include "core/catalog/instance.h"

#include <QHash>
#include <QStringList>
#include <iterator>

namespace writer {

/// One file to write.
struct PlannedFile {
    catalog::InstancePtr instance;
    QString source; ///< resolved: symbolic links followed
    QString target; ///< resolved; equal to source when overwriting
    QString base; ///< folder that the save's journal is in: the target is below it
    QString backup = {}; ///< where the original is copied first; empty = nowhere
};

/// Walks along a list whose members are made when they are asked for.
template <typename List>
class NumberIterator {
public:
    using iterator_category = std::input_iterator_tag;
    using value_type = decltype(std::declval<const List&>()[0]);
    using difference_type = qsizetype;
    using pointer = const value_type*;
    using reference = value_type;

    NumberIterator(const List& list, qsizetype number)
        : m_list(&list)
        , m_number(number)
    {
    }
    value_type operator*() const { return (*m_list)[m_number]; }
    NumberIterator& operator++()
    {
        ++m_number;
        return *this;
    }
    friend bool operator==(const NumberIterator&, const NumberIterator&) = default;

private:
    const List* m_list;
    qsizetype m_number;
};

/// The files of a plan, in order. There may be more of them than memory, and paths are long: of those of a
/// file only where they begin otherwise than the instance's is kept, and that once for all that begin alike;
/// they are put together when the file is asked for. A light value: copies share what they hold.
class PlannedFiles {
public:
    qsizetype size() const { return m_entries.size(); }
    bool isEmpty() const { return m_entries.isEmpty(); }
    PlannedFile operator[](qsizetype number) const;
    PlannedFile first() const { return (*this)[0]; }
    const catalog::InstancePtr& instance(qsizetype number) const { return m_entries[number].instance; }
    QString target(qsizetype number) const;
    NumberIterator<PlannedFiles> begin() const { return {*this, 0}; }
    NumberIterator<PlannedFiles> end() const { return {*this, size()}; }

    PlannedFiles& operator<<(const PlannedFile& file);

private:
    /// A path that ends as the instance's does.
    struct Path {
        int head = 0; ///< m_heads: what stands before that
        int tail = 0; ///< characters of the end
    };
    struct Entry {
        catalog::InstancePtr instance;
        Path source;
        Path target;
        Path backup;
        int base = 0; ///< m_heads
    };
    int headOf(const QString& text);
    Path shortened(const QString& path, const QString& like);
    QString whole(Path path, const QString& like) const;

    QList<Entry> m_entries;
    QStringList m_heads;
    QHash<QString, int> m_numbers; ///< of m_heads
};

} // namespace writer
