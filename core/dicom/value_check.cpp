// The rules of PS3.5 section 6.2 for values that people type.

#include "core/dicom/value.h"

#include <QDate>
#include <QRegularExpression>
#include <QTime>
#include <algorithm>
#include <vector>

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

struct CompiledShape {
    const Shape* shape;
    QRegularExpression pattern;
};

const std::vector<CompiledShape>& compiledShapes()
{
    static const std::vector<CompiledShape> compiled = [] {
        std::vector<CompiledShape> list;
        for (const Shape& shape : shapes) {
            list.push_back({&shape, QRegularExpression(QString::fromLatin1(shape.pattern))});
            list.back().pattern.optimize();
        }
        return list;
    }();
    return compiled;
}

QString shapeProblem(Vr vr, const QString& value)
{
    for (const auto& [shape, pattern] : compiledShapes())
        if (shape->vr == vr && !pattern.match(value).hasMatch())
            return QStringLiteral("%1 requires %2").arg(QString(name(vr)), QString::fromLatin1(shape->words));
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

QString nameProblem(const QString& value)
{
    const int most = info(Vr::PN).maxLength;
    const QStringList groups = value.split(u'=');
    if (groups.size() > 3)
        return QStringLiteral("A name has at most three representations, separated by =");
    for (const QString& group : groups) {
        if (group.size() > most && group.toUcs4().size() > most)
            return QStringLiteral("A name has at most %1 characters").arg(most);
        if (group.count(u'^') > 4)
            return QStringLiteral("A name has at most five parts, separated by ^");
    }
    return {};
}

ValueProblem lengthProblem(Vr vr, const QString& value)
{
    const int most = info(vr).maxLength;
    if (most == 0 || value.size() <= most) // never more characters than units
        return {};
    const auto length = value.toUcs4().size();
    if (length <= most)
        return {};
    return {QStringLiteral("%1 holds at most %2 characters").arg(QString(name(vr))).arg(most),
            QStringLiteral(", this has %1").arg(length)};
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

ValueProblem multiplicityProblem(const QString& vm, qsizetype count)
{
    if (count == 1 && vm.startsWith(u'1'))
        return {}; // nearly always
    static const QRegularExpression pattern(QStringLiteral(R"(^(\d+)(?:-(\d*)(n?))?$)"));
    const auto match = pattern.match(vm);
    if (!match.hasMatch() || count == 0)
        return {};
    const int least = match.captured(1).toInt();
    const bool open = match.captured(3) == u"n";
    const int factor = open && !match.captured(2).isEmpty() ? match.captured(2).toInt() : 1;
    const int most = match.captured(2).isEmpty() || open ? least : match.captured(2).toInt();
    if (count < least || (!open && count > most) || (open && count % factor != 0))
        return {vm == u"1" ? QStringLiteral("The attribute takes one value")
                           : QStringLiteral("The attribute takes %1 values (separated by \\)").arg(vm),
                QStringLiteral(", not %1").arg(count)};
    return {};
}

/// True for short plain text, of which nothing can be wrong in a VR that has no shape of its own.
bool isPlain(Vr vr, const QString& vm, const QString& text)
{
    const bool hasShape =
        std::any_of(std::begin(shapes), std::end(shapes), [&](const Shape& shape) { return shape.vr == vr; });
    return !hasShape && isString(vr) && vm.startsWith(u'1') && text.size() <= info(vr).maxLength
        && std::none_of(text.begin(), text.end(),
                        [](QChar c) { return c < u' ' || c > u'~' || c == u'\\' || c == u'^' || c == u'='; });
}

} // namespace

QList<ValueProblem> valueProblems(Vr vr, const QString& vm, const QString& text)
{
    if (text.isEmpty() || vr == Vr::SQ || isPlain(vr, vm, text))
        return {};
    const bool several = info(vr).multiple;
    const QStringList values = several ? text.split(u'\\') : QStringList{text};
    QList<ValueProblem> problems;
    const auto note = [&](const ValueProblem& problem) {
        if (!problem.rule.isEmpty() && !problems.contains(problem))
            problems << problem;
    };
    if (several)
        note(multiplicityProblem(vm, values.size()));
    if (!isString(vr))
        return problems;
    for (const QString& value : values) {
        if (value.isEmpty())
            continue;
        note(vr == Vr::PN ? ValueProblem{nameProblem(value)} : lengthProblem(vr, value));
        note({controlProblem(vr, value)});
        const QString shape = shapeProblem(vr, value);
        note({shape.isEmpty() ? rangeProblem(vr, value) : shape});
    }
    return problems;
}

QStringList checkValue(Vr vr, const QString& vm, const QString& text)
{
    QStringList texts;
    for (const ValueProblem& problem : valueProblems(vr, vm, text))
        texts << problem.rule + problem.found;
    return texts;
}

} // namespace dicom
