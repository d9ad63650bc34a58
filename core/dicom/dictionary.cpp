#include "core/dicom/dictionary.h"

#include "core/dicom/dictionary_table.h"

#include <QHash>
#include <memory>
#include <mutex>

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
        std::call_once(m_textsIndexed, [this] { indexTexts(); }); // few ask
        const auto found = m_byText.constFind(folded);
        return found == m_byText.cend() ? std::nullopt : std::optional(m_entries[*found].first);
    }

    const QList<QPair<Tag, DictionaryEntry>>& entries() const { return m_entries; }

private:
    void add(const QList<QByteArray>& fields)
    {
        const auto pattern = parseTagPattern(fields[0]);
        const bool followsSign = fields[1] == "US/SS";
        const auto vr = parseVr(QString::fromLatin1(fields[1].left(2)));
        Q_ASSERT(pattern && vr && fields.size() >= 5);
        const QString name = QString::fromUtf8(fields[4]);
        const QString keyword = fields.size() > 5 ? QString::fromLatin1(fields[5]) : keywordOf(name);
        index(*pattern, m_patterns.size());
        m_patterns.append(*pattern);
        m_entries.append(
            {pattern->example(), {name, keyword, *vr, followsSign, fields[3] == "R", vmOf(fields[2])}});
    }

    void index(const TagPattern& pattern, qsizetype i)
    {
        if (pattern.isExact())
            m_exact.insert(pattern.value, i);
        else
            m_repeating.append(i);
    }

    void indexTexts() const
    {
        for (qsizetype i = 0; i < m_entries.size(); ++i) {
            const DictionaryEntry& entry = m_entries[i].second;
            for (const QString& text : {entry.keyword.toCaseFolded(), entry.name.toCaseFolded()}) {
                // A few retired attributes share their name with one in use.
                const auto known = m_byText.constFind(text);
                if (known == m_byText.cend() || (m_entries[*known].second.retired && !entry.retired))
                    m_byText.insert(text, i);
            }
        }
    }

    QList<TagPattern> m_patterns; ///< of the entries, in their order
    QList<QPair<Tag, DictionaryEntry>> m_entries;
    QHash<quint32, qsizetype> m_exact;
    QList<qsizetype> m_repeating;
    mutable std::once_flag m_textsIndexed;
    mutable QHash<QString, qsizetype> m_byText;
};

const StandardTable& standardTable()
{
    static const StandardTable table;
    return table;
}

/// The private attributes of a creator, in all spellings of its name, are parsed when they are first asked
/// for: nobody's files hold those of all manufacturers.
class PrivateTable {
public:
    PrivateTable()
        : m_text(dictionaryText("private.tsv"))
    {
        Section section;
        for (const QByteArrayView line : linesOf(m_text)) {
            if (line.startsWith('[')) {
                add(section);
                section = {QString::fromUtf8(line.sliced(1, line.size() - 2)), line.end(), line.end()};
            } else {
                section.end = line.end();
            }
        }
        add(section);
    }

    const DictionaryEntry* find(QStringView creator, Tag tag) const
    {
        const quint32 element = (quint32{tag.group} << 8) | (tag.element & 0xFFu);
        const QString text = creator.toString();
        if (const Creator* spelt = creatorOf(text.toCaseFolded())) {
            const auto elements = spelt->exact.constFind(text);
            if (elements != spelt->exact.cend())
                if (const auto* entry = entryIn(*elements, element))
                    return entry;
        }
        const Creator* known = creatorOf(text.trimmed().toCaseFolded());
        return known ? entryIn(known->folded, element) : nullptr;
    }

private:
    using Elements = QHash<quint32, DictionaryEntry>; ///< by group and low byte of the element
    /// The lines of one spelling.
    struct Section {
        QString creator;
        const char* begin = nullptr;
        const char* end = nullptr;
    };
    struct Creator {
        QList<Section> sections;
        std::once_flag parsed;
        QHash<QString, Elements> exact; ///< by spelling
        Elements folded;
    };

    void add(const Section& section)
    {
        if (section.creator.isEmpty())
            return;
        auto& creator = m_creators[section.creator.toCaseFolded()];
        if (!creator)
            creator = std::make_shared<Creator>();
        creator->sections << section;
    }

    /// Null when it is not known.
    const Creator* creatorOf(const QString& folded) const
    {
        const auto found = m_creators.constFind(folded);
        if (found == m_creators.cend())
            return nullptr;
        Creator& creator = **found;
        std::call_once(creator.parsed, [&] {
            for (const Section& section : std::as_const(creator.sections))
                parse(section, creator);
        });
        return &creator;
    }

    static void parse(const Section& section, Creator& creator)
    {
        Elements& exact = creator.exact[section.creator];
        for (const QByteArrayView line : linesOf({section.begin, section.end})) {
            const QList<QByteArray> fields = line.toByteArray().split('\t');
            bool ok = false;
            const quint32 element = fields[0].toUInt(&ok, 16);
            const auto vr = parseVr(QString::fromLatin1(fields[1]));
            Q_ASSERT(ok && vr);
            const QString name = fields.size() > 2 ? QString::fromUtf8(fields[2]) : QString();
            const DictionaryEntry entry{name, {}, *vr, false, false, vmOf(fields.value(3, "1"))};
            exact.insert(element, entry);
            // Of the spellings, what has a name is worth more.
            if (creator.folded.value(element).name.isEmpty())
                creator.folded.insert(element, entry);
        }
    }

    static const DictionaryEntry* entryIn(const Elements& elements, quint32 element)
    {
        const auto entry = elements.constFind(element);
        return entry == elements.cend() ? nullptr : &*entry;
    }

    QByteArray m_text; ///< of the table, which the sections are parts of
    QHash<QString, std::shared_ptr<Creator>> m_creators; ///< by folded name
};

const DictionaryEntry* groupLength()
{
    static const DictionaryEntry entry{
        QStringLiteral("Group Length"), {}, Vr::UL, false, true, QStringLiteral("1")};
    return &entry;
}

const DictionaryEntry* privateCreator()
{
    static const DictionaryEntry entry{
        QStringLiteral("Private Creator"), {}, Vr::LO, false, false, QStringLiteral("1")};
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
