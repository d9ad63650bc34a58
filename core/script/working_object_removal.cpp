// What a script deletes.

#include "core/dicom/attribute_path.h"
#include "core/script/conversion.h"
#include "core/script/working_object.h"

namespace script {

using dicom::DataSet;
using dicom::Tag;
using dicom::tags::SpecificCharacterSet;

namespace {

bool removeMatch(const Match& match)
{
    if (match.isItem) {
        const bool changed = !match.holder.isEmpty();
        match.holder = DataSet();
        return changed;
    }
    for (const Tag tag : match.tags)
        match.holder.remove(tag);
    return !match.tags.isEmpty();
}

} // namespace

Outcome WorkingObject::remove(const Path& path)
{
    const Outcome outcome = noteDeclarations(path);
    m_changed = changeMatches(m_dataSet, path, removeMatch) || m_changed;
    return outcome;
}

Outcome WorkingObject::removeEach(const std::vector<Path>& paths)
{
    for (const Path& path : paths)
        if (Outcome outcome = noteDeclarations(path); !outcome)
            return outcome;
    for (const PathGroup& group : grouped(paths))
        m_changed = changeMatches(m_dataSet, group, removeMatch) || m_changed;
    return Done{};
}

void WorkingObject::remove(Tag tag)
{
    m_declared = m_declared || tag == SpecificCharacterSet;
    m_changed = m_dataSet.remove(tag) || m_changed;
}

void WorkingObject::removePrivate()
{
    m_changed = dicom::changeEverywhere(m_dataSet,
                                        [&](DataSet& holder) {
                                            QList<Tag> tags;
                                            for (const auto& element : holder)
                                                if (element->tag().isPrivate())
                                                    tags << element->tag();
                                            for (const Tag tag : tags)
                                                holder.remove(tag);
                                            return !tags.isEmpty();
                                        })
        || m_changed;
}

} // namespace script
