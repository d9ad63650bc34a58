// dicomremap: applies scripts to DICOM files and writes the results below a folder, with the same engine as
// the window.

#include "app/remap_options.h"
#include "app/remap_recovery.h"
#include "app/remap_report.h"
#include "app/remap_scripts.h"
#include "app/variables_prompt.h"
#include "core/base/crash_privacy.h"
#include "core/base/memory.h"
#include "core/base/suggestion.h"
#include "core/catalog/scan.h"
#include "core/deid/deidentify.h"
#include "core/edit/edit.h"
#include "core/edit/seed.h"
#include "core/script/lint.h"
#include "core/script/script.h"
#include "core/write/writer.h"

#include <QCoreApplication>
#include <QCryptographicHash>
#include <QDir>
#include <QElapsedTimer>
#include <QFile>
#include <QFileInfo>
#include <QMessageAuthenticationCode>
#include <QStandardPaths>
#include <algorithm>
#include <numeric>
#include <optional>

namespace {

enum ExitStatus { Ok = 0, NotEverythingWritten = 1, WrongUse = 2 };

using Options = RemapOptions;

struct Inputs {
    QList<catalog::InstancePtr> instances;
    int notDicom = 0; ///< do not matter
    int directories = 0;
    int unread = 0; ///< DICOM files that cannot be processed
};

/// The file of a script; one that comes with the program can be named without its ending. "basic" is always
/// the profile of 2006, as it ever was.
QString scriptFile(const QString& name)
{
    const QString bundled =
        QStringLiteral(":/schemes/%1.das").arg(name == u"basic" ? QStringLiteral("Basic2006") : name);
    const bool isBundled = !name.contains(u'/') && QFile::exists(bundled);
    return isBundled && (name == u"basic" || !QFile::exists(name)) ? bundled : name;
}

/// The scripts that come with the program, by the names that they can be given by.
QStringList bundledScripts()
{
    QStringList names{QStringLiteral("basic")};
    for (const QFileInfo& scheme : QDir(QStringLiteral(":/schemes")).entryInfoList({QStringLiteral("*.das")}))
        names << scheme.completeBaseName();
    return names;
}

void sayUnreadable(const QString& name, const Error& error)
{
    say(error.message());
    if (name.contains(u'/') || QFile::exists(name))
        return;
    const QStringList bundled = bundledScripts();
    const QString meant = nearest(QFileInfo(name).completeBaseName(), bundled);
    say(meant.isEmpty()
            ? QStringLiteral("scripts that come with the program: %1").arg(bundled.join(QStringLiteral(", ")))
            : QStringLiteral("did you mean %1, which comes with the program?").arg(meant));
}

/// Null when the script cannot be used; its problems have been listed then.
script::ScriptPtr readScript(const QString& path, const Options& options)
{
    const auto source = script::readSource(scriptFile(path));
    if (!source) {
        sayUnreadable(path, source.error());
        return nullptr;
    }
    const script::ParseResult parsed = script::parse(*source, options.dialect);
    QList<script::Problem> problems = parsed.problems;
    if (parsed.script)
        problems += script::lint(*parsed.script);
    using Severity = script::Problem::Severity;
    for (const script::Problem& problem : std::as_const(problems)) {
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

Inputs scanInputs(const Options& options)
{
    Inputs inputs;
    catalog::scan(
        options.inputs, {}, false,
        [&](const catalog::ScanBatch& batch) {
            inputs.instances += batch.instances();
            for (const catalog::Issue& issue : batch.issues) {
                if (issue.kind == catalog::Issue::Kind::Interrupted) {
                    if (!options.output.isEmpty()) // otherwise it is gone on with
                        say(QStringLiteral(
                                "warning: %1: a save was interrupted in this folder, so some of its files "
                                "may be new and others as before; --recover brings it to an end")
                                .arg(issue.path));
                    continue;
                }
                const bool isDirectory = issue.kind == catalog::Issue::Kind::Directory;
                const bool harmless = isDirectory || issue.kind == catalog::Issue::Kind::NotDicom;
                ++(isDirectory ? inputs.directories : harmless ? inputs.notDicom : inputs.unread);
                say(QStringLiteral("%1 %2%3").arg(issue.path, issue.reason,
                                                  harmless ? QStringLiteral(" (left out)") : QString()));
            }
        },
        options.threads);
    // The order in which workers finish must not show in anything that is written.
    std::sort(inputs.instances.begin(), inputs.instances.end(),
              [](const auto& a, const auto& b) { return a->file.path < b->file.path; });
    for (qsizetype i = 0; i < inputs.instances.size(); ++i) {
        auto numbered = std::make_shared<catalog::Instance>(*inputs.instances[i]);
        numbered->id = static_cast<int>(i);
        inputs.instances[i] = numbered;
    }
    return inputs;
}

/// The scripts of the command line; empty when one of them cannot be used.
std::optional<QList<script::ScriptPtr>> readScripts(const Options& options)
{
    QList<script::ScriptPtr> scripts;
    for (const QString& path : options.scripts)
        scripts << readScript(path, options);
    if (scripts.contains(nullptr) || !areKnown(options.variables, scripts))
        return std::nullopt;
    return scripts;
}

/// What the scripts need from outside: variables and a lookup table. Empty when something is missing, which
/// has been said then.
std::optional<script::RunContext> contextFor(const QList<script::ScriptPtr>& scripts, const Options& options,
                                             const Inputs& inputs, const QByteArray& seed)
{
    script::RunContext context{seed, options.variables, {}};
    if (!options.lookupFile.isEmpty()) {
        const auto table = script::readLookupTable(options.lookupFile);
        if (!table) {
            say(table.error().message());
            return std::nullopt;
        }
        context.lookup = std::make_shared<const script::LookupTable>(*table);
    }
    bool complete = true;
    for (const script::ScriptPtr& script : scripts) {
        if (isTerminal() && !inputs.instances.isEmpty())
            askForVariables(*script, inputs.instances, context);
        const bool needed = script->dialect() == script::Dialect::Six;
        for (const QString& name : script::missingVariables(*script, context.variables)) {
            say(needed ? QStringLiteral(
                             "the variable %1 has no value: give it with --set %1=VALUE, or write it in "
                             "quotes in the script when it is meant as text")
                             .arg(name)
                       : QStringLiteral("warning: the variable %1 has no value, so it is empty").arg(name));
            complete = complete && !needed;
        }
        complete = areUsable(script->variables(), context.variables) && complete;
        if (script->usesLookup() && !context.lookup) {
            say(QStringLiteral("a script looks values up: give the table with --lookup FILE"));
            complete = false;
        }
    }
    return complete ? std::optional(context) : std::nullopt;
}

edit::EditList editsFor(const QList<script::ScriptPtr>& scripts, const script::RunContext& context,
                        const Options& options, qsizetype instances)
{
    catalog::InstanceIds all(instances);
    std::iota(all.begin(), all.end(), 0);
    edit::EditList edits;
    if (options.profile)
        edits << std::make_shared<const edit::Edit>(
            edit::Edit{QStringLiteral("De-identify"), all, *options.profile, true});
    for (const script::ScriptPtr& compiled : scripts)
        edits << std::make_shared<const edit::Edit>(
            edit::Edit{QStringLiteral("Apply Script"), all,
                       edit::ScriptRun(compiled, context.variables, context.lookup), true});
    return edits;
}

/// That no two patients get the same pseudonym. It says so where they do.
bool areApart(const Options& options, const Inputs& inputs, const QByteArray& seed)
{
    if (!options.profile || options.profile->patients.newIds != deid::Patients::NewIds::Pseudonyms)
        return true;
    QHash<QString, QString> ids;
    for (const catalog::InstancePtr& instance : inputs.instances) {
        const QString id = deid::patientKeyOf(instance->file.dataSet);
        const auto known = ids.constFind(deid::pseudonymOf(seed, id));
        if (known != ids.constEnd() && *known != id) {
            say(QStringLiteral("two patients would get the same pseudonym: use another seed"));
            return false;
        }
        ids.insert(deid::pseudonymOf(seed, id), id);
    }
    return true;
}

writer::Destination destinationFor(const Options& options, const Interrupted& interrupted)
{
    writer::Destination destination;
    destination.kind =
        options.output.isEmpty() ? writer::Destination::Kind::Overwrite : writer::Destination::Kind::NewRoot;
    destination.root = options.output;
    destination.keepOriginalsIn = options.keepOriginalsIn;
    destination.finished = interrupted.finished();
    return destination;
}

/// Of errors that say the same of many files, the first few.
void sayAlike(const QList<Error>& errors, bool all)
{
    constexpr int shown = 5;
    QHash<QString, int> counts;
    for (const Error& error : errors)
        if (++counts[error.reason] <= shown || all)
            say(error.message());
    for (auto count = counts.begin(); !all && count != counts.end(); ++count)
        if (*count > shown)
            say(QStringLiteral("the same of %1 more files; --verbose lists them").arg(*count - shown));
}

/// Empty when something stands in the way, which has been said then.
std::optional<writer::Plan> planFor(const Inputs& inputs, const Options& options,
                                    const Interrupted& interrupted)
{
    writer::Plan plan = writer::plan(inputs.instances, destinationFor(options, interrupted));
    sayAlike(plan.problems, options.verbose);
    for (const Error& warning : std::as_const(plan.warnings))
        say(warning.message());
    return plan.problems.isEmpty() ? std::optional(std::move(plan)) : std::nullopt;
}

Result<QByteArray> seedFor(const Options& options, const Interrupted& interrupted)
{
    if (!options.seedFile.isEmpty())
        return edit::seedFromFile(options.seedFile);
    return interrupted.isEmpty() ? edit::randomSeed() : interrupted.seed();
}

/// The user's own: whoever delivers images may deliver a journal with them, but cannot say what was done
/// already. Where it cannot be kept, no other run knows it, and none can go on.
QByteArray journalKey()
{
    const QString folder = QStandardPaths::writableLocation(QStandardPaths::GenericConfigLocation)
        + QStringLiteral("/DicomBrowser");
    QDir().mkpath(folder);
    const auto key = edit::seedFromFile(folder + QStringLiteral("/journal.key"));
    return key ? *key : edit::randomSeed();
}

/// What tells two jobs apart: somebody who goes on with an interrupted one must want the same.
writer::JournalJob jobFor(const QList<script::ScriptPtr>& scripts, const script::RunContext& context,
                          const Options& options)
{
    QCryptographicHash hash(QCryptographicHash::Blake2b_256);
    const auto add = [&](const QString& text) {
        hash.addData(QByteArray::number(text.size()) + ':' + text.toUtf8());
    };
    const auto addTable = [&](const QHash<QString, QString>& table) {
        QStringList keys = table.keys();
        keys.sort();
        for (const QString& key : std::as_const(keys)) {
            add(key);
            add(table.value(key));
        }
    };
    if (options.profile)
        add(QStringLiteral("profile ") + deid::toString(*options.profile)
            + QStringLiteral(" patients %1").arg(static_cast<int>(options.profile->patients.newIds)));
    if (options.profile && options.profile->patients.table)
        addTable(*options.profile->patients.table);
    for (const script::ScriptPtr& script : scripts) {
        add(QString::number(static_cast<int>(script->dialect())));
        add(script->source());
    }
    QStringList names = context.variables.keys();
    names.sort();
    for (const QString& name : std::as_const(names)) {
        add(name);
        add(context.variables.value(name));
    }
    if (context.lookup)
        addTable(*context.lookup);
    hash.addData(context.seed);
    return {QMessageAuthenticationCode::hash(hash.result(), journalKey(), QCryptographicHash::Sha256),
            context.seed};
}

/// Tells how long the stages of a job take.
class Stages {
public:
    explicit Stages(bool wanted)
        : m_wanted(wanted)
    {
        m_timer.start();
    }

    void end(const char* stage)
    {
        if (m_wanted)
            say(QStringLiteral("timing: %1: %2 ms")
                    .arg(QString::fromUtf8(stage))
                    .arg(static_cast<double>(m_timer.nsecsElapsed()) / 1e6, 0, 'f', 1));
        m_timer.start();
    }

    void endAll() const
    {
        if (m_wanted)
            say(QStringLiteral("timing: peak memory: %1 MiB").arg(peakMemory() >> 20));
    }

private:
    bool m_wanted;
    QElapsedTimer m_timer;
};

int remap(const Options& options)
{
    Stages stages(options.timing);
    // Scripts first: an error in one must not cost the time of reading everything.
    const auto scripts = readScripts(options);
    if (!scripts)
        return WrongUse;
    const Interrupted interrupted = interruptedIn(options);
    if (interrupted.isBlocked)
        return NotEverythingWritten;
    const Result<QByteArray> seed = seedFor(options, interrupted);
    if (!seed) {
        say(seed.error().message());
        return WrongUse;
    }
    stages.end("scripts");
    const Inputs inputs = scanInputs(options);
    stages.end("reading");
    if (inputs.instances.isEmpty()) {
        say(QStringLiteral("no DICOM file found"));
        return NotEverythingWritten;
    }
    QList<Error> oddities; // of files that were read all the same
    for (const catalog::InstancePtr& instance : inputs.instances)
        for (const QString& oddity : instance->file.oddities)
            oddities << Error{Error::Kind::Damaged, oddity, {}, instance->file.path};
    sayAlike(oddities, options.verbose);
    const auto context = contextFor(*scripts, options, inputs, *seed);
    if (!context)
        return WrongUse;
    if (!areApart(options, inputs, *seed))
        return WrongUse;
    writer::WriteOptions writing{options.threads};
    writing.sync = options.sync;
    writing.readFromMedium = options.readFromMedium;
    writing.job = jobFor(*scripts, *context, options);
    writing.resumed = interrupted.saves;
    if (!interrupted.belongsTo(writing.job, options.keepOriginalsIn))
        return WrongUse;
    const auto plan = planFor(inputs, options, interrupted);
    if (!plan)
        return WrongUse;
    edit::Evaluator evaluator({*seed});
    const auto edits = editsFor(*scripts, *context, options, inputs.instances.size());
    tellWhatScriptsDid(*scripts, options.scripts, inputs.instances, edits, evaluator, options.verbose);
    stages.end("planning");
    const auto written = writer::write(*plan, edits, evaluator, writing, stopRequested(), [](int, int) {});
    stages.end("writing");
    if (!plan->finished.isEmpty())
        say(QStringLiteral("what follows is about the files written now, not those before the interruption"));
    tellWhatRemains(written, destinationFor(options, interrupted), edits, evaluator, options.verbose);
    warnOfMerging(written, edits, evaluator);
    stages.end("what remains");
    stages.endAll();
    const RemapCounts counts{inputs.notDicom, inputs.directories, inputs.unread, plan->finished.size()};
    return reportFiles(written, counts, options.verbose) ? Ok : NotEverythingWritten;
}

int run(const Options& options)
{
    switch (options.task) {
    case Options::Task::Recover:
        return recoverFolder(options.folder, options.rollBack, options.seedFile) ? Ok : NotEverythingWritten;
    case Options::Task::Restore:
        return restoreFolder(options.folder, options.verbose) ? Ok : NotEverythingWritten;
    case Options::Task::Remap:
        break;
    }
    return remap(options);
}

} // namespace

int main(int argc, char** argv)
{
    keepMemoryPrivate();
    QCoreApplication application(argc, argv);
    QCoreApplication::setApplicationName(QStringLiteral("dicomremap"));
    QCoreApplication::setApplicationVersion(QStringLiteral(DICOMBROWSER_VERSION));
    dicom::initialiseLibrary();
    const auto options = readRemapOptions(application);
    return options ? run(*options) : WrongUse;
}
