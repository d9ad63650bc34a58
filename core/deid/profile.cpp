#include "core/deid/profile.h"

#include "core/base/suggestion.h"

#include <algorithm>

namespace deid {

namespace {

Error wrong(const QString& reason, const QString& remedy)
{
    return {Error::Kind::InvalidValue, reason, remedy};
}

QStringList names()
{
    QStringList names;
    for (const OptionInfo& info : optionInfos())
        names << QString::fromLatin1(info.name);
    return names;
}

} // namespace

const QList<OptionInfo>& optionInfos()
{
    static const QList<OptionInfo> infos{
        {Option::RetainUids, "retain-uids", "113110", "Retain UIDs Option"},
        {Option::RetainDeviceIdentity, "retain-device", "113109", "Retain Device Identity Option"},
        {Option::RetainInstitutionIdentity, "retain-institution", "113112",
         "Retain Institution Identity Option"},
        {Option::RetainPatientCharacteristics, "retain-patient-characteristics", "113108",
         "Retain Patient Characteristics Option"},
        {Option::RetainFullDates, "retain-dates", "113106",
         "Retain Longitudinal Temporal Information Full Dates Option"},
        {Option::RetainModifiedDates, "shift-dates", "113107",
         "Retain Longitudinal Temporal Information Modified Dates Option"},
    };
    return infos;
}

Result<Profile> profileFrom(const QString& text)
{
    const QStringList words = text.split(u',');
    if (words.first() != u"basic")
        return wrong(QStringLiteral("%1 is not a profile").arg(words.first()), QStringLiteral("Write basic"));
    Profile profile;
    for (const QString& word : words.mid(1)) {
        const auto known =
            std::find_if(optionInfos().begin(), optionInfos().end(),
                         [&](const OptionInfo& info) { return word == QLatin1StringView(info.name); });
        if (known == optionInfos().end()) {
            const QString meant = nearest(word, names());
            return wrong(QStringLiteral("%1 is not an option of the profile").arg(word),
                         meant.isEmpty()
                             ? QStringLiteral("They are %1").arg(names().join(QStringLiteral(", ")))
                             : QStringLiteral("Did you mean %1?").arg(meant));
        }
        profile.options |= known->option;
    }
    const Options bothDates = Option::RetainFullDates | Option::RetainModifiedDates;
    if ((profile.options & bothDates) == bothDates)
        return wrong(QStringLiteral("retain-dates and shift-dates exclude each other"),
                     QStringLiteral("Choose one of them"));
    return profile;
}

QString toString(const Profile& profile)
{
    QStringList words{QStringLiteral("basic")};
    for (const OptionInfo& info : optionInfos())
        if (profile.options & info.option)
            words << QString::fromLatin1(info.name);
    return words.join(u',');
}

} // namespace deid
