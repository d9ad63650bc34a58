// dicomremap: applies scripts to DICOM files and writes the results below a folder, with the same engine as
// the window.

#include "app/variables_prompt.h"
#include "core/catalog/scan.h"
#include "core/edit/edit.h"
#include "core/edit/seed.h"
#include "core/script/lint.h"
#include "core/script/script.h"
#include "core/write/writer.h"

#include <QCommandLineParser>
#include <QCoreApplication>
#include <QFile>
#include <QTextStream>
#include <algorithm>
#include <numeric>
#include <optional>

namespace {

enum ExitStatus { Ok = 0, NotEverythingWritten = 1, WrongUse = 2 };

QTextStream& errors()
{
    static QTextStream stream(stderr);
    return stream;
}

void say(const QString& text)
{
    errors() << "dicomremap: " << text << Qt::endl;
}

struct Options {
    QStringList scripts, inputs;
    QString output, seedFile, lookupFile;
    script::Dialect dialect = script::Dialect::Auto;
    script::VariableValues variables;
    bool verbose = false;
    int threads = 0; ///< 0: one for each core
};

struct Inputs {
    QList<catalog::InstancePtr> instances;
    int notDicom = 0; ///< do not matter
    int unread = 0; ///< DICOM files that cannot be processed
};

/// From NAME=VALUE; empty when one is none, which has been said then.
std::optional<script::VariableValues> variablesIn(const QStringList& texts)
{
    script::VariableValues values;
    for (const QString& text : texts) {
        const qsizetype equals = text.indexOf(u'=');
        if (equals < 1) {
            say(QStringLiteral("--set %1: write NAME=VALUE").arg(text));
            return std::nullopt;
        }
        values.insert(text.left(equals), text.mid(equals + 1));
    }
    return values;
}

/// Empty when the command line makes no sense; it has been said why then.
std::optional<Options> readOptions(const QCoreApplication& application)
{
    QCommandLineParser parser;
    parser.setApplicationDescription(QStringLiteral(
        "Applies de-identification scripts to DICOM files and writes the results below a folder.\n"
        "The inputs are only read. The exit status is 0 only when every DICOM file was written."));
    parser.addHelpOption();
    parser.addVersionOption();
    parser.addPositionalArgument(QStringLiteral("inputs"), QStringLiteral("DICOM files, or folders of them."),
                                 QStringLiteral("FILE|FOLDER…"));
    const QCommandLineOption script({QStringLiteral("d"), QStringLiteral("script")},
                                    QStringLiteral("Script to apply; may be repeated. Besides files: basic, "
                                                   "AnonScheme, TeachingFile, which come with the program."),
                                    QStringLiteral("SCRIPT"));
    const QCommandLineOption output({QStringLiteral("o"), QStringLiteral("output")},
                                    QStringLiteral("Folder to write to."), QStringLiteral("FOLDER"));
    const QCommandLineOption dialect(QStringLiteral("dialect"),
                                     QStringLiteral("Language of the scripts: auto, legacy, 4 or 6."),
                                     QStringLiteral("DIALECT"), QStringLiteral("auto"));
    const QCommandLineOption set(QStringLiteral("set"),
                                 QStringLiteral("Value of a variable of the scripts; may be repeated."),
                                 QStringLiteral("NAME=VALUE"));
    const QCommandLineOption lookup(QStringLiteral("lookup"),
                                    QStringLiteral("Table for lookup[], with lines: type/key = value."),
                                    QStringLiteral("FILE"));
    const QCommandLineOption seed(
        QStringLiteral("seed-file"),
        QStringLiteral("File with the seed of new UIDs; made when it does not exist."),
        QStringLiteral("FILE"));
    const QCommandLineOption threads(QStringLiteral("threads"),
                                     QStringLiteral("How many files are read or written at once; one for "
                                                    "each processor where it is not given."),
                                     QStringLiteral("N"));
    const QCommandLineOption verbose(
        QStringLiteral("verbose"),
        QStringLiteral("List every file that was written, and notes on the scripts."));
    parser.addOptions({script, output, dialect, set, lookup, seed, threads, verbose});
    parser.process(application);

    Options options{parser.values(script),
                    parser.positionalArguments(),
                    parser.value(output),
                    parser.value(seed),
                    parser.value(lookup),
                    {},
                    {},
                    parser.isSet(verbose)};
    const auto variables = variablesIn(parser.values(set));
    options.variables = variables.value_or(script::VariableValues());
    const auto chosen = script::parseDialect(parser.value(dialect));
    if (!chosen)
        say(QStringLiteral("--dialect %1: it is one of auto, legacy, 4, 6").arg(parser.value(dialect)));
    if (options.output.isEmpty())
        say(QStringLiteral("say where to write with -o FOLDER"));
    if (options.inputs.isEmpty())
        say(QStringLiteral("name the DICOM files or folders to read"));
    bool isNumber = true;
    if (parser.isSet(threads))
        options.threads = parser.value(threads).toInt(&isNumber);
    const bool countable =
        isNumber && options.threads >= (parser.isSet(threads) ? 1 : 0) && options.threads <= 256;
    if (!countable)
        say(QStringLiteral("--threads %1: it is a number from 1 to 256").arg(parser.value(threads)));
    if (!countable || !chosen || !variables || options.output.isEmpty() || options.inputs.isEmpty())
        return std::nullopt;
    options.dialect = *chosen;
    return options;
}

/// The file of a script; one that comes with the program can be named without its ending. "basic" is always
/// the profile of 2006, as it ever was.
QString scriptFile(const QString& name)
{
    const QString bundled =
        QStringLiteral(":/schemes/%1.das").arg(name == u"basic" ? QStringLiteral("Basic2006") : name);
    const bool isBundled = !name.contains(u'/') && QFile::exists(bundled);
    return isBundled && (name == u"basic" || !QFile::exists(name)) ? bundled : name;
}

/// Null when the script cannot be used; its problems have been listed then.
script::ScriptPtr readScript(const QString& path, const Options& options)
{
    const auto source = script::readSource(scriptFile(path));
    if (!source) {
        say(source.error().message());
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
    return parsed.script;
}

Inputs scanInputs(const QStringList& paths, int threads)
{
    Inputs inputs;
    dicom::Interner interner;
    catalog::scan(
        paths, {}, interner, false,
        [&](const catalog::ScanBatch& batch) {
            inputs.instances += batch.instances;
            for (const catalog::Issue& issue : batch.issues) {
                const bool harmless = issue.kind == catalog::Issue::Kind::NotDicom
                    || issue.kind == catalog::Issue::Kind::Directory;
                ++(harmless ? inputs.notDicom : inputs.unread);
                say(QStringLiteral("%1 %2%3").arg(issue.path, issue.reason,
                                                  harmless ? QStringLiteral(" (left out)") : QString()));
            }
        },
        threads);
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
    if (scripts.contains(nullptr))
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
        const auto text = script::readSource(options.lookupFile);
        const auto table = text ? script::parseLookupTable(*text) : Result<script::LookupTable>(text.error());
        if (!table) {
            say(table.error().message());
            return std::nullopt;
        }
        context.lookup = std::make_shared<const script::LookupTable>(*table);
    }
    bool complete = true;
    for (const script::ScriptPtr& script : scripts) {
        if (isTerminal() && !inputs.instances.isEmpty())
            askForVariables(*script, inputs.instances.first()->file.dataSet, context);
        const bool needed = script->dialect() == script::Dialect::Six;
        for (const QString& name : script::missingVariables(*script, context.variables)) {
            say(needed ? QStringLiteral("the variable %1 has no value: give it with --set %1=VALUE").arg(name)
                       : QStringLiteral("warning: the variable %1 has no value, so it is empty").arg(name));
            complete = complete && !needed;
        }
        if (script->usesLookup() && !context.lookup) {
            say(QStringLiteral("a script looks values up: give the table with --lookup FILE"));
            complete = false;
        }
    }
    return complete ? std::optional(context) : std::nullopt;
}

/// What the echo statements of the scripts say, file by file.
void tellMessages(const QList<script::ScriptPtr>& scripts, const script::RunContext& context,
                  const Inputs& inputs)
{
    if (std::none_of(scripts.begin(), scripts.end(), [](const auto& script) { return script->speaks(); }))
        return;
    for (const catalog::InstancePtr& instance : inputs.instances) {
        dicom::DataSet current = instance->file.dataSet;
        for (const script::ScriptPtr& script : scripts) {
            auto result = script::run(*script, current, context);
            if (!result)
                break; // is told when the file is written
            for (const QString& message : std::as_const(result->messages))
                say(QStringLiteral("%1: %2").arg(instance->file.path, message));
            current = std::move(result->dataSet);
        }
    }
}

edit::EditList editsFor(const QList<script::ScriptPtr>& scripts, const script::RunContext& context,
                        qsizetype instances)
{
    catalog::InstanceIds all(instances);
    std::iota(all.begin(), all.end(), 0);
    edit::EditList edits;
    for (const script::ScriptPtr& compiled : scripts)
        edits << std::make_shared<const edit::Edit>(
            edit::Edit{QStringLiteral("Apply Script"), all,
                       edit::ScriptRun(compiled, context.variables, context.lookup), true});
    return edits;
}

int report(const writer::WriteReport& written, const Inputs& inputs, bool verbose)
{
    using Status = writer::FileOutcome::Status;
    for (const writer::FileOutcome& file : written.files) {
        if (file.status == Status::Failed || file.status == Status::Refused)
            say(file.error.message());
        else if (verbose && file.status == Status::Unchanged)
            errors() << file.file.source << " is unchanged" << Qt::endl;
        else if (verbose)
            errors() << file.file.source << " -> " << file.file.target << Qt::endl;
    }
    say(QStringLiteral("%1 DICOM files found, %2 written, %3 failed, %4 not DICOM")
            .arg(inputs.instances.size() + inputs.unread)
            .arg(written.written())
            .arg(written.notWritten() + inputs.unread)
            .arg(inputs.notDicom));
    return written.notWritten() + inputs.unread == 0 ? Ok : NotEverythingWritten;
}

int remap(const Options& options)
{
    const Result<QByteArray> seed = options.seedFile.isEmpty() ? Result<QByteArray>(edit::randomSeed())
                                                               : edit::seedFromFile(options.seedFile);
    if (!seed) {
        say(seed.error().message());
        return WrongUse;
    }
    // Scripts first: an error in one must not cost the time of reading everything.
    const auto scripts = readScripts(options);
    if (!scripts)
        return WrongUse;
    const Inputs inputs = scanInputs(options.inputs, options.threads);
    if (inputs.instances.isEmpty()) {
        say(QStringLiteral("no DICOM file found"));
        return NotEverythingWritten;
    }
    const auto context = contextFor(*scripts, options, inputs, *seed);
    if (!context)
        return WrongUse;
    writer::Destination destination;
    destination.kind = writer::Destination::Kind::NewRoot;
    destination.root = options.output;
    const writer::Plan plan = writer::plan(inputs.instances, destination);
    for (const Error& problem : plan.problems)
        say(problem.message());
    for (const Error& warning : plan.warnings)
        say(warning.message());
    if (!plan.problems.isEmpty())
        return WrongUse;
    tellMessages(*scripts, *context, inputs);
    edit::Evaluator evaluator({*seed});
    const auto edits = editsFor(*scripts, *context, inputs.instances.size());
    return report(writer::write(plan, edits, evaluator, {options.threads}, false, [](int, int) {}), inputs,
                  options.verbose);
}

} // namespace

int main(int argc, char** argv)
{
    QCoreApplication application(argc, argv);
    QCoreApplication::setApplicationName(QStringLiteral("dicomremap"));
    QCoreApplication::setApplicationVersion(QStringLiteral(DICOMBROWSER_VERSION));
    dicom::initialiseLibrary();
    const auto options = readOptions(application);
    return options ? remap(*options) : WrongUse;
}
