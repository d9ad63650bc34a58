#include "app/remap_options.h"

#include "app/messages.h"

#include <QCommandLineParser>
#include <QCoreApplication>
#include <QRegularExpression>
#include <algorithm>

namespace {

struct OptionText {
    const char* names; ///< separated by blanks
    const char* description;
    const char* value = nullptr;
};

constexpr OptionText optionTexts[] = {
    {"d script",
     "Script to apply; may be repeated. Besides files: AnonScheme, TeachingFile and Basic2006 (or basic), "
     "which "
     "come with the program.",
     "SCRIPT"},
    {"profile",
     "De-identify by the Basic Application Level Confidentiality Profile (PS3.15 2024b) before any script: "
     "basic, optionally followed by comma-separated options: retain-uids, retain-device, retain-institution, "
     "retain-patient-characteristics, retain-dates or shift-dates.",
     "basic[,OPTION…]"},
    {"patients",
     "With --profile: what takes the place of Patient ID and Patient's Name: seed (short names made from the "
     "seed, "
     "so that patients stay apart; the default), empty, or a table (CSV) with the columns id_old,id_new.",
     "seed|empty|FILE"},
    {"o output", "Folder to write to.", "FOLDER"},
    {"overwrite", "Write the files in the place of the inputs instead."},
    {"keep-originals", "With --overwrite: folder for copies of the originals.", "FOLDER"},
    {"dialect", "Language of the scripts: auto, legacy, 4 or 6; auto where it is not given.", "DIALECT"},
    {"set", "Value of a variable of the scripts; may be repeated.", "NAME=VALUE"},
    {"lookup", "Table for lookup[], with lines: type/key = value.", "FILE"},
    {"seed-file",
     "File with the seed of new UIDs; made when it does not exist. With --recover: keeps the seed of the "
     "interrupted save there, for a later run.",
     "FILE"},
    {"yes", "On a terminal: do not ask whether patients, studies or images may become one."},
    {"threads", "How many files are read or written at once; one for each processor where it is not given.",
     "N"},
    {"read-from-medium",
     "Compare what was written with what is on the medium, not in the system's cache; for removable disks."},
    {"verbose", "List every file that was written or restored, all that remains, and notes on the scripts."},
    {"timing", "Tell how long each stage takes, and how much memory was needed."},
    {"no-sync",
     "Do not wait until the files are on the medium: quicker, but a power failure may lose what was "
     "written."},
    {"recover",
     "Bring saves to an end that were interrupted in a folder or below it: complete new files take their "
     "places, the others are as they were. To go on with a save instead, run its command again.",
     "FOLDER"},
    {"roll-back", "With --recover: put the originals back where they were kept."},
    {"restore", "Put the originals back that the last save kept in a folder.", "FOLDER"},
};

void addOptions(QCommandLineParser& parser)
{
    parser.setApplicationDescription(QStringLiteral(
        "Applies de-identification scripts to DICOM files and writes the results below a folder.\n"
        "The inputs are only read, unless --overwrite is given. The exit status is 0 only when every DICOM\n"
        "file was written. After an interruption, running the same command again goes on with it."));
    parser.addHelpOption();
    parser.addVersionOption();
    parser.addPositionalArgument(QStringLiteral("inputs"), QStringLiteral("DICOM files, or folders of them."),
                                 QStringLiteral("FILE|FOLDER…"));
    for (const OptionText& text : optionTexts)
        parser.addOption(QCommandLineOption(QString::fromUtf8(text.names).split(u' '),
                                            QString::fromUtf8(text.description),
                                            QString::fromUtf8(text.value)));
}

/// Collects what is wrong with a command line.
class Checks {
public:
    void need(bool holds, const QString& complaint)
    {
        if (!holds)
            say(complaint);
        m_good = m_good && holds;
    }
    bool good() const { return m_good; }

private:
    bool m_good = true;
};

script::VariableValues variablesIn(const QStringList& texts, Checks& checks)
{
    script::VariableValues values;
    for (const QString& text : texts) {
        const qsizetype equals = text.indexOf(u'=');
        checks.need(equals >= 1, QStringLiteral("--set %1: write NAME=VALUE").arg(text));
        const QString name = text.left(equals);
        checks.need(!values.contains(name) || values.value(name) == text.mid(equals + 1),
                    QStringLiteral("--set %1: two values were given").arg(name));
        values.insert(name, text.mid(equals + 1));
    }
    return values;
}

int threadsIn(const QString& text, Checks& checks)
{
    bool isNumber = false;
    const int threads = text.toInt(&isNumber);
    checks.need(isNumber && threads >= 1 && threads <= 256,
                QStringLiteral("--threads %1: it is a number from 1 to 256").arg(text));
    return threads;
}

/// Options that belong to one of the commands only.
bool isAnySet(const QCommandLineParser& parser, std::initializer_list<const char*> names)
{
    return std::any_of(names.begin(), names.end(),
                       [&](const char* name) { return parser.isSet(QString::fromUtf8(name)); });
}

/// Recovering and restoring need a folder and nothing else.
void checkFolderAlone(const QCommandLineParser& parser, const QString& folder, Checks& checks)
{
    checks.need(!isAnySet(parser, {"recover"}) || !isAnySet(parser, {"restore"}),
                QStringLiteral("--recover and --restore exclude each other: recover first"));
    checks.need(!folder.startsWith(u'-'),
                QStringLiteral("%1 is an option: name a folder after --recover or --restore").arg(folder));
    checks.need(parser.positionalArguments().isEmpty() && !isAnySet(parser, {"script", "output", "profile"}),
                QStringLiteral("--recover and --restore take a folder and nothing to apply"));
}

RecoverOptions recoverOptions(const QCommandLineParser& parser, Checks& checks)
{
    RecoverOptions options;
    options.folder = parser.value(QStringLiteral("recover"));
    options.rollBack = parser.isSet(QStringLiteral("roll-back"));
    options.seedFile = parser.value(QStringLiteral("seed-file"));
    checkFolderAlone(parser, options.folder, checks);
    checks.need(options.seedFile.isEmpty() || !options.rollBack,
                QStringLiteral("--seed-file does not belong to --restore and --roll-back"));
    return options;
}

RestoreOptions restoreOptions(const QCommandLineParser& parser, Checks& checks)
{
    const RestoreOptions options{parser.value(QStringLiteral("restore")),
                                 parser.isSet(QStringLiteral("verbose"))};
    checkFolderAlone(parser, options.folder, checks);
    checks.need(!isAnySet(parser, {"seed-file"}),
                QStringLiteral("--seed-file does not belong to --restore and --roll-back"));
    checks.need(!isAnySet(parser, {"roll-back"}), QStringLiteral("--roll-back belongs to --recover"));
    return options;
}

void readPatients(const QCommandLineParser& parser, RemapOptions& options, Checks& checks)
{
    if (!parser.isSet(QStringLiteral("patients")))
        return;
    checks.need(options.profile.has_value(), QStringLiteral("--patients belongs to --profile"));
    const auto patients = deid::patientsFrom(parser.value(QStringLiteral("patients")));
    checks.need(patients.ok(),
                patients ? QString() : QStringLiteral("--patients: %1").arg(patients.error().message()));
    if (patients && options.profile)
        options.profile->patients = *patients;
}

/// Folders are names of folders here; sending is not something this program does.
void checkFolderNames(const QStringList& names, Checks& checks)
{
    static const QRegularExpression url(QStringLiteral(R"(\A[A-Za-z][A-Za-z0-9+.-]+:/)"));
    for (const QString& name : names)
        checks.need(!url.match(name).hasMatch(),
                    QStringLiteral("%1 is a URL: name a folder or a file of this computer").arg(name));
}

void checkTarget(const QCommandLineParser& parser, const RemapOptions& options, Checks& checks)
{
    const bool overwrites = parser.isSet(QStringLiteral("overwrite"));
    checks.need(overwrites || !options.output.isEmpty(), QStringLiteral("say where to write with -o FOLDER"));
    checks.need(!overwrites || options.output.isEmpty(),
                QStringLiteral("-o and --overwrite exclude each other"));
    checks.need(overwrites || options.keepOriginalsIn.isEmpty(),
                QStringLiteral("--keep-originals belongs to --overwrite"));
    checks.need(!parser.isSet(QStringLiteral("roll-back")),
                QStringLiteral("--roll-back belongs to --recover"));
    checks.need(options.sync || !overwrites, QStringLiteral("--no-sync is for copies, made with -o"));
    checks.need(!options.scripts.isEmpty() || options.profile,
                QStringLiteral("say what to apply with -d SCRIPT or --profile basic"));
    checks.need(!options.inputs.isEmpty(), QStringLiteral("name the DICOM files or folders to read"));
}

RemapOptions remapOptions(const QCommandLineParser& parser, Checks& checks)
{
    RemapOptions options;
    options.inputs = parser.positionalArguments();
    options.scripts = parser.values(QStringLiteral("script"));
    options.output = parser.value(QStringLiteral("output"));
    options.keepOriginalsIn = parser.value(QStringLiteral("keep-originals"));
    options.seedFile = parser.value(QStringLiteral("seed-file"));
    options.lookupFile = parser.value(QStringLiteral("lookup"));
    options.verbose = parser.isSet(QStringLiteral("verbose"));
    options.timing = parser.isSet(QStringLiteral("timing"));
    options.sync = !parser.isSet(QStringLiteral("no-sync"));
    options.yes = parser.isSet(QStringLiteral("yes"));
    options.readFromMedium = parser.isSet(QStringLiteral("read-from-medium"));
    options.variables = variablesIn(parser.values(QStringLiteral("set")), checks);
    if (parser.isSet(QStringLiteral("profile"))) {
        const auto profile = deid::profileFrom(parser.value(QStringLiteral("profile")));
        checks.need(profile.ok(),
                    profile ? QString() : QStringLiteral("--profile: %1").arg(profile.error().message()));
        options.profile = profile ? *profile : deid::Profile();
    }
    readPatients(parser, options, checks);
    if (parser.isSet(QStringLiteral("threads")))
        options.threads = threadsIn(parser.value(QStringLiteral("threads")), checks);
    const QString dialect = parser.value(QStringLiteral("dialect"));
    const auto chosen = script::parseDialect(dialect.isEmpty() ? QStringLiteral("auto") : dialect);
    checks.need(chosen.has_value(),
                QStringLiteral("--dialect %1: it is one of auto, legacy, 4, 6").arg(dialect));
    options.dialect = chosen.value_or(script::Dialect::Auto);
    checkTarget(parser, options, checks);
    return options;
}

CommandOptions commandOptions(const QCommandLineParser& parser, Checks& checks)
{
    if (parser.isSet(QStringLiteral("recover")))
        return recoverOptions(parser, checks);
    if (parser.isSet(QStringLiteral("restore")))
        return restoreOptions(parser, checks);
    return remapOptions(parser, checks);
}

} // namespace

std::optional<CommandOptions> readOptions(const QCoreApplication& application)
{
    QCommandLineParser parser;
    addOptions(parser);
    parser.process(application);
    Checks checks;
    const CommandOptions options = commandOptions(parser, checks);
    checkFolderNames(parser.positionalArguments() + parser.values(QStringLiteral("output"))
                         + parser.values(QStringLiteral("keep-originals"))
                         + parser.values(QStringLiteral("recover"))
                         + parser.values(QStringLiteral("restore")),
                     checks);
    return checks.good() ? std::optional(options) : std::nullopt;
}
