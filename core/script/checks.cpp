#include "core/script/checks.h"

#include "core/base/suggestion.h"
#include "core/dicom/dictionary.h"
#include "core/dicom/value.h"
#include "core/script/message_format.h"

#include <algorithm>
#include <iterator>

namespace script {

namespace {

struct Hint {
    const char16_t* name;
    unsigned dialects; ///< Function::Dialects in which it is told
    const char16_t* message;
    const char16_t* remedy;
};

constexpr unsigned four = Function::Four;
constexpr unsigned six = Function::Six;
constexpr const char16_t* ofSix = u"%1 belongs to dialect 6, and this is read as dialect 4";
constexpr const char16_t* notThere = u"There is no function %1";
constexpr const char16_t* lowerCase = u"Write it in small letters";
constexpr const char16_t* versionLine = u"Begin the script with: version \"6.6\"";

constexpr Hint hints[] = {
    {u"getURL", four | six, u"getURL is refused: a script opens no connection",
     u"Use lookup with a table from a file"},
    {u"makeSessionLabel", four | six, u"makeSessionLabel is a function of XNAT", u""},
    {u"hash", six, u"hash does nothing in the original engine", u"Write hashUID[…]"},
    {u"hashReferencedUIDs", six, notThere, u"Write hashUIDList[paths…]"},
    {u"hashUIDs", six, notThere, u"Write hashUIDList[paths…]"},
    {u"newUIDs", six, notThere, u"Write mapReferencedUIDs[\"2.25\", paths…]"},
    {u"mapUIDs", six, notThere, u"Write mapReferencedUIDs[root, paths…]"},
    {u"remove", six, notThere, u"Write - (gggg,eeee)"},
    {u"removePrivateTags", six, notThere, u"Write removeAllPrivateTags, without brackets"},
    {u"assign", six, notThere, u"Write (gggg,eeee) := value"},
    {u"blank", six, notThere, u"Write (gggg,eeee) := \"\""},
    {u"clear", six, notThere, u"Write (gggg,eeee) := \"\""},
    {u"shiftDate", six, notThere, u"Write shiftDateByIncrement[(gggg,eeee), days]"},
    {u"shiftDateTime", six, notThere, u"Write shiftDateTimeByIncrement[(gggg,eeee), seconds]"},
    {u"lookup", four, ofSix, versionLine},
    {u"version", four, u"version begins a script of dialect 6, as its first line", versionLine},
    {u"if", four, ofSix, u"Write a condition as: (gggg,eeee) = \"value\" : action"},
    {u"newUID", four, ofSix, u"Write (gggg,eeee) := new UID"},
    {u"removeAllPrivateTags", four, ofSix, u"Write - (XXX#,XXXX)"},
    {u"delete", four, ofSix, u"Write - (gggg,eeee)"},
    {u"removeTags", four, ofSix, u"Write - (gggg,eeee) for each tag"},
    {u"set", four, ofSix, u"Write (gggg,eeee) := value"},
    {u"concatenate", four, ofSix, u"Write a format: \"{0}{1}\" (gggg,eeee), (gggg,eeee)"},
    {u"ismatch", four, ofSix, u"Write a condition with ~"},
    {u"isPresent", four, ofSix, u"Write the condition (gggg,eeee) ~ \".*\""},
    {u"hashUIDList", four, ofSix, u"Write hashUID[(gggg,eeee)]"},
    {u"mapUID", four, ofSix, u"Write new UID"},
    {u"mapReferencedUIDs", four, ofSix, versionLine},
    {u"alterPixels", four, ofSix, versionLine},
    {u"blankValues", four, ofSix, versionLine},
    {u"collectValues", four, ofSix, versionLine},
    {u"normalizeString", four, ofSix, versionLine},
    {u"reject", four, ofSix, versionLine},
    {u"retainPrivateTags", four, ofSix, versionLine},
    {u"scalePatientAgeAndDobFromStudyDate", four, ofSix, versionLine},
    {u"shiftDateByIncrement", four, ofSix, versionLine},
    {u"shiftDateTimeByIncrement", four, ofSix, versionLine},
    {u"shiftDateTimeListByIncrement", four, ofSix, versionLine},
    {u"shiftDateTimeSequenceByIncrement", four, ofSix, versionLine},
    {u"urlEncode", six, u"urlEncode belongs to dialect 4", u""},
    {u"new", six, u"new belongs to dialect 4", u"Write newUID[]"},
    {u"ECHO", four | six, u"ECHO is not known", lowerCase},
    {u"NEW", four, u"NEW is not known", lowerCase},
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

Problem warning(const Position& position, const QString& message, const QString& remedy = {})
{
    Problem problem = problemAt(position, message, remedy);
    problem.severity = Problem::Severity::Warning;
    return problem;
}

} // namespace

Advice adviceFor(const QString& name, Dialect dialect)
{
    const unsigned wanted = dialect == Dialect::Six ? six : four;
    for (const Hint& hint : hints)
        if ((hint.dialects & wanted) && name == QStringView(hint.name)) {
            const QString message = QString::fromUtf16(hint.message);
            return {message.contains(u"%1") ? message.arg(name) : message, QString::fromUtf16(hint.remedy)};
        }
    return {};
}

Advice adviceForUnknown(const QString& name, Dialect dialect)
{
    const bool isSix = dialect == Dialect::Six;
    QStringList known = functionNames(isSix ? Function::Six : Function::Four);
    if (isSix)
        known << QStringLiteral("removeAllPrivateTags") << QStringLiteral("echo");
    const QString meant = nearest(name, known);
    return {QStringLiteral("There is no function %1").arg(name),
            meant.isEmpty() ? QStringLiteral("Capital and small letters matter")
                            : QStringLiteral("Did you mean %1?").arg(meant)};
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

namespace {

/// What is set all the same is told: it does no harm, and it does nothing.
std::optional<Problem> metaNote(const Statement& statement)
{
    constexpr dicom::Tag written[] = {dicom::tags::FileMetaInformationGroupLength,
                                      {0x0002, 0x0001},
                                      dicom::tags::MediaStorageSOPClassUID,
                                      dicom::tags::MediaStorageSOPInstanceUID,
                                      dicom::tags::TransferSyntaxUID,
                                      {0x0002, 0x0012},
                                      {0x0002, 0x0013}};
    if (!statement.target.isSingle() || statement.target.isNested() || statement.target.isPrivate()
        || std::find(std::begin(written), std::end(written), statement.target.tag()) == std::end(written))
        return std::nullopt;
    Problem note = problemAt(
        statement.position,
        QStringLiteral("%1 is made to agree with the data set and the program when the file is written")
            .arg(dicom::toString(statement.target.tag())),
        QStringLiteral("The statement can be left out"));
    note.severity = Problem::Severity::Note;
    return note;
}

} // namespace

QList<Problem> warningsFor(const Statement& statement)
{
    if (const auto note = metaNote(statement))
        return {*note};
    if (statement.kind != Statement::Kind::Assign || !statement.target.isSingle()
        || statement.target.isPrivate())
        return {};
    const dicom::Tag tag = statement.target.tag();
    const dicom::DictionaryEntry* entry = tag.isPrivate() ? nullptr : dicom::findStandard(tag);
    if (!entry && !tag.isPrivate())
        return {warning(statement.position,
                        QStringLiteral("%1 is not in the data dictionary").arg(dicom::toString(tag)),
                        QStringLiteral("Look whether the tag is right"))};
    if (!entry)
        return {};
    if (entry->vr == dicom::Vr::SQ)
        return {warning(statement.position,
                        QStringLiteral("%1 is a sequence, which takes no text").arg(entry->name))};
    QList<Problem> warnings;
    if (statement.value->kind == Expression::Kind::Literal)
        for (const QString& problem : dicom::checkValue(entry->vr, entry->vm, statement.value->text))
            warnings << warning(statement.value->position,
                                QStringLiteral("This breaks the rules for %1: %2").arg(entry->name, problem));
    return warnings;
}

} // namespace script
