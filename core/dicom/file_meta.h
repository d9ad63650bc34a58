#pragma once

#include "core/dicom/data_set.h"

#include <array>

namespace dicom {

/// The file meta information of a file that this program writes (PS3.10 section 7.1): `meta` made to agree
/// with the data set, whose SOP Class UID and SOP Instance UID count where they have a value, and with the
/// transfer syntax; version, implementation and group length are our own.
DataSet writtenMeta(const DataSet& meta, const DataSet& dataSet, const QString& transferSyntax);

/// What the file meta information takes over from the data set (PS3.10 section 7.1).
struct FollowedUid {
    Tag meta;
    Tag dataSet;
};
inline constexpr std::array<FollowedUid, 2> followedUids{
    FollowedUid{tags::MediaStorageSOPClassUID, tags::SOPClassUID},
    FollowedUid{tags::MediaStorageSOPInstanceUID, tags::SOPInstanceUID}};

/// Lets Media Storage SOP Class UID and SOP Instance UID follow what `after` says where that is not what
/// `before` said: so they keep the last value when the data set loses it.
void followUids(DataSet& meta, const DataSet& before, const DataSet& after);

/// Elements of groups 0000 and 0002, which belong to messages and to file meta information (PS3.7 section
/// 6.3.1, PS3.10 section 7.1), stand in the data set itself or in an item of it.
bool hasStrayGroups(const DataSet& dataSet);
DataSet withoutStrayGroups(DataSet dataSet);
/// Without the lengths of groups that have no other element, at every depth.
DataSet withoutEmptyGroups(DataSet dataSet);
inline bool isStray(Tag tag)
{
    return tag.group == 0x0000 || tag.isFileMeta();
}

} // namespace dicom
