#pragma once

#include <QByteArray>
#include <QString>

namespace dicom {

/// "2.25." and the decimal number in the first 16 bytes, the highest first (PS3.5 section B.2).
QString uidOfNumber(const QByteArray& bytes);

/// The same of a UUID made of the first 16 bytes, with the version's and the variant's bits set.
QString uidFromBytes(const QByteArray& bytes, int version);

/// SHA-1 of the UTF-8 text as a version 5 UUID without a namespace, as the original engines' hashUID.
QString hashUid(const QString& text);

/// The new UID of an old one: the same everywhere in a run.
QString mappedUid(const QByteArray& seed, const QString& old);

/// A new UID where there is no old one: the same for the object, told by the SOP Instance UID that it had
/// before the script, and the place in the script.
QString placedUid(const QByteArray& seed, const QByteArray& sopInstanceUid, int place);

/// A UID that nobody can tell from a random one without the seed; the same for the same seed and key.
QString seededUid(const QByteArray& seed, const QString& key);

} // namespace dicom
