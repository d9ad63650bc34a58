#include "core/script/evaluator.h"

#include "core/dicom/dictionary.h"
#include "core/script/working_object.h"

namespace script {

namespace {

/// Enough of a statement to find it again.
QString shortened(const QString& statement)
{
    constexpr qsizetype most = 100;
    return statement.size() <= most ? statement : statement.first(most) + u'…';
}

} // namespace

Error errorAt(const Script& script, int statement, Error error)
{
    const StatementInfo& info = script.statements().at(statement);
    error.kind = Error::Kind::Script;
    error.reason =
        QStringLiteral("script line %1, “%2”: %3").arg(info.line).arg(shortened(info.text), error.reason);
    return error;
}

bool computes(const Statement& statement)
{
    return !statement.value || statement.value->kind != Expression::Kind::Literal;
}

void remarkMisfits(WorkingObject& object, const Script& script, const Statement& statement,
                   QStringList& remarks)
{
    for (const auto& [tag, rule] : object.takeMisfits()) {
        const dicom::DictionaryEntry* entry = dicom::findStandard(tag);
        remarks << QStringLiteral("line %1: what is computed for %2 breaks its rules: %3")
                       .arg(script.statements().at(statement.index).line)
                       .arg(entry ? QStringLiteral("%1 %2").arg(dicom::toString(tag), entry->name)
                                  : dicom::toString(tag),
                            rule);
    }
}

Result<bool> matchesPattern(const Condition& condition, const Value& text, const Value& pattern)
{
    if (!pattern)
        return Error{Error::Kind::Script, QStringLiteral("the pattern of a condition is absent")};
    const auto regex = condition.regex ? Result<Regex>(*condition.regex) : Regex::compile(*pattern);
    if (!regex)
        return regex.error();
    return text ? regex->matches(*text) : Result<bool>(false);
}

} // namespace script
