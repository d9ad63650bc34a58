#pragma once

#include "core/dicom/tag.h"

#include <QByteArray>

namespace dicom {

/// A UID of the standard itself, of whatever kind (PS3.6 annex A): SOP classes, transfer syntaxes, well-known
/// frames of reference and instances, coding schemes …, and context groups (1.2.840.10008.6.1.N). It says
/// nothing of a patient. Other UIDs below 1.2.840.10008 are nobody's. Any thread.
bool isRegisteredUid(const QByteArray& uid);

/// The attribute's UIDs name a kind of thing, not a thing: SOP class, transfer syntax, coding scheme, context
/// group, mapping resource, implementation.
bool namesKind(Tag tag);

} // namespace dicom
