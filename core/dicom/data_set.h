#pragma once

#include "core/dicom/tag.h"
#include "core/dicom/vr.h"

#include <QByteArray>
#include <QExplicitlySharedDataPointer>
#include <QList>
#include <QSharedData>
#include <memory>
#include <variant>
#include <vector>

namespace dicom {

class Element;
using ElementPtr = QExplicitlySharedDataPointer<const Element>;

/// The data elements of a data set or of one sequence item, in tag order.
///
/// A light value: copies share the elements, and an element is never changed once it stands in a data set; so
/// a data set may be read on any thread, and equal pointers mean equal elements. It holds no place for a
/// file: what is written is a DicomFile.
class DataSet {
public:
    using const_iterator = QList<ElementPtr>::const_iterator;

    DataSet();
    DataSet(const DataSet&);
    DataSet(DataSet&&) noexcept;
    DataSet& operator=(const DataSet&);
    DataSet& operator=(DataSet&&) noexcept;
    ~DataSet();

    bool isEmpty() const { return m_elements.isEmpty(); }
    qsizetype size() const { return m_elements.size(); }
    const_iterator begin() const { return m_elements.cbegin(); }
    const_iterator end() const { return m_elements.cend(); }
    /// The first element whose tag is not below the given one.
    const_iterator lowerBound(Tag tag) const;

    /// Null when there is no such element. The pointer holds while this data set is not changed.
    const Element* find(Tag tag) const;
    ElementPtr share(Tag tag) const;
    bool contains(Tag tag) const { return find(tag) != nullptr; }

    /// Makes room for as many elements in all.
    void reserve(qsizetype size) { m_elements.reserve(size); }
    /// Inserts the element or replaces the one with its tag. Appending in tag order is cheap.
    void set(ElementPtr element);
    void set(Tag tag, Vr vr, QByteArray bytes);
    /// False when there was none.
    bool remove(Tag tag);

    /// The creator that reserves the block of a private element, without padding; empty when the tag is
    /// public or its block is not reserved (PS3.5 section 7.8.1).
    QString creatorOf(Tag tag) const;
    /// The value bytes without trailing padding (blanks and NULs); empty when absent or no plain value.
    QByteArray bytes(Tag tag) const;

    /// Same elements with the same values; nested ones included.
    friend bool operator==(const DataSet& a, const DataSet& b);

private:
    QList<ElementPtr> m_elements;
};

/// Where a value stands in the data set as read: a chain of sequence items, then the element itself.
struct SourcePlace {
    struct Item {
        Tag sequence;
        int item;
        friend bool operator==(const Item&, const Item&) = default;
    };
    std::vector<Item> items;
    Tag tag;
    friend bool operator==(const SourcePlace&, const SourcePlace&) = default;
};

/// Bytes of a value that count as `fill` whatever its file holds: a rectangle of each frame of an image.
struct BlankedArea {
    qint64 first = 0; ///< byte of the value
    qint64 runLength = 0; ///< bytes of a row of the rectangle
    qint64 rowStride = 0; ///< bytes from row to row
    qint64 rows = 0;
    qint64 frameStride = 0; ///< bytes from frame to frame
    qint64 frames = 1;
    QByteArray fill = {}; ///< over and over from the beginning of each run, little endian; empty: zeros
    int unit = 1; ///< bytes whose order files in big endian reverse (PS3.5 section 7.3): 1, 2, 4 or 8
    friend bool operator==(const BlankedArea&, const BlankedArea&) = default;
};

/// Bits that count as zero in every unit of a value, whatever its file holds.
struct ClearedBits {
    quint32 mask = 0; ///< of a unit
    int bytes = 0; ///< of a unit: 1, 2 or 4
    friend bool operator==(const ClearedBits&, const ClearedBits&) = default;
};

/// A value that was left in its file: Pixel Data and whatever is longer than the reader keeps.
struct SourceValue {
    SourcePlace place;
    qint64 length = 0; ///< bytes; of all fragments together when encapsulated
    bool encapsulated = false;
    std::vector<BlankedArea> blanked = {}; ///< never of encapsulated values
    ClearedBits cleared = {}; ///< never of encapsulated values
    friend bool operator==(const SourceValue&, const SourceValue&) = default;
};

/// One data element (PS3.5 section 7.1): immutable, shared between data sets.
class Element : public QSharedData {
public:
    using Items = std::vector<DataSet>;

    /// A plain value: the raw value bytes, numbers little endian, as they stand in the file.
    static ElementPtr make(Tag tag, Vr vr, QByteArray bytes);
    /// A sequence.
    static ElementPtr make(Tag tag, Items items);
    static ElementPtr make(Tag tag, Vr vr, SourceValue source);
    /// What a file holds as UN though it is known what it is (unknown_value.h): a plain value, and a sequence
    /// with the bytes that its items were read from.
    static ElementPtr makeStoredAsUnknown(Tag tag, Vr vr, QByteArray bytes);
    static ElementPtr makeStoredAsUnknown(Tag tag, Items items, const QByteArray& stored);

    Tag tag() const { return m_tag; }
    Vr vr() const { return m_vr; }
    bool isSequence() const
    {
        return std::holds_alternative<Items>(m_value) || std::holds_alternative<StoredItemsPtr>(m_value);
    }
    /// Its file says UN, and so will the new one.
    bool isStoredAsUnknown() const { return m_isUnknown; }
    /// The value bytes that its file has, of elements that are stored as UN.
    const QByteArray& storedBytes() const;
    bool isInSource() const { return std::holds_alternative<SourceValuePtr>(m_value); }
    /// Empty for sequences and for values left in the source.
    const QByteArray& bytes() const;
    /// Empty for anything but sequences.
    const Items& items() const;
    /// Null for values that were read.
    const SourceValue* source() const
    {
        const auto* source = std::get_if<SourceValuePtr>(&m_value);
        return source ? source->get() : nullptr;
    }
    /// Bytes of a plain value or of one in the source, items of a sequence.
    qint64 length() const;

    friend bool operator==(const Element& a, const Element& b);
    friend size_t qHash(const Element& element, size_t seed);

private:
    struct StoredItems {
        Items items;
        QByteArray bytes;
    };
    using StoredItemsPtr = std::unique_ptr<const StoredItems>;
    using SourceValuePtr = std::unique_ptr<const SourceValue>; ///< few have one, and it is large
    using Value = std::variant<QByteArray, Items, SourceValuePtr, StoredItemsPtr>;
    Element(Tag tag, Vr vr, Value value, bool isUnknown = false);

    Tag m_tag;
    Vr m_vr;
    bool m_isUnknown;
    Value m_value;
};

/// Null pointers are equal to each other only.
bool sameElement(const ElementPtr& a, const ElementPtr& b);
bool sameElement(const Element* a, const Element* b);

} // namespace dicom
