#include "core/deid/profile_table.h"

#include <QHash>

namespace deid {

namespace {

struct OptionLetter {
    char letter;
    Option option;
};
constexpr OptionLetter letters[] = {
    {'u', Option::RetainUids},
    {'v', Option::RetainDeviceIdentity},
    {'i', Option::RetainInstitutionIdentity},
    {'p', Option::RetainPatientCharacteristics},
    {'f', Option::RetainFullDates},
    {'m', Option::RetainModifiedDates},
    {'d', Option::CleanDescriptors},
    {'s', Option::CleanStructuredContent},
    {'g', Option::CleanGraphics},
    {'x', Option::RetainSafePrivate},
};

std::optional<Option> optionOf(char letter)
{
    for (const OptionLetter& known : letters)
        if (known.letter == letter)
            return known.option;
    return std::nullopt;
}

QSet<QByteArray> classesIn(const QByteArray& text)
{
    static const QByteArray storage = "1.2.840.10008.5.1.4.1.1.";
    QSet<QByteArray> classes;
    if (!text.isEmpty())
        for (const QByteArray& part : text.split(' '))
            classes.insert(part.startsWith('=') ? part.sliced(1) : storage + part);
    return classes;
}

/// The fields behind the tag.
Rule ruleIn(const QList<QByteArray>& fields)
{
    Rule rule{QString::fromUtf8(fields[5]), fields[1], {}, {}, classesIn(fields[3]), classesIn(fields[4])};
    for (qsizetype i = 0; i + 1 < fields[2].size(); i += 2) {
        const auto option = optionOf(fields[2][i]);
        Q_ASSERT(option);
        (fields[2][i + 1] == 'K' ? rule.kept : rule.cleaned).setFlag(*option);
    }
    return rule;
}

class Table {
public:
    Table()
    {
        dicom::readDictionaryTable("profile.tsv", [this](const QList<QByteArray>& fields) {
            const auto pattern = dicom::parseTagPattern(fields[0]);
            Q_ASSERT(pattern && fields.size() == 6);
            m_rows.append({*pattern, ruleIn(fields)});
        });
        dicom::readDictionaryTable("profile-additions.tsv", [this](const QList<QByteArray>& fields) {
            const auto pattern = dicom::parseTagPattern(fields[0]);
            Q_ASSERT(pattern && pattern->isExact() && fields.size() == 6);
            m_additions.insert(pattern->value, ruleIn(fields));
        });
        for (qsizetype i = 0; i < m_rows.size(); ++i)
            if (m_rows[i].first.isExact())
                m_exact.insert(m_rows[i].first.value, i);
            else
                m_repeating.append(i);
    }

    const Rule* find(dicom::Tag tag) const
    {
        const auto exact = m_exact.constFind(tag.value());
        if (exact != m_exact.cend())
            return &m_rows[*exact].second;
        for (const qsizetype i : m_repeating)
            if (m_rows[i].first.matches(tag))
                return &m_rows[i].second;
        const auto addition = m_additions.constFind(tag.value());
        return addition != m_additions.cend() ? &*addition : nullptr;
    }

    const QList<std::pair<dicom::TagPattern, Rule>>& rows() const { return m_rows; }

private:
    QList<std::pair<dicom::TagPattern, Rule>> m_rows;
    QHash<quint32, qsizetype> m_exact;
    QHash<quint32, Rule> m_additions;
    QList<qsizetype> m_repeating;
};

const Table& table()
{
    static const Table table;
    return table;
}

/// What the basic profile does where its code leaves a choice: as little as the object stays valid with.
Action basicAction(const QByteArray& codes, Type type)
{
    if (codes.contains('U')) // "X/Z/U*": what is referred to is still found
        return Action::MapUid;
    const bool mayRemove = codes.contains('X');
    const bool mayEmpty = codes.contains('Z');
    const bool mayReplace = codes.contains('D');
    if (type == Type::Required && mayReplace)
        return Action::Dummy;
    if (type == Type::Optional && mayRemove)
        return Action::Remove;
    return mayEmpty ? Action::Empty : mayReplace ? Action::Dummy : Action::Remove;
}

} // namespace

Type Rule::typeIn(const QByteArray& sopClass) const
{
    return required.contains(sopClass)  ? Type::Required
        : mayBeEmpty.contains(sopClass) ? Type::RequiredMayBeEmpty
                                        : Type::Optional;
}

Action Rule::action(Options options, Type type) const
{
    if (options & kept)
        return Action::Keep;
    if (options & cleaned)
        return Action::Clean;
    return basicAction(basic, type);
}

const Rule* ruleOf(dicom::Tag tag)
{
    return tag.isPrivate() ? nullptr : table().find(tag);
}

QList<std::pair<dicom::Tag, const Rule*>> allRules()
{
    QList<std::pair<dicom::Tag, const Rule*>> all;
    for (const auto& [pattern, rule] : table().rows())
        all.append({pattern.example(), &rule});
    return all;
}

} // namespace deid
