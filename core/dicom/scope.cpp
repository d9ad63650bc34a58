#include "core/dicom/scope.h"

#include "core/dicom/value.h"

#include <QtEndian>

namespace dicom {

Scope scopeOf(const DataSet& dataSet, const Scope& enclosing)
{
    return {characterSetOf(dataSet, enclosing.characterSet),
            hasSignedPixels(dataSet, enclosing.hasSignedPixels)};
}

bool hasSignedPixels(const DataSet& dataSet, bool enclosing)
{
    const Element* element = dataSet.find(tags::PixelRepresentation);
    if (!element || element->bytes().size() < 2)
        return enclosing;
    return qFromLittleEndian<quint16>(element->bytes().constData()) == 1;
}

Vr vrIn(bool hasSignedPixels, const DictionaryEntry& entry)
{
    return entry.followsSign && hasSignedPixels ? Vr::SS : entry.vr;
}

} // namespace dicom
