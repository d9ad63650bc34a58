#pragma once

#include "core/base/result.h"
#include "core/dicom/data_set.h"

#include <QHash>
#include <QList>
#include <QMap>
#include <QString>
#include <QStringList>
#include <memory>

namespace script {

/// The languages that scripts are written in (docs/architecture.md).
enum class Dialect {
    Auto, ///< to be detected
    Legacy, ///< DicomBrowser 1.0 - 1.4
    Four, ///< DicomEdit 2 - 4
    Six, ///< DicomEdit 6
};

/// "auto", "legacy", "4", "6", as on the command line.
QString toString(Dialect dialect);
std::optional<Dialect> parseDialect(const QString& text);

/// Something wrong or doubtful in a script, with its place in the source.
struct Problem {
    enum class Severity { Error, Warning, Note };
    Severity severity = Severity::Error;
    int line = 1; ///< from 1
    int column = 1; ///< from 1, in characters
    int length = 0; ///< characters of the offending text
    QString message; ///< what is wrong and what was expected
    QString remedy; ///< what to write instead; may be empty

    /// "line 3, column 7: message. remedy"
    QString toString() const;
    friend bool operator==(const Problem&, const Problem&) = default;
};

/// One statement, for display.
struct StatementInfo {
    int line = 1;
    QString text; ///< as written, comments and continuation removed
    int depth = 0; ///< how many blocks of "if" it stands in
    bool canChange = true; ///< it is meant to change attributes: no echo, no variable
    QStringList creators = {}; ///< by which it names private attributes that it is to change
};

/// A variable that a script uses or declares, for whoever asks for its value.
struct VariableInfo {
    QString name;
    QString label; ///< its description, or its name
    QString exported; ///< the field of a host that it is meant for; may be empty
    bool hidden = false; ///< not to be asked for
    bool hasInitial = false; ///< there is a value when nobody gives it one: of the script, or from the seed
    bool isSeeded = false; ///< from the seed: a number of days that nobody knows without it (seededDays)
    bool used = false;
};

/// Values given from outside, by name.
using VariableValues = QMap<QString, QString>;

/// Values for lookup[type, key], by "type/key".
using LookupTable = QHash<QString, QString>;

class Program; ///< the compiled statements; known to the evaluator only

/// A parsed script without errors: immutable, shared between threads.
class Script {
public:
    Script(QString source, Dialect dialect, QList<StatementInfo> statements,
           std::shared_ptr<const Program> program);
    /// Those that can be given a value, each behind those it depends on.
    QList<VariableInfo> variables() const;
    /// Those of dialect 6 that the script itself sets, so that a value from outside is not used.
    QStringList variablesOfItsOwn() const;
    bool usesLookup() const;
    const QString& source() const { return m_source; }
    Dialect dialect() const { return m_dialect; }
    const QList<StatementInfo>& statements() const { return m_statements; }
    const Program& program() const { return *m_program; }

private:
    QString m_source;
    Dialect m_dialect;
    QList<StatementInfo> m_statements;
    std::shared_ptr<const Program> m_program;
};
using ScriptPtr = std::shared_ptr<const Script>;

struct ParseResult {
    ScriptPtr script; ///< null when there is an error among the problems
    Dialect dialect = Dialect::Auto; ///< the dialect that was detected or asked for
    QList<Problem> problems;
};

/// Parses the whole script; any error means that there is no script.
ParseResult parse(const QString& source, Dialect dialect = Dialect::Auto);

/// Reads a script file (UTF-8, a byte order mark is skipped). Fails with Unreadable, also when it is larger
/// than 16 MiB, which no script is.
Result<QString> readSource(const QString& path);

/// Reads a lookup table: lines "type/key = value", // begins a comment. Fails, naming the line, also when a
/// key stands twice with different values or a character could not be read as UTF-8.
Result<LookupTable> parseLookupTable(const QString& text);
/// The same from a file (UTF-8) of up to 64 MiB. Fails with Unreadable too.
Result<LookupTable> readLookupTable(const QString& path);

/// What a run needs besides the object: everything random is a pure function of it.
struct RunContext {
    QByteArray seed;
    VariableValues variables = {};
    std::shared_ptr<const LookupTable> lookup = {};
};

/// The field to which dialect 6 exports a variable that is a number of days from the seed when nobody gives
/// it a value: `export days "shiftDays"`.
inline constexpr char16_t seededDaysField[] = u"shiftDays";

/// The names of variables that the script uses and that have no value: neither given nor initial. In dialect
/// 4 they are empty, in dialect 6 the run fails.
QStringList missingVariables(const Script& script, const VariableValues& given);

/// Why a value cannot be given to a variable, as a sentence without a full stop; empty when it can. A number
/// of days (VariableInfo::isSeeded) is a whole number other than 0: dates that are not moved would count as
/// moved.
QString refusalOf(const VariableInfo& variable, const QString& value);

/// What a variable is for an object when nobody gives it a value but those in the context; empty text for
/// null. Fails like run().
Result<QString> initialValue(const Script& script, const QString& variable, const dicom::DataSet& object,
                             const RunContext& context);

struct RunResult {
    dicom::DataSet dataSet; ///< the object after the script
    dicom::DataSet meta = {}; ///< its file meta information
    QList<int> applied; ///< statements (index into statements()) that changed an attribute of this object
    QStringList messages; ///< echo output, in script order
    /// What else there is to look at, such as a lookup that found nothing: without any value, so that the
    /// same is said of every file that it is true of.
    QStringList remarks;
};

/// Applies the script to an object and its file meta information, which dialect 6 reaches by tag, pattern and
/// "*", dialect 4 by tag. All or nothing: fails with Error::Kind::Script naming line and statement, the
/// object is untouched then. Thread-safe.
Result<RunResult> run(const Script& script, const dicom::DataSet& meta, const dicom::DataSet& original,
                      const RunContext& context);
/// Of an object without file meta information.
Result<RunResult> run(const Script& script, const dicom::DataSet& original, const RunContext& context);

} // namespace script
