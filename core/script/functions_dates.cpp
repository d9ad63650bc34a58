// The functions that move dates.

#include "core/dicom/date_shift.h"
#include "core/script/function_calls.h"
#include "core/script/working_object.h"

#include <QDate>
#include <QRegularExpression>
#include <algorithm>
#include <functional>

namespace script {

namespace {

using dicom::Vr;

constexpr int oldest = 89; ///< years of age that are not told from more
constexpr qint64 oldestDays = 32'506; ///< 89 × 365.24

Result<qint64> incrementOf(const Action& action, qsizetype number, const char* unit)
{
    const auto count = neededText(action, action.arguments[number]);
    if (!count)
        return count.error();
    const auto word = action.arguments.size() > number + 1 ? neededText(action, action.arguments[number + 1])
                                                           : Result<QString>(QString::fromLatin1(unit));
    return word ? dicom::secondsIn(*count, *word) : word.error();
}

bool isDate(Vr vr, bool timesToo)
{
    return vr == Vr::DA || (timesToo && vr == Vr::DT);
}

Error notADate(bool timesToo)
{
    return functionError(timesToo ? QStringLiteral("the attribute is neither a date nor a date-time (DA, DT)")
                                  : QStringLiteral("the attribute is not a date (DA)"));
}

Result<Datum> shiftOne(const Action& action, const char* unit, bool timesToo)
{
    const Datum& argument = action.arguments[0];
    const auto text = neededText(action, argument);
    if (!text)
        return text.error();
    if (argument.path && !isDate(action.object.find(*argument.path)->vr(), timesToo))
        return notADate(timesToo);
    const auto seconds = incrementOf(action, 1, unit);
    auto result = seconds ? dicom::shifted(*text, *seconds) : Result<QString>(seconds.error());
    return result ? Result<Datum>(Datum{std::move(result).value()}) : result.error();
}

/// Whose values may be dates, or dates and times.
using MayBeDate = bool (*)(Vr vr);

bool isAnyDate(Vr vr)
{
    return isDate(vr, true);
}

/// Names and texts may hold dates, too; whether one does, its value says.
bool isDateOrText(Vr vr)
{
    return isAnyDate(vr) || vr == Vr::TM || vr == Vr::PN || vr == Vr::LO;
}

/// Each value by itself; of those that are no dates `none` says what they become, or why not.
Result<Value> shiftedValues(const QString& text, qint64 seconds,
                            const std::function<Result<QString>(const Error&)>& none)
{
    QStringList values = text.split(u'\\');
    for (QString& value : values) {
        auto moved = value.isEmpty() ? Result<QString>(QString()) : dicom::shifted(value, seconds);
        if (!moved)
            moved = none(moved.error());
        if (!moved)
            return moved.error();
        value = *moved;
    }
    return Value(values.join(u'\\'));
}

/// In place; empty ones stay.
WorkingObject::Change shift(qint64 seconds, MayBeDate mayBeDate)
{
    return [=](const dicom::Element& element, const WorkingObject::ReadText& text) -> Result<Value> {
        if (!mayBeDate(element.vr()))
            return notADate(true);
        const auto old = text();
        return old ? shiftedValues(*old, seconds, [](const Error& error) { return Result<QString>(error); })
                   : old.error();
    };
}

/// The same where a path speaks of whatever dates there are, and no condition can look at each of them: what
/// cannot be moved is emptied, for it must not stay, and that is told.
WorkingObject::Change shiftOrEmpty(Action& action, qint64 seconds, MayBeDate mayBeDate)
{
    return [&action, seconds, strict = shift(seconds, mayBeDate)](
               const dicom::Element& element, const WorkingObject::ReadText& text) -> Result<Value> {
        if (!isAnyDate(element.vr()))
            return strict(element, text);
        const auto old = text();
        if (!old)
            return old.error();
        return shiftedValues(*old, seconds, [&](const Error&) {
            action.remarks << QStringLiteral(
                                  "line %1: %2 is not a date in places, which cannot be moved and were "
                                  "emptied")
                                  .arg(action.line)
                                  .arg(dicom::toString(element.tag()));
            return Result<QString>(QString());
        });
    };
}

WorkingObject::Change shiftFor(Action& action, bool isExact, qint64 seconds, MayBeDate mayBeDate)
{
    return isExact ? shift(seconds, mayBeDate) : shiftOrEmpty(action, seconds, mayBeDate);
}

Outcome shiftAll(Action& action, const std::vector<Path>& paths, qint64 seconds)
{
    for (const Path& path : paths)
        if (Outcome outcome =
                action.object.rewrite(path, shiftFor(action, path.isSingle(), seconds, isDateOrText));
            !outcome)
            return outcome;
    return Done{};
}

Result<Datum> done(const Outcome& outcome)
{
    return outcome ? Result<Datum>(Datum()) : outcome.error();
}

Path everywhere(dicom::Tag tag)
{
    Path path;
    path.steps.push_back({Path::Level::Here});
    path.steps.push_back(
        {Path::Level::Tag, TagPattern(QStringLiteral("%1").arg(tag.value(), 8, 16, QLatin1Char('0')))});
    return path;
}

Result<QDate> dateIn(const QString& text)
{
    const QDate date = QDate::fromString(text, QStringLiteral("yyyyMMdd"));
    return date.isValid() ? Result<QDate>(date)
                          : functionError(QStringLiteral("a date of the file is not valid"));
}

/// A birth date may be a year or a month: the middle of it counts, as when it is shifted.
Result<QDate> birthDateIn(const QString& text)
{
    static const QRegularExpression yearOrMonth(QStringLiteral(R"(\A\d{4}(?:\d{2})?\z)"));
    if (!yearOrMonth.match(text).hasMatch())
        return dateIn(text);
    return dateIn(text.size() == 4 ? text + QStringLiteral("0701") : text + QStringLiteral("15"));
}

Result<Value> topValue(const Action& action, dicom::Tag tag)
{
    return readValue(action.object.dataSet(), tag, action.object.characterSet());
}

Outcome scaleBirthDate(Action& action, const QString& studyDate, const QString& birthDate)
{
    const auto study = dateIn(studyDate);
    const auto birth = birthDateIn(birthDate);
    if (!study || !birth)
        return study ? birth.error() : study.error();
    const qint64 excess = birth->daysTo(*study) - oldestDays;
    if (excess <= 0)
        return Done{};
    return shiftAll(action, {everywhere(dicom::tags::PatientBirthDate)}, excess * 86'400);
}

/// Ages in months, weeks and days have three digits (AS, PS3.5 section 6.2), which is less. Fails where it is
/// no age: nobody can say that it is low enough.
Result<bool> isOlder(const QString& age)
{
    static const QRegularExpression form(QStringLiteral(R"(\A(\d{3})([DWMY])\z)"));
    const auto match = form.match(age);
    if (!match.hasMatch() && !age.isEmpty())
        return functionError(QStringLiteral("Patient's Age is not an age"),
                             QStringLiteral("Write three digits and D, W, M or Y, as in 095Y"));
    return match.captured(2) == u"Y" && match.captured(1).toInt() > oldest;
}

} // namespace

Result<Datum> shiftDateFunction(Action& action)
{
    return shiftOne(action, "days", false);
}

Result<Datum> shiftDateTimeFunction(Action& action)
{
    return shiftOne(action, "seconds", true);
}

Result<Datum> shiftListFunction(Action& action)
{
    const auto paths = pathsIn({action.arguments[0]});
    if (!paths)
        return paths.error();
    const auto seconds = incrementOf(action, 1, "seconds");
    return seconds ? done(shiftAll(action, *paths, *seconds)) : seconds.error();
}

Result<Datum> shiftSequenceFunction(Action& action)
{
    const auto paths = pathsIn(action.arguments, 1);
    if (!paths)
        return paths.error();
    const auto count = neededText(action, action.arguments[0]);
    const auto seconds =
        count ? dicom::secondsIn(*count, QStringLiteral("seconds")) : Result<qint64>(count.error());
    if (!seconds)
        return seconds.error();
    const bool isExact =
        std::all_of(paths->begin(), paths->end(), [](const Path& path) { return path.isSingle(); });
    return done(action.object.rewriteEach(*paths, shiftFor(action, isExact, *seconds, isAnyDate)));
}

// Ages over 89 years are identifying: 45 CFR 164.514(b)(2)(i)(C).
Result<Datum> scaleAgeFunction(Action& action)
{
    const auto birth = topValue(action, dicom::tags::PatientBirthDate);
    const auto study = topValue(action, dicom::tags::StudyDate);
    const auto age = topValue(action, dicom::tags::PatientAge);
    for (const auto* value : {&birth, &study, &age})
        if (!*value)
            return value->error();
    const bool born = *birth && !(*birth)->isEmpty();
    if (born && (!*study || (*study)->isEmpty()))
        return Datum();
    if (born)
        if (const Outcome scaled = scaleBirthDate(action, **study, **birth); !scaled)
            return scaled.error();
    const auto older = *age ? isOlder(**age) : Result<bool>(false);
    if (!older)
        return older.error();
    if (!*older)
        return Datum();
    return done(
        action.object.rewrite(everywhere(dicom::tags::PatientAge),
                              [](const dicom::Element&, const WorkingObject::ReadText&) -> Result<Value> {
                                  return Value(QStringLiteral("%1Y").arg(oldest, 3, 10, QLatin1Char('0')));
                              }));
}

} // namespace script
