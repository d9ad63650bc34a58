#pragma once

#include "core/dicom/value.h"
#include "core/edit/merge.h"

#include "core/dicom/value.h"

#include <QHash>
#include <algorithm>

namespace edit {

/// What rows of one data set are told apart by.
struct RowKey {
    dicom::Tag tag;
    QString creator;
    friend bool operator==(const RowKey&, const RowKey&) = default;
    friend size_t qHash(const RowKey& key, size_t seed = 0) { return qHashMulti(seed, key.tag, key.creator); }
    friend bool operator<(const RowKey& a, const RowKey& b)
    {
        return a.tag != b.tag ? a.tag < b.tag : a.creator < b.creator;
    }
};

/// Counts the values of attributes before and after the edits. Used by one thread; shares are put together
/// with absorb(). Elements are counted by address (they are interned) and only put together by value at the
/// end.
template <typename Key>
class RowCollector {
public:
    RowCollector()
        : m_characterSets{dicom::CharacterSet()}
    {
    }

    /// Number of the character set that applies in a data set or item.
    int characterSet(const dicom::DataSet& dataSet, int inherited)
    {
        const dicom::Element* declared = dataSet.find(dicom::tags::SpecificCharacterSet);
        return declared ? number(dicom::CharacterSet::fromValue(declared->bytes())) : inherited;
    }

    void add(const Key& key, const dicom::Element* before, const dicom::Element* after, int oldSet,
             int newSet)
    {
        Row& row = m_rows[key];
        ++row.places;
        row.present += after ? 1 : 0;
        row.originally += before ? 1 : 0;
        const Action action = actionBetween(before, after);
        ++row.actions[static_cast<size_t>(action)];
        if (action == Action::Keep) {
            count(row.same, after, newSet);
            return;
        }
        if (after)
            count(row.after, after, newSet);
        if (before)
            count(row.before, before, oldSet);
    }

    void absorb(RowCollector& other)
    {
        QList<int> numbers;
        for (const dicom::CharacterSet& set : other.m_characterSets)
            numbers << number(set);
        for (auto it = other.m_rows.begin(); it != other.m_rows.end(); ++it) {
            Row& row = m_rows[it.key()];
            row.places += it->places;
            row.present += it->present;
            row.originally += it->originally;
            for (size_t i = 0; i < row.actions.size(); ++i)
                row.actions[i] += it->actions[i];
            absorb(row.same, it->same, numbers);
            absorb(row.after, it->after, numbers);
            absorb(row.before, it->before, numbers);
        }
    }

    QList<Key> sortedKeys() const
    {
        QList<Key> keys = m_rows.keys();
        std::sort(keys.begin(), keys.end());
        return keys;
    }

    int placesOf(const Key& key) const { return m_rows.value(key).places; }

    /// The finished row; `places` could have had the attribute.
    MergedAttribute finish(const Key& key, dicom::AttributePath path, int places) const
    {
        const Row row = m_rows.value(key);
        MergedAttribute result;
        result.path = std::move(path);
        result.instances = places;
        result.present = row.present;
        result.originally = row.originally;
        result.actions = row.actions;
        result.values = distinct({&row.same, &row.after});
        if (result.isEdited())
            result.originals = distinct({&row.same, &row.before});
        const auto& shown = result.values.isEmpty() ? result.originals : result.values;
        if (!shown.isEmpty()) {
            result.vr = shown.first().element->vr();
            result.isSequence = shown.first().element->isSequence();
        }
        return result;
    }

private:
    struct ValueKey {
        dicom::ElementPtr element;
        int characterSet = 0;
        friend bool operator==(const ValueKey& a, const ValueKey& b)
        {
            return a.element.data() == b.element.data() && a.characterSet == b.characterSet;
        }
        friend size_t qHash(const ValueKey& key, size_t seed = 0)
        {
            return qHashMulti(seed, key.element.data(), key.characterSet);
        }
    };
    using Counts = QHash<ValueKey, int>;
    struct Row {
        Counts same, after, before;
        std::array<int, 4> actions{};
        int places = 0, present = 0, originally = 0;
    };
    /// Strings are told apart by what they say, other values by what they are.
    struct ContentKey {
        dicom::ElementPtr element; ///< of others
        QByteArray text; ///< of strings
        friend bool operator==(const ContentKey& a, const ContentKey& b)
        {
            return a.text == b.text && !a.element == !b.element && dicom::sameElement(a.element, b.element);
        }
        friend size_t qHash(const ContentKey& key, size_t seed = 0)
        {
            return key.element ? qHash(*key.element, seed) : qHash(key.text, seed);
        }
    };

    ContentKey contentOf(const ValueKey& value) const
    {
        const dicom::Element& element = *value.element;
        const bool isText = dicom::isString(element.vr()) && !element.isInSource();
        return isText ? ContentKey{{}, dicom::comparable(element, m_characterSets[value.characterSet])}
                      : ContentKey{value.element, {}};
    }

    static void count(Counts& counts, const dicom::Element* element, int characterSet)
    {
        ++counts[ValueKey{dicom::ElementPtr(element), characterSet}];
    }

    static void absorb(Counts& into, const Counts& from, const QList<int>& numbers)
    {
        for (auto it = from.constBegin(); it != from.constEnd(); ++it)
            into[ValueKey{it.key().element, numbers[it.key().characterSet]}] += it.value();
    }

    int number(const dicom::CharacterSet& set)
    {
        const auto known = m_characterSets.indexOf(set);
        if (known >= 0)
            return static_cast<int>(known);
        m_characterSets << set;
        return static_cast<int>(m_characterSets.size()) - 1;
    }

    QList<DistinctValue> distinct(std::initializer_list<const Counts*> counts) const
    {
        QHash<ContentKey, DistinctValue> values;
        for (const Counts* part : counts)
            for (auto it = part->constBegin(); it != part->constEnd(); ++it) {
                DistinctValue& value = values[contentOf(it.key())];
                value.element = it.key().element;
                value.characterSet = m_characterSets[it.key().characterSet];
                value.count += it.value();
            }
        QList<DistinctValue> sorted = values.values();
        std::sort(sorted.begin(), sorted.end(), [](const DistinctValue& a, const DistinctValue& b) {
            return a.count != b.count ? a.count > b.count : a.element->bytes() < b.element->bytes();
        });
        return sorted;
    }

    QHash<Key, Row> m_rows;
    QList<dicom::CharacterSet> m_characterSets;
};

} // namespace edit
