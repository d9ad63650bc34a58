#pragma once

#include "core/dicom/tag.h"
#include "core/dicom/vr.h"

namespace dicom {

/// What the value of an attribute says of a person.
enum class IdentifyingKind : quint8 {
    None,
    PersonName, ///< of the patient, of physicians and others
    Identifier, ///< of patients, orders, persons, devices; telephone numbers, AE titles
    Date, ///< dates and times
    Place, ///< institutions, addresses, locations
    FreeText, ///< comments, descriptions, labels: people type names into them
    Uid ///< of instances and what they refer to
};

/// After the attributes of the Basic Application Level Confidentiality Profile (PS3.15 Table E.1-1), and by
/// VR: PN is always a name, and DA, DT and TM of public attributes are dates. Other private elements are
/// None, since nobody says what they hold. Any thread.
IdentifyingKind identifyingKind(Tag tag, Vr vr);

/// Names or locates a person: PersonName, Identifier, Date or Place.
bool isIdentifying(Tag tag, Vr vr);

} // namespace dicom
