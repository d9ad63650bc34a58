// The rules of PS3.5 section 6.2 for values that people type.

#include "core/dicom/value.h"

#include <QDate>
#include <QRegularExpression>
#include <QTime>

namespace dicom {

namespace {

/// What one value of a VR has to look like, and the words for it.
struct Shape {
    Vr vr;
    const char* pattern;
    const char* words;
};

constexpr Shape shapes[] = {
    {Vr::AE, R"(^[\x20-\x5B\x5D-\x7E]*$)", "a title of printable characters without backslash"},
    {Vr::AS, R"(^\d{3}[DWMY]$)", "an age of three digits and D, W, M or Y, as 018Y"},
    {Vr::CS, R"(^[A-Z0-9_ ]*$)", "a code of capital letters, digits, blanks and underscores"},
    {Vr::DA, R"(^\d{8}$)", "a date as YYYYMMDD"},
    {Vr::DS, R"(^ *[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)? *$)", "a decimal number"},
    {Vr::DT, R"(^\d{4}(\d{2}(\d{2}(\d{2}(\d{2}(\d{2}(\.\d{1,6})?)?)?)?)?)?([+-]\d{4})? *$)",
     "a date and time as YYYYMMDDHHMMSS.FFFFFF"},
    {Vr::IS, R"(^ *[+-]?\d+ *$)", "a whole number"},
    {Vr::TM, R"(^\d{2}(\d{2}(\d{2}(\.\d{1,6})?)?)? *$)", "a time as HHMMSS.FFFFFF"},
    {Vr::UI, R"(^(0|[1-9]\d*)(\.(0|[1-9]\d*))+$)", "a UID: numbers without leading zeros, separated by dots"},
};

QString shapeProblem(Vr vr, const QString& value)
{
    for (const Shape& shape : shapes)
        if (shape.vr == vr && !QRegularExpression(QString::fromLatin1(shape.pattern)).match(value).hasMatch())
            return QStringLiteral("%1 wants %2").arg(QString(name(vr)), QString::fromLatin1(shape.words));
    return {};
}

QString rangeProblem(Vr vr, const QString& value)
{
    if (vr == Vr::DA && !QDate::fromString(value, QStringLiteral("yyyyMMdd")).isValid())
        return QStringLiteral("There is no such day");
    if (vr == Vr::TM) {
        const QString padded = (value.trimmed() + QStringLiteral("0000")).left(6);
        if (!QTime(padded.left(2).toInt(), padded.mid(2, 2).toInt(), qMin(59, padded.mid(4, 2).toInt()))
                 .isValid())
            return QStringLiteral("There is no such time");
    }
    if (vr == Vr::IS
        && (value.trimmed().toLongLong() > 2147483647LL || value.trimmed().toLongLong() < -2147483648LL))
        return QStringLiteral("The number is beyond what IS can hold");
    return {};
}

QString lengthProblem(Vr vr, const QString& value)
{
    const int most = info(vr).maxLength;
    if (most == 0)
        return {};
    if (vr == Vr::PN) {
        const QStringList groups = value.split(u'=');
        if (groups.size() > 3)
            return QStringLiteral("A name has at most three representations, separated by =");
        for (const QString& group : groups) {
            if (group.toUcs4().size() > most)
                return QStringLiteral("A name has at most %1 characters").arg(most);
            if (group.count(u'^') > 4)
                return QStringLiteral("A name has at most five parts, separated by ^");
        }
        return {};
    }
    const auto length = value.toUcs4().size();
    return length <= most ? QString()
                          : QStringLiteral("%1 holds at most %2 characters, this has %3")
                                .arg(QString(name(vr)))
                                .arg(most)
                                .arg(length);
}

QString controlProblem(Vr vr, const QString& value)
{
    const bool linesAllowed = vr == Vr::LT || vr == Vr::ST || vr == Vr::UT;
    for (const QChar c : value)
        if (c.category() == QChar::Other_Control
            && !(linesAllowed && (c == u'\r' || c == u'\n' || c == u'\t' || c == u'\f')))
            return QStringLiteral("Control characters are not allowed");
    return {};
}

QString multiplicityProblem(const QString& vm, qsizetype count)
{
    static const QRegularExpression pattern(QStringLiteral(R"(^(\d+)(?:-(\d*)(n?))?$)"));
    const auto match = pattern.match(vm);
    if (!match.hasMatch() || count == 0)
        return {};
    const int least = match.captured(1).toInt();
    const bool open = match.captured(3) == u"n";
    const int factor = open && !match.captured(2).isEmpty() ? match.captured(2).toInt() : 1;
    const int most = match.captured(2).isEmpty() || open ? least : match.captured(2).toInt();
    if (count < least || (!open && count > most) || (open && count % factor != 0))
        return QStringLiteral("The attribute takes %1 values (separated by \\), not %2").arg(vm).arg(count);
    return {};
}

} // namespace

QStringList checkValue(Vr vr, const QString& vm, const QString& text)
{
    if (text.isEmpty() || vr == Vr::SQ)
        return {};
    const bool several = info(vr).multiple;
    const QStringList values = several ? text.split(u'\\') : QStringList{text};
    QStringList problems;
    const auto note = [&](const QString& problem) {
        if (!problem.isEmpty() && !problems.contains(problem))
            problems << problem;
    };
    if (several)
        note(multiplicityProblem(vm, values.size()));
    if (!isString(vr))
        return problems;
    for (const QString& value : values) {
        if (value.isEmpty())
            continue;
        note(lengthProblem(vr, value));
        note(controlProblem(vr, value));
        const QString shape = shapeProblem(vr, value);
        note(shape.isEmpty() ? rangeProblem(vr, value) : shape);
    }
    return problems;
}

} // namespace dicom
