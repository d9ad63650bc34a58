#include "core/dicom/data_set.h"

#include <algorithm>

namespace dicom {

DataSet::DataSet() = default;
DataSet::DataSet(const DataSet&) = default;
DataSet::DataSet(DataSet&&) noexcept = default;
DataSet& DataSet::operator=(const DataSet&) = default;
DataSet& DataSet::operator=(DataSet&&) noexcept = default;
DataSet::~DataSet() = default;

DataSet::const_iterator DataSet::lowerBound(Tag tag) const
{
    // Numbers instead of pairs: this is asked for more often than anything else.
    return std::lower_bound(begin(), end(), tag.value(), [](const ElementPtr& element, quint32 wanted) {
        return element->tag().value() < wanted;
    });
}

const Element* DataSet::find(Tag tag) const
{
    const auto it = lowerBound(tag);
    return it != end() && (*it)->tag() == tag ? it->data() : nullptr;
}

ElementPtr DataSet::share(Tag tag) const
{
    const auto it = lowerBound(tag);
    return it != end() && (*it)->tag() == tag ? *it : ElementPtr();
}

void DataSet::set(ElementPtr element)
{
    if (m_elements.isEmpty() || m_elements.constLast()->tag() < element->tag()) {
        m_elements.append(std::move(element));
        return;
    }
    const auto at = lowerBound(element->tag()) - begin();
    if (at < m_elements.size() && m_elements.at(at)->tag() == element->tag())
        m_elements[at] = std::move(element);
    else
        m_elements.insert(at, std::move(element));
}

void DataSet::set(Tag tag, Vr vr, QByteArray bytes)
{
    set(Element::make(tag, vr, std::move(bytes)));
}

bool DataSet::remove(Tag tag)
{
    const auto at = lowerBound(tag) - begin();
    if (at == m_elements.size() || m_elements.at(at)->tag() != tag)
        return false;
    m_elements.removeAt(at);
    return true;
}

QString DataSet::creatorOf(Tag tag) const
{
    const Tag creator = tag.creatorTag();
    return creator.element == 0 ? QString() : QString::fromLatin1(bytes(creator).trimmed());
}

QByteArray DataSet::bytes(Tag tag) const
{
    const Element* element = find(tag);
    if (!element)
        return {};
    QByteArray value = element->bytes();
    while (value.endsWith(' ') || value.endsWith('\0'))
        value.chop(1);
    return value;
}

bool operator==(const DataSet& a, const DataSet& b)
{
    return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                      [](const ElementPtr& x, const ElementPtr& y) { return sameElement(x, y); });
}

Element::Element(Tag tag, Vr vr, Value value, bool isUnknown)
    : m_tag(tag)
    , m_vr(vr)
    , m_isUnknown(isUnknown)
    , m_value(std::move(value))
{
}

ElementPtr Element::make(Tag tag, Vr vr, QByteArray bytes)
{
    return ElementPtr(new Element(tag, vr, std::move(bytes)));
}

ElementPtr Element::make(Tag tag, Items items)
{
    return ElementPtr(new Element(tag, Vr::SQ, std::move(items)));
}

ElementPtr Element::make(Tag tag, Vr vr, SourceValue source)
{
    return ElementPtr(new Element(tag, vr, std::make_unique<const SourceValue>(std::move(source))));
}

ElementPtr Element::makeStoredAsUnknown(Tag tag, Vr vr, QByteArray bytes)
{
    return ElementPtr(new Element(tag, vr, std::move(bytes), true));
}

ElementPtr Element::makeStoredAsUnknown(Tag tag, Items items, const QByteArray& stored)
{
    auto value = std::make_unique<const StoredItems>(StoredItems{std::move(items), stored});
    return ElementPtr(new Element(tag, Vr::SQ, std::move(value), true));
}

const QByteArray& Element::storedBytes() const
{
    const auto* stored = std::get_if<StoredItemsPtr>(&m_value);
    return stored ? (*stored)->bytes : bytes();
}

const QByteArray& Element::bytes() const
{
    static const QByteArray none;
    const auto* bytes = std::get_if<QByteArray>(&m_value);
    return bytes ? *bytes : none;
}

const Element::Items& Element::items() const
{
    static const Items none;
    if (const auto* stored = std::get_if<StoredItemsPtr>(&m_value))
        return (*stored)->items;
    const auto* items = std::get_if<Items>(&m_value);
    return items ? *items : none;
}

qint64 Element::length() const
{
    if (const SourceValue* value = source())
        return value->length;
    return isSequence() ? static_cast<qint64>(items().size()) : bytes().size();
}

bool operator==(const Element& a, const Element& b)
{
    if (a.m_tag != b.m_tag || a.m_vr != b.m_vr || a.m_isUnknown != b.m_isUnknown)
        return false;
    if (a.m_isUnknown)
        return a.storedBytes() == b.storedBytes();
    const SourceValue* source = a.source();
    return source && b.source() ? *source == *b.source() : a.m_value == b.m_value;
}

size_t qHash(const Element& element, size_t seed)
{
    seed = qHashMulti(seed, element.m_tag, static_cast<int>(element.m_vr), element.length());
    if (!element.isSequence())
        return qHash(element.bytes(), seed);
    for (const DataSet& item : element.items())
        for (const ElementPtr& nested : item)
            seed = qHash(*nested, seed);
    return seed;
}

bool sameElement(const Element* a, const Element* b)
{
    return a == b || (a && b && *a == *b);
}

bool sameElement(const ElementPtr& a, const ElementPtr& b)
{
    return sameElement(a.data(), b.data());
}

} // namespace dicom
