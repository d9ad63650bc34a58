#include "core/script/retain.h"

#include <QSet>

namespace script {

namespace {

using dicom::DataSet;
using dicom::Element;
using dicom::ElementPtr;
using Level = Path::Level;

/// How far a path has been followed on the way to a data set.
struct Reached {
    const Path* path;
    size_t at;
    bool here = false; ///< a "+" that is one level down already
    const Path::Step& step() const { return path->steps[at]; }
    bool isLast() const { return at + 1 == path->steps.size(); }
};
using Fronts = std::vector<Reached>;

/// With the steps behind "*", which may stand for no level at all.
Fronts closed(Fronts fronts)
{
    for (size_t i = 0; i < fronts.size(); ++i) {
        const Reached front = fronts[i];
        const bool empty =
            front.step().level == Level::Here || (front.step().level == Level::Below && front.here);
        if (empty && !front.isLast())
            fronts.push_back({front.path, front.at + 1});
    }
    return fronts;
}

bool isNamed(const Fronts& fronts, const DataSet& holder, const Element& element)
{
    for (const Reached& front : fronts)
        if (front.isLast() && front.step().level == Level::Tag && front.step().matches(holder, element.tag()))
            return true;
    return false;
}

Fronts below(const Fronts& fronts, const DataSet& holder, const Element& sequence, size_t item)
{
    Fronts inside;
    for (const Reached& front : fronts) {
        const Path::Step& step = front.step();
        const bool chosen = step.item < 0 || step.item == static_cast<int>(item);
        if (step.level == Level::Here || step.level == Level::Below)
            inside.push_back({front.path, front.at, true});
        else if (!front.isLast()
                 && (step.level == Level::Child || (step.matches(holder, sequence.tag()) && chosen)))
            inside.push_back({front.path, front.at + 1});
    }
    return closed(std::move(inside));
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
                items.push_back(
                    retained(element->items()[i], below(fronts, dataSet, *element, i), isPrivate));
                leads = leads || !items.back().isEmpty();
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
    for (const Path& path : paths)
        fronts.push_back({&path, 0});
    return retained(dataSet, closed(std::move(fronts)), false);
}

} // namespace script
