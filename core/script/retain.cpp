#include "core/script/retain.h"

#include "core/script/path_states.h"

#include <QSet>
#include <algorithm>

namespace script {

namespace {

using dicom::DataSet;
using dicom::Element;
using dicom::ElementPtr;

/// Of each of the paths.
using Fronts = std::vector<PathStates>;

bool isNamed(const Fronts& fronts, const DataSet& holder, const Element& element)
{
    return std::any_of(fronts.begin(), fronts.end(), [&](const PathStates& states) {
        return states.tagsIn(holder).contains(element.tag());
    });
}

Fronts below(const Fronts& fronts, const DataSet& holder, const Element& sequence, size_t item)
{
    Fronts inside;
    for (const PathStates& states : fronts)
        if (PathStates its = states.inside(holder, sequence.tag(), item); !its.isEmpty() || its.endsHere())
            inside.push_back(std::move(its));
    return inside;
}

/// Of what stands inside a private sequence, only what is named stays.
DataSet retained(const DataSet& dataSet, const Fronts& fronts, bool insidePrivate)
{
    DataSet result;
    QList<ElementPtr> creators;
    QSet<quint32> blocks;
    for (const ElementPtr& element : dataSet) {
        const bool isPrivate = element->tag().isPrivate() || insidePrivate;
        if (element->tag().isPrivateCreator()) {
            creators << element;
        } else if (isNamed(fronts, dataSet, *element) || (!isPrivate && !element->isSequence())) {
            result.set(element);
        } else if (element->isSequence()) {
            Element::Items items;
            bool leads = !isPrivate;
            for (size_t i = 0; i < element->items().size(); ++i) {
                const Fronts inside = below(fronts, dataSet, *element, i);
                const bool isWhole = std::any_of(inside.begin(), inside.end(),
                                                 [](const PathStates& states) { return states.endsHere(); });
                items.push_back(isWhole ? element->items()[i]
                                        : retained(element->items()[i], inside, isPrivate));
                leads = leads || isWhole || !items.back().isEmpty();
            }
            if (leads)
                result.set(items == element->items() ? element
                                                     : Element::make(element->tag(), std::move(items)));
        }
        if (element->tag().isPrivate() && result.contains(element->tag()))
            blocks.insert(element->tag().creatorTag().value());
    }
    for (const ElementPtr& creator : std::as_const(creators))
        if (blocks.contains(creator->tag().value()))
            result.set(creator);
    return result;
}

} // namespace

DataSet withPrivateRetained(const DataSet& dataSet, const std::vector<Path>& paths)
{
    Fronts fronts;
    fronts.reserve(paths.size());
    for (const Path& path : paths)
        fronts.emplace_back(path);
    return retained(dataSet, fronts, false);
}

} // namespace script
