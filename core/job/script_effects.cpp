#include "core/job/script_effects.h"

#include "core/dicom/private_blocks.h"

namespace job {

namespace {

void addCreators(const dicom::DataSet& dataSet, QSet<QString>& creators)
{
    for (const auto& element : dataSet) {
        if (element->tag().isPrivateCreator())
            creators.insert(dataSet.creatorOf(dicom::inBlock(element->tag(), element->tag().element)));
        for (const dicom::DataSet& item : element->items())
            addCreators(item, creators);
    }
}

} // namespace

void ScriptEffects::addOriginal(const dicom::DataSet& original)
{
    addCreators(original, m_creators);
}

void ScriptEffects::add(const edit::Evaluated& evaluated)
{
    for (const edit::ScriptAccount& account : evaluated.accounts) {
        ScriptEffect& effect = m_effects[account.script];
        for (const QString& remark : QSet<QString>(account.remarks.begin(), account.remarks.end()))
            ++effect.remarks[remark];
        effect.applied.unite({account.applied.begin(), account.applied.end()});
    }
}

const ScriptEffect* ScriptEffects::of(const script::ScriptPtr& script) const
{
    const auto found = m_effects.constFind(script);
    return found == m_effects.constEnd() ? nullptr : &*found;
}

} // namespace job
