#include "core/dicom/date_shift.h"

#include <QDateTime>
#include <QRegularExpression>
#include <QTimeZone>

namespace dicom {

namespace {

struct Unit {
    const char* name;
    qint64 seconds;
};

constexpr qint64 day = 86'400;
constexpr Unit units[] = {
    {"years", qint64{365} * day}, {"days", day}, {"hours", 3'600}, {"minutes", 60}, {"seconds", 1}};
constexpr qint64 furthest = qint64{10'000} * 366 * day;

Error wrong(const QString& reason, const QString& remedy = {})
{
    return {Error::Kind::Script, reason, remedy};
}

/// The digits of a date-time as a moment: the middle of the span that they mean.
QDateTime momentOf(const QString& digits)
{
    const auto part = [&](qsizetype from, int missing) {
        return digits.size() > from ? QStringView(digits).mid(from, 2).toInt() : missing;
    };
    const int year = QStringView(digits).first(4).toInt();
    const QDate date(year, part(4, 7), part(6, 1));
    const int second = part(12, 0);
    const bool leaps = second == 60; // PS3.5 section 6.2 allows it; the next minute begins then
    const QTime time(part(8, 0), part(10, 0), leaps ? 59 : second);
    if (year < 1 || !date.isValid() || !time.isValid())
        return {};
    const QDateTime moment = QDateTime(date, time, Qt::UTC).addSecs(leaps ? 1 : 0);
    switch (digits.size()) {
    case 6:
        return moment.addSecs(date.daysInMonth() * day / 2);
    case 8:
        return moment.addSecs(day / 2);
    case 10:
        return moment.addSecs(1'800);
    case 12:
        return moment.addSecs(30);
    default:
        return moment;
    }
}

} // namespace

Result<QString> shifted(const QString& dateTime, qint64 seconds)
{
    static const QRegularExpression pattern(
        QStringLiteral(R"(\A(?<digits>\d{4}(?:\d{2}){0,5})(?<rest>(?:\.\d+)?(?:[+-]\d{4})?)\z)"));
    const auto match = pattern.match(dateTime);
    const QString digits = match.captured(QStringLiteral("digits"));
    const QDateTime moment = match.hasMatch() ? momentOf(digits) : QDateTime();
    if (!moment.isValid())
        return wrong(dateTime.isEmpty() ? QStringLiteral("there is not a date to shift")
                                        : QStringLiteral("the value to shift is not a date"),
                     QStringLiteral("Write dates as YYYYMMDD, followed by times as HHMMSS"));
    const QDateTime result = moment.addSecs(seconds);
    if (result.date().year() < 1 || result.date().year() > 9999)
        return wrong(QStringLiteral("the shifted date lies beyond the years 1 to 9999"));
    return result.toString(QStringLiteral("yyyyMMddHHmmss")).first(digits.size())
        + match.captured(QStringLiteral("rest"));
}

Result<qint64> secondsIn(const QString& number, const QString& unit)
{
    bool ok = false;
    const qint64 count = number.toLongLong(&ok);
    if (!ok)
        return wrong(QStringLiteral("the number to shift by is not a whole number"));
    for (const Unit& known : units)
        if (unit == QLatin1StringView(known.name)) {
            if (count > furthest / known.seconds || count < -furthest / known.seconds)
                return wrong(QStringLiteral("the number to shift by is too large"));
            return count * known.seconds;
        }
    return wrong(QStringLiteral("this is not a unit of time"),
                 QStringLiteral("Write years, days, hours, minutes or seconds"));
}

} // namespace dicom
