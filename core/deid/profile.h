#pragma once

#include "core/base/result.h"
#include "core/deid/patients.h"
#include "core/deid/profile_table.h"

#include <QStringList>

namespace deid {

/// The Basic Application Level Confidentiality Profile with options (PS3.15 section E.2).
struct Profile {
    Options options;
    Patients patients = {};
    friend bool operator==(const Profile&, const Profile&) = default;
};

/// An option for people and for objects.
struct OptionInfo {
    Option option;
    const char* name; ///< on the command line
    const char* code; ///< PS3.16 CID 7050
    const char* meaning;
};

/// The options that can be chosen.
const QList<OptionInfo>& optionInfos();

/// Reads "basic" or "basic,retain-uids,…". Fails with InvalidValue, also where two options contradict each
/// other.
Result<Profile> profileFrom(const QString& text);

/// What profileFrom() reads.
QString toString(const Profile& profile);

} // namespace deid
