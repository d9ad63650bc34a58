#include "app/remap_command.h"

#include "app/messages.h"
#include "app/read_scripts.h"
#include "app/remap_inputs.h"
#include "app/remap_report.h"
#include "app/remap_scripts.h"
#include "app/stages.h"
#include "app/stop_request.h"
#include "app/variables_prompt.h"
#include "core/deid/deidentify.h"
#include "core/edit/seed.h"
#include "core/job/fingerprint.h"
#include "core/job/interrupted.h"
#include "core/job/job.h"
#include "core/job/scripts.h"

#include <QDir>
#include <QFileInfo>
#include <numeric>

namespace {

// --- what was interrupted

QString folderOf(const QString& path)
{
    const QFileInfo info(path);
    return info.isDir() ? info.canonicalFilePath() : QFileInfo(info.canonicalFilePath()).path();
}

QStringList writtenFolders(const RemapOptions& options)
{
    QStringList folders;
    if (options.output.isEmpty())
        for (const QString& input : options.inputs)
            folders << folderOf(input);
    else if (QFileInfo(options.output).isDir())
        folders << folderOf(options.output);
    folders.removeAll(QString());
    folders.removeDuplicates();
    return folders;
}

/// False when it was another job that was interrupted, which has been said then.
bool goesOn(const job::Interrupted& interrupted, const writer::JournalJob& ours,
            const QString& keepOriginalsIn)
{
    for (const writer::JournalContent& save : interrupted.saves) {
        const QString folder = QDir::toNativeSeparators(save.folder);
        switch (job::continuationOf(save, ours, keepOriginalsIn)) {
        case job::Continuation::Same:
            continue;
        case job::Continuation::OtherOriginals:
            say(QStringLiteral(
                    "%1: the save that was interrupted here %2. Run the same command to go on with it")
                    .arg(folder,
                         save.originals.isEmpty()
                             ? QStringLiteral("kept no originals: leave out --keep-originals")
                             : QStringLiteral("kept its originals: give --keep-originals %1")
                                   .arg(quoted(save.originals))));
            return false;
        case job::Continuation::OtherJob:
            say(QStringLiteral(
                    "%1: another job was interrupted here, with other scripts, values or options. Run "
                    "that one again to go on with it, or leave it as far as it came: dicomremap "
                    "--recover %2")
                    .arg(folder, quoted(save.folder)));
            return false;
        }
    }
    return true;
}

// --- the job

/// One run. Each step that finds an obstacle says so and gives false.
class Remapping {
public:
    explicit Remapping(const RemapOptions& options)
        : m_options(options)
        , m_stages(options.timing)
    {
    }

    ExitStatus run()
    {
        // Scripts first: an error in one must not cost the time of reading everything.
        const auto scripts = readScripts(m_options);
        if (!scripts)
            return WrongUse;
        m_scripts = *scripts;
        m_interrupted = job::interruptedIn(writtenFolders(m_options));
        for (const Error& obstacle : std::as_const(m_interrupted.obstacles))
            say(obstacle.message());
        if (!m_interrupted.obstacles.isEmpty())
            return NotEverythingWritten;
        if (!findSeed())
            return WrongUse;
        m_stages.end("scripts");
        m_inputs = readInputs(m_options);
        m_stages.end("reading");
        if (m_inputs.instances.isEmpty()) {
            say(QStringLiteral("no DICOM file found"));
            return NotEverythingWritten;
        }
        return fillContext() && areApart() && fillJob() ? prepareAndWrite() : WrongUse;
    }

private:
    bool findSeed()
    {
        const auto seed = !m_options.seedFile.isEmpty() ? edit::seedFromFile(m_options.seedFile)
            : m_interrupted.isEmpty()                   ? Result<QByteArray>(edit::randomSeed())
                                                        : Result<QByteArray>(m_interrupted.seed());
        if (!seed)
            say(seed.error().message());
        else
            m_context.seed = *seed;
        return seed.ok();
    }

    /// What the scripts need from outside: variables and a lookup table.
    bool fillContext()
    {
        m_context.variables = m_options.variables;
        if (!m_options.lookupFile.isEmpty()) {
            const auto table = script::readLookupTable(m_options.lookupFile);
            if (!table) {
                say(table.error().message());
                return false;
            }
            m_context.lookup = std::make_shared<const script::LookupTable>(*table);
        }
        bool complete = true;
        for (const script::ScriptPtr& script : std::as_const(m_scripts))
            complete = fillFor(*script) && complete;
        return complete;
    }

    bool fillFor(const script::Script& script)
    {
        if (isTerminal())
            askForVariables(script, m_inputs.instances, m_context);
        const job::ScriptNeeds needs = job::needsOf(script, m_context.variables, m_context.lookup != nullptr);
        for (const QString& name : needs.values)
            say(needs.areValuesNeeded
                    ? QStringLiteral(
                          "the variable %1 has no value: give it with --set %1=VALUE, or write it in "
                          "quotes in the script when it is meant as text")
                          .arg(name)
                    : QStringLiteral("warning: the variable %1 has no value, so it is empty").arg(name));
        const bool usable = areUsable(script.variables(), m_context.variables);
        if (needs.lookup)
            say(QStringLiteral("a script looks values up: give the table with --lookup FILE"));
        return needs.isReady() && usable;
    }

    /// That no two patients get the same pseudonym.
    bool areApart() const
    {
        if (!m_options.profile || m_options.profile->patients.newIds != deid::Patients::NewIds::Pseudonyms)
            return true;
        QSet<QString> pseudonyms;
        for (const QString& patient : m_inputs.patients)
            pseudonyms.insert(deid::pseudonymOf(m_context.seed, patient));
        if (pseudonyms.size() != m_inputs.patients.size())
            say(QStringLiteral("two patients would get the same pseudonym: use another seed"));
        return pseudonyms.size() == m_inputs.patients.size();
    }

    edit::EditList edits() const
    {
        catalog::InstanceIds all(m_inputs.instances.size());
        std::iota(all.begin(), all.end(), 0);
        edit::EditList edits;
        if (m_options.profile)
            edits << std::make_shared<const edit::Edit>(
                edit::Edit{QStringLiteral("De-identify"), all, *m_options.profile, true});
        for (qsizetype i = 0; i < m_scripts.size(); ++i) {
            edit::ScriptRun run(m_scripts[i], m_context.variables, m_context.lookup);
            if (m_scripts.size() > 1)
                run.name = m_options.scripts[i];
            edits << std::make_shared<const edit::Edit>(
                edit::Edit{QStringLiteral("Apply Script"), all, std::move(run), true});
        }
        return edits;
    }

    bool fillJob()
    {
        m_job.instances = m_inputs.instances;
        m_job.edits = edits();
        m_job.destination.kind = m_options.output.isEmpty() ? writer::Destination::Kind::Overwrite
                                                            : writer::Destination::Kind::NewRoot;
        m_job.destination.root = m_options.output;
        m_job.destination.keepOriginalsIn = m_options.keepOriginalsIn;
        m_job.destination.finished = m_interrupted.finished();
        m_job.writing.threads = m_options.threads;
        m_job.writing.sync = m_options.sync;
        m_job.writing.readFromMedium = m_options.readFromMedium;
        m_job.writing.job = job::journalJob(m_job.edits, {m_context.seed});
        m_job.writing.resumed = m_interrupted.saves;
        return goesOn(m_interrupted, m_job.writing.job, m_options.keepOriginalsIn);
    }

    bool isPossible(const writer::Plan& plan) const
    {
        AlikeErrors problems(m_options.verbose);
        for (const Error& problem : plan.problems)
            problems.add(problem);
        problems.tell();
        for (const Error& warning : plan.warnings)
            say(warning.message());
        return plan.problems.isEmpty();
    }

    ExitStatus prepareAndWrite()
    {
        edit::Evaluator evaluator({m_context.seed}, 0);
        const auto sayMessages = [](const catalog::Instance& instance, const edit::Evaluated& evaluated) {
            for (const edit::ScriptAccount& account : evaluated.accounts)
                for (const QString& message : account.messages)
                    say(QStringLiteral("%1: %2").arg(instance.path(), message));
        };
        const std::atomic<bool> never = false; // whoever stops the program before it writes ends it
        const job::Outlook outlook = job::prepare(m_job, evaluator, never, sayMessages);
        if (!isPossible(outlook.plan))
            return WrongUse;
        if (!outlook.plan.finished.isEmpty())
            say(QStringLiteral(
                "what follows is about the files written now, not those before the interruption"));
        tellWhatScriptsDid(m_scripts, m_options.scripts, outlook.scripts, m_options.verbose);
        if (warnOfMerging(outlook.identity) && canAsk() && !m_options.yes && !askToGoOn())
            return WrongUse;
        m_stages.end("planning");
        const job::JobReport report =
            job::run(m_job, outlook.plan, evaluator, stopRequested(), [](int, int) {});
        m_stages.end("writing");
        tellWhatRemains(report.remains, m_options.verbose);
        m_stages.endAll();
        const RemapCounts counts{m_inputs.notDicom, m_inputs.directories, m_inputs.unread,
                                 outlook.plan.finished.size()};
        return reportFiles(report.written, counts, m_options.verbose) ? Ok : NotEverythingWritten;
    }

    const RemapOptions& m_options;
    Stages m_stages;
    QList<script::ScriptPtr> m_scripts;
    job::Interrupted m_interrupted;
    script::RunContext m_context;
    RemapInputs m_inputs;
    job::Job m_job;
};

} // namespace

ExitStatus remap(const RemapOptions& options)
{
    return Remapping(options).run();
}
