#include "core/script/checks.h"

#include "core/dicom/dictionary.h"
#include "core/dicom/value.h"
#include "core/script/message_format.h"

namespace script {

namespace {

struct Hint {
    const char16_t* name;
    const char16_t* message;
    const char16_t* remedy;
};

constexpr const char16_t* six = u"%1 belongs to dialect 6, which is not supported yet";
constexpr const char16_t* lowerCase = u"Write it in small letters";

constexpr Hint hints[] = {
    {u"getURL", u"getURL is refused: a script opens no connection", u""},
    {u"lookup", u"lookup is refused: tables of values belong to XNAT", u""},
    {u"makeSessionLabel", u"makeSessionLabel is a function of XNAT", u""},
    {u"version", u"A line with version begins a script in dialect 6, which is not supported yet", u""},
    {u"if", six, u"Write a condition as: (gggg,eeee) = \"value\" : action"},
    {u"newUID", six, u"Write (gggg,eeee) := new UID"},
    {u"removeAllPrivateTags", six, u"Write - (XXX#,XXXX)"},
    {u"delete", six, u"Write - (gggg,eeee)"},
    {u"removeTags", six, u"Write - (gggg,eeee) for each tag"},
    {u"set", six, u"Write (gggg,eeee) := value"},
    {u"concatenate", six, u"Write a format: \"{0}{1}\" (gggg,eeee), (gggg,eeee)"},
    {u"ismatch", six, u"Write a condition with ~"},
    {u"isPresent", six, u"Write the condition (gggg,eeee) ~ \".*\""},
    {u"hashUIDList", six, u"Write hashUID[(gggg,eeee)]"},
    {u"mapUID", six, u"Write new UID"},
    {u"mapReferencedUIDs", six, u"Write new UID"},
    {u"alterPixels", six, u""},
    {u"blankValues", six, u""},
    {u"collectValues", six, u""},
    {u"normalizeString", six, u""},
    {u"reject", six, u""},
    {u"retainPrivateTags", six, u""},
    {u"scalePatientAgeAndDobFromStudyDate", six, u""},
    {u"shiftDateByIncrement", six, u""},
    {u"shiftDateTimeByIncrement", six, u""},
    {u"shiftDateTimeListByIncrement", six, u""},
    {u"shiftDateTimeSequenceByIncrement", six, u""},
    {u"ECHO", u"ECHO is not known", lowerCase},
    {u"NEW", u"NEW is not known", lowerCase},
};

QString countText(const Function& function)
{
    if (function.most < 0)
        return QStringLiteral("at least %1").arg(function.fewest);
    return QString::number(function.fewest);
}

const Expression* literal(const Expression& call, int index)
{
    if (index < 0 || index >= static_cast<int>(call.arguments.size()))
        return nullptr;
    const Expression& argument = *call.arguments[static_cast<size_t>(index)];
    return argument.kind == Expression::Kind::Literal ? &argument : nullptr;
}

std::optional<Problem> checkNumbers(const Expression& call)
{
    for (size_t i = 0; i < call.arguments.size() && i < 32; ++i)
        if ((call.function->numberArguments & (1U << i)) && !call.arguments[i]->isNumber)
            return problemAt(call.arguments[i]->position,
                             QStringLiteral("Argument %1 of %2 must be a number")
                                 .arg(i + 1)
                                 .arg(QLatin1StringView(call.function->name)),
                             QStringLiteral("Write it without quotes"));
    return std::nullopt;
}

Problem failed(const Expression& argument, const Error& error)
{
    QString sentence = error.reason;
    sentence[0] = sentence[0].toUpper();
    return problemAt(argument.position, sentence, error.remedy);
}

std::optional<Problem> checkPattern(Expression& call)
{
    const Expression* pattern = literal(call, call.function->patternArgument);
    if (!pattern)
        return std::nullopt;
    const auto regex = Regex::compile(pattern->text);
    if (!regex)
        return failed(*pattern, regex.error());
    call.regex = *regex;
    return std::nullopt;
}

std::optional<Problem> checkFormat(const Expression& call)
{
    const Expression* format = literal(call, call.function->formatArgument);
    if (!format)
        return std::nullopt;
    const auto tried = messageFormat(format->text, {});
    return tried ? std::nullopt : std::optional(failed(*format, tried.error()));
}

Problem warning(const Position& position, const QString& message)
{
    Problem problem = problemAt(position, message);
    problem.severity = Problem::Severity::Warning;
    return problem;
}

} // namespace

Advice adviceFor(const QString& name)
{
    for (const Hint& hint : hints)
        if (name == QStringView(hint.name)) {
            const QString message = QString::fromUtf16(hint.message);
            return {message.contains(u"%1") ? message.arg(name) : message, QString::fromUtf16(hint.remedy)};
        }
    return {};
}

std::optional<Problem> checkCall(Expression& call, const Position& name)
{
    const Function& function = *call.function;
    const int count = static_cast<int>(call.arguments.size());
    if (count < function.fewest || (function.most >= 0 && count > function.most))
        return problemAt(
            name,
            QStringLiteral("%1 takes %2 %3, not %4")
                .arg(QLatin1StringView(function.name), countText(function),
                     function.fewest == 1 ? QStringLiteral("argument") : QStringLiteral("arguments"))
                .arg(count));
    if (auto problem = checkNumbers(call))
        return problem;
    if (auto problem = checkPattern(call))
        return problem;
    return checkFormat(call);
}

QList<Problem> warningsFor(const Statement& statement)
{
    if (statement.kind != Statement::Kind::Assign || !statement.target || !statement.target->isExact())
        return {};
    const dicom::Tag tag = statement.target->tag();
    const dicom::DictionaryEntry* entry = tag.isPrivate() ? nullptr : dicom::findStandard(tag);
    if (!entry)
        return {};
    if (entry->vr == dicom::Vr::SQ)
        return {warning(statement.position,
                        QStringLiteral("%1 is a sequence, which cannot be set").arg(entry->name))};
    QList<Problem> warnings;
    if (statement.value->kind == Expression::Kind::Literal)
        for (const QString& problem : dicom::checkValue(entry->vr, entry->vm, statement.value->text))
            warnings << warning(statement.value->position,
                                QStringLiteral("This breaks the rules for %1: %2").arg(entry->name, problem));
    return warnings;
}

} // namespace script
