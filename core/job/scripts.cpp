#include "core/job/scripts.h"

#include "core/script/lint.h"

#include <QDir>
#include <QFile>

namespace job {

QStringList bundledScripts()
{
    QStringList names;
    const QDir schemes(QStringLiteral(":/schemes"));
    for (const QFileInfo& file : schemes.entryInfoList({QStringLiteral("*.das")}, QDir::Files, QDir::Name))
        names << file.completeBaseName();
    return names;
}

QString scriptFile(const QString& name)
{
    const bool isProfile = name == u"basic";
    const QString bundled =
        QStringLiteral(":/schemes/%1.das").arg(isProfile ? QStringLiteral("Basic2006") : name);
    const bool isBundled = !name.contains(u'/') && QFile::exists(bundled);
    return isBundled && (isProfile || !QFile::exists(name)) ? bundled : name;
}

script::ParseResult checkedScript(const QString& source, script::Dialect dialect)
{
    script::ParseResult parsed = script::parse(source, dialect);
    if (parsed.script)
        parsed.problems += script::lint(*parsed.script);
    return parsed;
}

ScriptNeeds needsOf(const script::Script& script, const script::VariableValues& given, bool hasLookup)
{
    return {script.usesLookup() && !hasLookup, script::missingVariables(script, given),
            script.dialect() == script::Dialect::Six};
}

} // namespace job
