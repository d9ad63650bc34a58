// What the values of a working object are: in which character set, whatever the script does to Specific
// Character Set, and whether they fit.

#include "core/dicom/dictionary.h"
#include "core/dicom/value.h"
#include "core/script/conversion.h"
#include "core/script/working_object.h"

#include <algorithm>

namespace script {

using dicom::CharacterSet;
using dicom::DataSet;
using dicom::Element;
using dicom::ElementPtr;
using dicom::Tag;
using dicom::tags::SpecificCharacterSet;

Outcome WorkingObject::noteDeclarations(const Path& path)
{
    const Path::Step& last = path.steps.back();
    if (last.level == Path::Level::Tag && last.item == Path::NoItem
        && (last.byCreator || !last.tags.matches(SpecificCharacterSet)))
        return Done{};
    bool nested = false;
    bool touched = false;
    forEachMatch(m_dataSet, path, [&](const Holders& holders, const Element& element) {
        const bool declares = element.tag() == SpecificCharacterSet;
        touched = touched || declares;
        nested = nested || (declares && holders.size() > 1);
        return !nested;
    });
    const Outcome outcome =
        nested ? convert() : Outcome(Done{}); // what an item declared no longer matters then
    m_declared = m_declared || touched;
    return outcome;
}

Outcome WorkingObject::retried(const std::function<Outcome()>& change)
{
    m_lacksCharacters = false;
    const Outcome first = change();
    if (first || !m_lacksCharacters || m_characterSet.isUtf8())
        return first;
    if (Outcome turned = convert(); !turned)
        return turned;
    m_turned = true;
    return change();
}

/// So that the bytes are read as what they are.
void WorkingObject::declareActual()
{
    const QByteArray bytes = dicom::padded(m_characterSet.value(), dicom::Vr::CS);
    if (bytes.isEmpty())
        m_dataSet.remove(SpecificCharacterSet);
    else
        m_dataSet.set(SpecificCharacterSet, dicom::Vr::CS, bytes);
}

void WorkingObject::keepUids()
{
    for (size_t i = 0; i < m_keptUids.size(); ++i)
        if (const QByteArray uid = m_dataSet.bytes(dicom::followedUids[i].dataSet);
            !uid.isEmpty() && uid != m_keptUids[i].last)
            m_keptUids[i] = {uid, true};
}

Outcome WorkingObject::convert()
{
    const ElementPtr declared = m_dataSet.share(SpecificCharacterSet);
    declareActual();
    auto utf8 = converted(m_dataSet, CharacterSet::utf8(), Undeclared::Guess);
    if (!utf8)
        return utf8.error();
    m_dataSet = std::move(utf8).value();
    m_characterSet = CharacterSet::utf8();
    if (m_declared && declared)
        m_dataSet.set(declared);
    else if (m_declared)
        m_dataSet.remove(SpecificCharacterSet);
    return Done{};
}

Result<DataSet> WorkingObject::finish()
{
    for (size_t i = 0; i < m_keptUids.size() && m_hasMeta; ++i)
        if (m_keptUids[i].changed)
            m_dataSet.set(dicom::followedUids[i].meta, dicom::Vr::UI,
                          dicom::padded(m_keptUids[i].last, dicom::Vr::UI));
    if (!m_declared)
        return m_dataSet;
    const ElementPtr declared = m_dataSet.share(SpecificCharacterSet);
    const auto wanted = dicom::characterSetOf(m_dataSet);
    declareActual();
    auto result = converted(m_dataSet, wanted, Undeclared::Keep);
    if (!result) {
        m_keptUtf8 = true;
        return converted(m_dataSet, CharacterSet::utf8(), Undeclared::Guess);
    }
    result->remove(SpecificCharacterSet);
    if (declared)
        result->set(declared);
    return result;
}

void WorkingObject::noteMisfit(Tag tag, dicom::Vr vr, const QString& value)
{
    const dicom::DictionaryEntry* entry = dicom::findStandard(tag);
    for (const auto& problem : dicom::valueProblems(vr, entry ? entry->vm : QString(), value))
        if (const Misfit misfit{tag, problem.rule};
            std::find(m_misfits.begin(), m_misfits.end(), misfit) == m_misfits.end())
            m_misfits.push_back(misfit);
}

} // namespace script
