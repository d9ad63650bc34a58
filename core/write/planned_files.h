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

    void reserve(qsizetype size) { m_entries.reserve(size); }
    PlannedFiles& operator<<(const PlannedFile& file);

private:
    /// How a path is made from the instance's: what takes the place of its beginning, or is put into its
    /// name.
    struct Path {
        QString text;
        qsizetype cut = 0; ///< characters of the beginning; of a name that is put into, those behind the text
        bool isInserted = false;
        friend bool operator==(const Path&, const Path&) = default;
    };
    /// How the paths of a file are made; most files of a folder have the same.
    struct Rule {
        Path source, target, backup;
        QString base;
        friend bool operator==(const Rule&, const Rule&) = default;
        friend size_t qHash(const Rule& rule, size_t seed)
        {
            return qHashMulti(seed, rule.source.text, rule.target.text, rule.target.cut, rule.backup.text);
        }
    };
    struct Entry {
        catalog::InstancePtr instance;
        int rule = 0; ///< m_rules
    };
    static Path shortened(const QString& path, const QString& like);
    static QString whole(const Path& path, const QString& like);

    QList<Entry> m_entries;
    QList<Rule> m_rules;
    QHash<Rule, int> m_numbers; ///< of m_rules
};

} // namespace writer
