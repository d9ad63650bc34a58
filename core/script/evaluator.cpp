#include "core/script/evaluator.h"

#include "core/dicom/dictionary.h"
#include "core/script/working_object.h"

#include <QCryptographicHash>
#include <QMessageAuthenticationCode>
#include <QtEndian>

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

namespace {

/// Backwards, between one and ten years.
QString seededDays(const QByteArray& seed)
{
    constexpr quint32 year = 365;
    const QByteArray hash = QMessageAuthenticationCode::hash("script days", seed, QCryptographicHash::Sha256);
    return QStringLiteral("-%1").arg(year + qFromBigEndian<quint32>(hash.constData()) % (9 * year));
}

} // namespace

VariableValues withSeededVariables(const Script& script, const RunContext& context)
{
    VariableValues values = context.variables;
    for (const Variable& variable : script.program().variables())
        if (!variable.assigned && variable.exported == seededDaysField && !values.contains(variable.name))
            values.insert(variable.name, seededDays(context.seed));
    return values;
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
