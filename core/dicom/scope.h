#pragma once

#include "core/dicom/data_set.h"
#include "core/dicom/dictionary.h"
#include "core/dicom/text/character_set.h"

namespace dicom {

/// What the attributes of a data set or item go by, its own or inherited from the nearest enclosing data set
/// that says it.
struct Scope {
    CharacterSet characterSet; ///< PS3.3 section C.12.1.1.2, PS3.5 section 7.5.3
    /// Pixel Representation is 1: what is "US or SS" is SS (PS3.3 sections C.7.5.1.1.2 and C.11.1.1).
    bool hasSignedPixels = false;
    friend bool operator==(const Scope&, const Scope&) = default;
};

/// The scope of a data set that stands in another one, or (the default) in none.
Scope scopeOf(const DataSet& dataSet, const Scope& enclosing = {});
/// The half of it that is cheap.
bool hasSignedPixels(const DataSet& dataSet, bool enclosing = false);

/// What an attribute is where its file does not say so, and what a new one becomes.
Vr vrIn(bool hasSignedPixels, const DictionaryEntry& entry);

} // namespace dicom
