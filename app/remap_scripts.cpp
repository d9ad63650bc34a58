#include "app/remap_scripts.h"

#include "app/remap_options.h"
#include "core/base/suggestion.h"
#include "core/dicom/private_blocks.h"

#include <QMap>
#include <QSet>
#include <algorithm>

namespace {

/// What one script did in all files together.
struct Sum {
    QMap<QString, int> remarks; ///< with the number of files
    QSet<int> applied;
};

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

void addCreators(const dicom::DataSet& dataSet, QSet<QString>& creators)
{
    for (const auto& element : dataSet) {
        if (element->tag().isPrivateCreator())
            creators.insert(dataSet.creatorOf(dicom::inBlock(element->tag(), element->tag().element)));
        for (const dicom::DataSet& item : element->items())
            addCreators(item, creators);
    }
}

/// A misspelt creator finds nothing, or makes a block of its own beside the one that was meant. Those that
/// resemble none of the files' are told only when there are few, since a script for many devices names
/// others, and not where the statement did something: somebody adds a block of their own.
void tellUnknownCreators(const script::Script& script, const QString& name, const QSet<int>& applied,
                         const QList<catalog::InstancePtr>& instances, bool verbose)
{
    constexpr int few = 5;
    const auto& statements = script.statements();
    if (std::all_of(statements.begin(), statements.end(),
                    [](const auto& statement) { return statement.creators.isEmpty(); }))
        return;
    QSet<QString> known;
    for (const catalog::InstancePtr& instance : instances)
        addCreators(instance->file.dataSet, known);
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
                        const QList<catalog::InstancePtr>& instances, const edit::EditList& edits,
                        edit::Evaluator& evaluator, bool verbose)
{
    QHash<script::ScriptPtr, Sum> sums;
    for (const catalog::InstancePtr& instance : instances) {
        const auto evaluated = evaluator.evaluate(*instance, edits);
        if (!evaluated)
            continue; // is told when the file is written
        for (const edit::ScriptAccount& account : evaluated->accounts) {
            for (const QString& message : account.messages)
                say(QStringLiteral("%1: %2").arg(instance->file.path, message));
            Sum& sum = sums[account.script];
            for (const QString& remark : QSet<QString>(account.remarks.begin(), account.remarks.end()))
                ++sum.remarks[remark];
            sum.applied.unite({account.applied.begin(), account.applied.end()});
        }
    }
    for (qsizetype i = 0; i < scripts.size(); ++i) {
        const auto sum = sums.constFind(scripts[i]);
        if (sum == sums.constEnd())
            continue; // it failed everywhere
        for (auto remark = sum->remarks.begin(); remark != sum->remarks.end(); ++remark)
            say(QStringLiteral("warning: %1: %2 (%3 %4)")
                    .arg(names[i], remark.key())
                    .arg(remark.value())
                    .arg(remark.value() == 1 ? QStringLiteral("file") : QStringLiteral("files")));
        tellUnknownCreators(*scripts[i], names[i], sum->applied, instances, verbose);
        tellIdle(*scripts[i], names[i], sum->applied, verbose);
    }
}
