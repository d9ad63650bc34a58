#include "app/read_scripts.h"

#include "app/messages.h"
#include "app/variables_prompt.h"
#include "core/base/suggestion.h"
#include "core/job/scripts.h"

#include <QFile>
#include <QFileInfo>

namespace {

void sayUnreadable(const QString& name, const Error& error)
{
    say(error.message());
    if (name.contains(u'/') || QFile::exists(name))
        return;
    const QStringList bundled = QStringList{QStringLiteral("basic")} + job::bundledScripts();
    const QString meant = nearest(QFileInfo(name).completeBaseName(), bundled);
    say(meant.isEmpty()
            ? QStringLiteral("scripts that come with the program: %1").arg(bundled.join(QStringLiteral(", ")))
            : QStringLiteral("did you mean %1, which comes with the program?").arg(meant));
}

/// Null when the script cannot be used; its problems have been listed then.
script::ScriptPtr readScript(const QString& path, const RemapOptions& options)
{
    const auto source = script::readSource(job::scriptFile(path));
    if (!source) {
        sayUnreadable(path, source.error());
        return nullptr;
    }
    const script::ParseResult parsed = job::checkedScript(*source, options.dialect);
    using Severity = script::Problem::Severity;
    for (const script::Problem& problem : parsed.problems) {
        const QString kind = problem.severity == Severity::Error ? QString()
            : problem.severity == Severity::Warning              ? QStringLiteral("warning: ")
                                                                 : QStringLiteral("note: ");
        if (problem.severity != Severity::Note || options.verbose)
            say(QStringLiteral("%1: %2%3").arg(path, kind, problem.toString()));
    }
    if (parsed.script && parsed.script->statements().isEmpty())
        say(QStringLiteral("warning: %1: the script has no statement, so it changes nothing").arg(path));
    return parsed.script;
}

} // namespace

std::optional<QList<script::ScriptPtr>> readScripts(const RemapOptions& options)
{
    QList<script::ScriptPtr> scripts;
    for (const QString& path : options.scripts)
        scripts << readScript(path, options);
    if (scripts.contains(nullptr) || !areKnown(options.variables, scripts))
        return std::nullopt;
    return scripts;
}
