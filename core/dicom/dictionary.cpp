#include "core/dicom/dictionary.h"

#include "core/dicom/dictionary_table.h"

#include <QHash>

namespace dicom {

namespace {

/// The keyword that most names have.
QString keywordOf(QString name)
{
    name.remove(QStringLiteral("'s"));
    QString result;
    for (const QChar c : name)
        if (c.unicode() < 0x80 && c.isLetterOrNumber())
            result += c;
    return result;
}

/// One string for the multiplicity that nearly all have.
QString vmOf(const QByteArray& text)
{
    static const QString one = QStringLiteral("1");
    return text == "1" ? one : QString::fromLatin1(text);
}

class StandardTable {
public:
    StandardTable()
    {
        readDictionaryTable("standard.tsv", [this](const QList<QByteArray>& fields) { add(fields); });
        // Only now do the entries stay where they are.
        for (qsizetype i = 0; i < m_patterns.size(); ++i)
            index(m_patterns[i], i);
    }

    const DictionaryEntry* find(Tag tag) const
    {
        const auto exact = m_exact.constFind(tag.value());
        if (exact != m_exact.cend())
            return &m_entries[*exact].second;
        if (tag.isGroupLength()) // (1000,xxx0) would fit
            return nullptr;
        for (const qsizetype i : m_repeating)
            if (m_patterns[i].matches(tag))
                return &m_entries[i].second;
        return nullptr;
    }

    std::optional<Tag> findText(const QString& folded) const
    {
        const auto found = m_byText.constFind(folded);
        return found == m_byText.cend() ? std::nullopt : std::optional(m_entries[*found].first);
    }

    const QList<QPair<Tag, DictionaryEntry>>& entries() const { return m_entries; }

private:
    void add(const QList<QByteArray>& fields)
    {
        const auto pattern = parseTagPattern(fields[0]);
        const auto vr = parseVr(QString::fromLatin1(fields[1]));
        Q_ASSERT(pattern && vr && fields.size() >= 5);
        const QString name = QString::fromUtf8(fields[4]);
        const QString keyword = fields.size() > 5 ? QString::fromLatin1(fields[5]) : keywordOf(name);
        m_patterns.append(*pattern);
        m_entries.append({pattern->example(), {name, keyword, *vr, fields[3] == "R", vmOf(fields[2])}});
    }

    void index(const TagPattern& pattern, qsizetype i)
    {
        if (pattern.isExact())
            m_exact.insert(pattern.value, i);
        else
            m_repeating.append(i);
        const DictionaryEntry& entry = m_entries[i].second;
        for (const QString& text : {entry.keyword.toCaseFolded(), entry.name.toCaseFolded()}) {
            // A few retired attributes share their name with one in use.
            const auto known = m_byText.constFind(text);
            if (known == m_byText.cend() || (m_entries[*known].second.retired && !entry.retired))
                m_byText.insert(text, i);
        }
    }

    QList<TagPattern> m_patterns; ///< of the entries, in their order
    QList<QPair<Tag, DictionaryEntry>> m_entries;
    QHash<quint32, qsizetype> m_exact;
    QList<qsizetype> m_repeating;
    QHash<QString, qsizetype> m_byText;
};

const StandardTable& standardTable()
{
    static const StandardTable table;
    return table;
}

class PrivateTable {
public:
    PrivateTable()
    {
        QString creator;
        readDictionaryTable("private.tsv", [this, &creator](const QList<QByteArray>& fields) {
            const QByteArray& first = fields[0];
            if (first.startsWith('['))
                creator = QString::fromUtf8(first.mid(1, first.size() - 2));
            else
                add(creator, fields);
        });
    }

    const DictionaryEntry* find(QStringView creator, Tag tag) const
    {
        const quint32 element = (quint32{tag.group} << 8) | (tag.element & 0xFFu);
        const QString text = creator.toString();
        if (const auto* entry = find(m_exact, text, element))
            return entry;
        return find(m_folded, text.trimmed().toCaseFolded(), element);
    }

private:
    using Elements = QHash<quint32, DictionaryEntry>; ///< by group and low byte of the element
    using Creators = QHash<QString, Elements>;

    void add(const QString& creator, const QList<QByteArray>& fields)
    {
        bool ok = false;
        const quint32 element = fields[0].toUInt(&ok, 16);
        const auto vr = parseVr(QString::fromLatin1(fields[1]));
        Q_ASSERT(ok && vr && !creator.isEmpty());
        const QString name = fields.size() > 2 ? QString::fromUtf8(fields[2]) : QString();
        const DictionaryEntry entry{name, {}, *vr, false, vmOf(fields.value(3, "1"))};
        m_exact[creator].insert(element, entry);
        Elements& folded = m_folded[creator.toCaseFolded()];
        // Spellings of one creator: what has a name is worth more.
        if (folded.value(element).name.isEmpty())
            folded.insert(element, entry);
    }

    static const DictionaryEntry* find(const Creators& creators, const QString& creator, quint32 element)
    {
        const auto elements = creators.constFind(creator);
        if (elements == creators.cend())
            return nullptr;
        const auto entry = elements->constFind(element);
        return entry == elements->cend() ? nullptr : &*entry;
    }

    Creators m_exact;
    Creators m_folded;
};

const DictionaryEntry* groupLength()
{
    static const DictionaryEntry entry{QStringLiteral("Group Length"), {}, Vr::UL, true, QStringLiteral("1")};
    return &entry;
}

const DictionaryEntry* privateCreator()
{
    static const DictionaryEntry entry{
        QStringLiteral("Private Creator"), {}, Vr::LO, false, QStringLiteral("1")};
    return &entry;
}

} // namespace

const DictionaryEntry* findStandard(Tag tag)
{
    if (tag.isPrivate())
        return nullptr;
    const DictionaryEntry* entry = standardTable().find(tag);
    return entry || !tag.isGroupLength() ? entry : groupLength();
}

const DictionaryEntry* findPrivate(QStringView creator, Tag tag)
{
    if (!tag.isPrivate())
        return nullptr;
    if (tag.isGroupLength())
        return groupLength();
    if (tag.isPrivateCreator())
        return privateCreator();
    static const PrivateTable table;
    return tag.creatorTag().element != 0 ? table.find(creator, tag) : nullptr;
}

const DictionaryEntry* find(Tag tag, QStringView creator)
{
    return tag.isPrivate() ? findPrivate(creator, tag) : findStandard(tag);
}

const QList<QPair<Tag, DictionaryEntry>>& standardEntries()
{
    return standardTable().entries();
}

std::optional<Tag> findByText(QStringView text)
{
    if (const auto tag = parseTag(text))
        return tag;
    return standardTable().findText(text.trimmed().toString().toCaseFolded());
}

} // namespace dicom
