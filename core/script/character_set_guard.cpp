#include "core/script/character_set_guard.h"

#include "core/dicom/value.h"
#include "core/script/conversion.h"

namespace script {

namespace {

using dicom::Tag;
using dicom::tags::SpecificCharacterSet;

} // namespace

CharacterSetGuard::CharacterSetGuard(dicom::DataSet dataSet)
    : m_dataSet(std::move(dataSet))
    , m_characterSet(dicom::characterSetOf(m_dataSet))
{
    if (auto declared = m_dataSet.share(SpecificCharacterSet))
        m_declaration.set(std::move(declared));
}

QList<Tag> CharacterSetGuard::tags(const TagPattern& pattern) const
{
    QList<Tag> tags;
    const auto add = [&](Tag tag) {
        if (pattern.matches(tag) && !tag.isFileMeta())
            tags << tag;
    };
    for (const auto& element : m_dataSet)
        if (element->tag() != SpecificCharacterSet)
            add(element->tag());
    if (!m_declaration.isEmpty())
        add(SpecificCharacterSet);
    return tags;
}

void CharacterSetGuard::remove(Tag tag)
{
    if (tag == SpecificCharacterSet) {
        m_changed = true;
        m_declaration.remove(tag);
    } else {
        m_dataSet.remove(tag);
    }
}

Result<bool> CharacterSetGuard::assign(Tag tag, const Value& value)
{
    const bool declares = tag == SpecificCharacterSet;
    const dicom::Vr vr = vrToWrite(declares ? m_declaration : m_dataSet, tag);
    auto bytes = bytesToWrite(tag, vr, value, m_characterSet);
    const bool turned = !bytes && value && dicom::needsOtherCharacterSet(vr, *value, m_characterSet);
    if (turned) {
        if (const Outcome conversion = convert(); !conversion)
            return conversion.error();
        bytes = bytesToWrite(tag, vr, value, m_characterSet);
    }
    if (!bytes)
        return bytes.error();
    m_changed = m_changed || declares;
    (declares ? m_declaration : m_dataSet).set(tag, vr, std::move(bytes).value());
    return turned;
}

Outcome CharacterSetGuard::convert()
{
    auto utf8 = converted(m_dataSet, dicom::CharacterSet::utf8(), Undeclared::Guess);
    if (!utf8)
        return utf8.error();
    m_dataSet = std::move(utf8).value();
    m_characterSet = dicom::CharacterSet::utf8();
    if (!m_changed)
        m_declaration.set(m_dataSet.share(SpecificCharacterSet));
    return Done{};
}

Result<dicom::DataSet> CharacterSetGuard::finish()
{
    if (!m_changed)
        return m_dataSet;
    const auto wanted = dicom::characterSetOf(m_declaration);
    auto result = converted(m_dataSet, wanted, Undeclared::Keep);
    if (!result) {
        m_keptUtf8 = true;
        return converted(m_dataSet, dicom::CharacterSet::utf8(), Undeclared::Guess);
    }
    result->remove(SpecificCharacterSet);
    if (auto declared = m_declaration.share(SpecificCharacterSet))
        result->set(std::move(declared));
    return result;
}

} // namespace script
