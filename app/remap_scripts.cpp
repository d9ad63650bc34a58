#include "app/remap_scripts.h"

#include "app/messages.h"
#include "core/base/suggestion.h"

#include <QSet>
#include <algorithm>

namespace {

/// Those that change nothing by themselves are told only when there are few: a script for many kinds of
/// images has others for each.
void tellIdle(const script::Script& script, const QString& name, const QSet<int>& applied, bool verbose)
{
    constexpr qsizetype few = 5;
    QList<script::StatementInfo> idle;
    qsizetype changing = 0;
    for (qsizetype i = 0; i < script.statements().size(); ++i) {
        const script::StatementInfo& statement = script.statements()[i];
        if (!statement.canChange)
            continue;
        ++changing;
        if (!applied.contains(static_cast<int>(i)))
            idle << statement;
    }
    if (idle.isEmpty())
        return;
    std::stable_partition(idle.begin(), idle.end(),
                          [](const auto& statement) { return !statement.creators.isEmpty(); });
    const auto suspects = std::count_if(idle.cbegin(), idle.cend(),
                                        [](const auto& statement) { return !statement.creators.isEmpty(); });
    const qsizetype shown = verbose || idle.size() <= few ? idle.size() : std::min<qsizetype>(suspects, few);
    say(QStringLiteral("note: %1: %2 of %3 statements changed nothing in any file%4")
            .arg(name)
            .arg(idle.size())
            .arg(changing)
            .arg(shown < idle.size() ? QStringLiteral(" (--verbose lists them)") : QString()));
    for (const script::StatementInfo& statement : idle.first(shown))
        say(QStringLiteral("  line %1: %2").arg(statement.line).arg(statement.text));
}

/// A misspelt creator finds nothing, or makes a block of its own beside the one that was meant. Those that
/// resemble none of the files' are told only when there are few, since a script for many devices names
/// others, and not where the statement did something: somebody adds a block of their own.
void tellUnknownCreators(const script::Script& script, const QString& name, const QSet<int>& applied,
                         const QSet<QString>& known, bool verbose)
{
    constexpr int few = 5;
    const auto& statements = script.statements();
    if (std::all_of(statements.begin(), statements.end(),
                    [](const auto& statement) { return statement.creators.isEmpty(); }))
        return;
    QStringList sorted = known.values(); // what is suggested must not hang on chance
    sorted.sort();
    int strange = 0;
    for (qsizetype i = 0; i < statements.size(); ++i)
        for (const QString& creator : statements[i].creators) {
            const QString meant = known.contains(creator) ? creator : nearest(creator, sorted);
            const bool isOwn = meant.isEmpty() && applied.contains(static_cast<int>(i));
            if (meant == creator || isOwn || (meant.isEmpty() && ++strange > few && !verbose))
                continue;
            say(QStringLiteral("warning: %1: line %2: no file has the private creator %3%4")
                    .arg(name)
                    .arg(statements[i].line)
                    .arg(creator,
                         meant.isEmpty() ? QString() : QStringLiteral("; did you mean %1?").arg(meant)));
        }
}

} // namespace

void tellWhatScriptsDid(const QList<script::ScriptPtr>& scripts, const QStringList& names,
                        const job::ScriptEffects& effects, bool verbose)
{
    for (qsizetype i = 0; i < scripts.size(); ++i) {
        const job::ScriptEffect* effect = effects.of(scripts[i]);
        if (!effect)
            continue; // it failed everywhere
        for (const auto& [remark, files] : effect->remarks.asKeyValueRange())
            say(QStringLiteral("warning: %1: %2 (%3 %4)")
                    .arg(names[i], remark)
                    .arg(files)
                    .arg(files == 1 ? QStringLiteral("file") : QStringLiteral("files")));
        tellUnknownCreators(*scripts[i], names[i], effect->applied, effects.creators(), verbose);
        tellIdle(*scripts[i], names[i], effect->applied, verbose);
    }
}
