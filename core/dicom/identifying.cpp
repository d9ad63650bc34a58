#include "core/dicom/identifying.h"

#include "core/dicom/dictionary_table.h"

#include <QHash>
#include <array>

namespace dicom {

namespace {

constexpr std::array<const char*, 7> kindNames{"None",  "PersonName", "Identifier", "Date",
                                               "Place", "FreeText",   "Uid"};

IdentifyingKind kindOf(const QByteArray& text)
{
    for (size_t i = 0; i < kindNames.size(); ++i)
        if (text == kindNames[i])
            return static_cast<IdentifyingKind>(i);
    return IdentifyingKind::None;
}

class KindTable {
public:
    KindTable()
    {
        readDictionaryTable("identifying.tsv", [this](const QList<QByteArray>& fields) {
            const auto pattern = parseTagPattern(fields[0]);
            Q_ASSERT(pattern && fields.size() >= 2);
            if (pattern->isExact())
                m_exact.insert(pattern->value, kindOf(fields[1]));
            else
                m_repeating.append({*pattern, kindOf(fields[1])});
        });
    }

    IdentifyingKind find(Tag tag) const
    {
        const auto exact = m_exact.constFind(tag.value());
        if (exact != m_exact.cend())
            return *exact;
        for (const auto& [pattern, kind] : m_repeating)
            if (pattern.matches(tag))
                return kind;
        return IdentifyingKind::None;
    }

private:
    QHash<quint32, IdentifyingKind> m_exact;
    QList<QPair<TagPattern, IdentifyingKind>> m_repeating;
};

} // namespace

IdentifyingKind identifyingKind(Tag tag, Vr vr)
{
    if (vr == Vr::PN)
        return IdentifyingKind::PersonName;
    if (tag.isPrivate())
        return IdentifyingKind::None;
    static const KindTable table;
    const IdentifyingKind kind = table.find(tag);
    const bool date = vr == Vr::DA || vr == Vr::DT || vr == Vr::TM;
    return kind == IdentifyingKind::None && date ? IdentifyingKind::Date : kind;
}

bool isIdentifying(Tag tag, Vr vr)
{
    switch (identifyingKind(tag, vr)) {
    case IdentifyingKind::PersonName:
    case IdentifyingKind::Identifier:
    case IdentifyingKind::Date:
    case IdentifyingKind::Place:
        return true;
    case IdentifyingKind::None:
    case IdentifyingKind::FreeText:
    case IdentifyingKind::Uid:
        return false;
    }
    return false;
}

} // namespace dicom
