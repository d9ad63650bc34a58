#include "core/script/script.h"

#include "core/dicom/file_meta.h"

#include "core/script/detect.h"
#include "core/script/evaluator.h"
#include "core/script/parser.h"

#include <algorithm>

namespace script {

namespace {

struct DialectName {
    Dialect dialect;
    const char* name;
};

constexpr DialectName dialectNames[] = {
    {Dialect::Auto, "auto"}, {Dialect::Legacy, "legacy"}, {Dialect::Four, "4"}, {Dialect::Six, "6"}};

bool canChange(const Statement& statement)
{
    using Kind = Statement::Kind;
    if (statement.kind == Kind::If)
        return std::any_of(statement.branches.begin(), statement.branches.end(), [](const Branch& branch) {
            return std::any_of(branch.statements.begin(), branch.statements.end(), canChange);
        });
    if (statement.kind == Kind::Call)
        return QLatin1StringView(statement.value->function->name) != u"reject";
    return statement.kind != Kind::Echo && statement.kind != Kind::SetVariable;
}

void addCreators(const Path& path, QStringList& creators)
{
    for (const Path::Step& step : path.steps)
        if (step.byCreator && !creators.contains(step.creator))
            creators << step.creator;
}

/// Those of what it is to change; of a "?" those of its actions.
void addCreators(const Statement& statement, QStringList& creators)
{
    addCreators(statement.target, creators);
    if (statement.kind == Statement::Kind::Call)
        for (const ExpressionPtr& argument : statement.value->arguments)
            addCreators(argument->path, creators);
    for (const Branch& branch : statement.branches)
        for (const Statement& action : branch.statements)
            addCreators(action, creators);
}

/// The statement as written, on one line.
StatementInfo infoFor(const Statement& statement, const QString& source, int depth)
{
    static const QRegularExpression continuation(QStringLiteral(R"([ \t]*\\\r?\n[ \t]*)"));
    static const QRegularExpression newline(QStringLiteral(R"(\r?\n)"));
    QString text = source.mid(statement.begin, statement.end - statement.begin);
    text.replace(continuation, QStringLiteral(" ")).replace(newline, QStringLiteral("⏎"));
    QStringList creators;
    addCreators(statement, creators);
    return {statement.position.line, text, depth, canChange(statement), creators};
}

bool hasError(const QList<Problem>& problems)
{
    return std::any_of(problems.begin(), problems.end(),
                       [](const Problem& problem) { return problem.severity == Problem::Severity::Error; });
}

/// Both, in the order of the lines; of a line whose characters are wrong nothing else is told.
QList<Problem> merged(const QList<Problem>& ofCharacters, const QList<Problem>& ofStatements)
{
    QList<Problem> problems = ofCharacters;
    for (const Problem& problem : ofStatements)
        if (std::none_of(ofCharacters.cbegin(), ofCharacters.cend(),
                         [&](const Problem& other) { return other.line == problem.line; }))
            problems << problem;
    std::stable_sort(problems.begin(), problems.end(),
                     [](const Problem& a, const Problem& b) { return a.line < b.line; });
    return problems;
}

/// Half surrogate pairs become U+FFFD, which the lexer tells of: QRegularExpression matches nothing in their
/// presence.
QString wellFormed(QString text)
{
    for (qsizetype i = 0; i < text.size(); ++i) {
        const bool pair = text[i].isHighSurrogate() && i + 1 < text.size() && text[i + 1].isLowSurrogate();
        if (pair)
            ++i;
        else if (text[i].isSurrogate())
            text[i] = QChar::ReplacementCharacter;
    }
    return text;
}

struct Grammar {
    Dialect dialect;
    Tokens (*tokenize)(const QString& source);
    Parsed (*parse)(const QList<Token>& tokens);
};

constexpr Grammar grammars[] = {{Dialect::Legacy, tokenizeLegacy, parseLegacy},
                                {Dialect::Four, tokenizeFour, parseFour},
                                {Dialect::Six, tokenizeSix, parseSix}};

const Grammar& grammarOf(Dialect dialect)
{
    for (const Grammar& grammar : grammars)
        if (grammar.dialect == dialect)
            return grammar;
    return grammars[1];
}

/// Numbers the statements in the order of the source, those in blocks too.
void describeStatements(std::vector<Statement>& statements, const QString& source, int depth,
                        QList<StatementInfo>& infos)
{
    for (Statement& statement : statements) {
        const bool isBlock = statement.kind == Statement::Kind::If && !statement.isTernary;
        statement.index = static_cast<int>(infos.size());
        if (!isBlock)
            infos << infoFor(statement, source, depth);
        for (Branch& branch : statement.branches) {
            if (isBlock)
                describeStatements(branch.statements, source, depth + 1, infos);
            else
                for (Statement& action : branch.statements)
                    action.index = statement.index;
        }
    }
}

} // namespace

QString toString(Dialect dialect)
{
    for (const DialectName& row : dialectNames)
        if (row.dialect == dialect)
            return QString::fromLatin1(row.name);
    return {};
}

std::optional<Dialect> parseDialect(const QString& text)
{
    for (const DialectName& row : dialectNames)
        if (text == QLatin1StringView(row.name))
            return row.dialect;
    return std::nullopt;
}

QString Problem::toString() const
{
    QString text = QStringLiteral("line %1, column %2: %3").arg(line).arg(column).arg(message);
    return remedy.isEmpty() ? text : text + QStringLiteral(". ") + remedy;
}

Script::Script(QString source, Dialect dialect, QList<StatementInfo> statements,
               std::shared_ptr<const Program> program)
    : m_source(std::move(source))
    , m_dialect(dialect)
    , m_statements(std::move(statements))
    , m_program(std::move(program))
{
}

QList<VariableInfo> Script::variables() const
{
    QList<VariableInfo> infos;
    for (const Variable& variable : m_program->variables()) {
        if (variable.assigned)
            continue; // dialect 6: what is given from outside would be replaced
        const bool isSeeded = m_dialect == Dialect::Six && variable.exported == seededDaysField;
        infos << VariableInfo{variable.name,
                              variable.description.isEmpty() ? variable.name : variable.description,
                              variable.exported,
                              variable.hidden,
                              variable.initial != nullptr || isSeeded,
                              isSeeded,
                              variable.used};
    }
    return infos;
}

QStringList Script::variablesOfItsOwn() const
{
    QStringList names;
    for (const Variable& variable : m_program->variables())
        if (variable.assigned)
            names << variable.name;
    return names;
}

bool Script::usesLookup() const
{
    return m_program->usesLookup;
}

ParseResult parse(const QString& text, Dialect dialect)
{
    const QString source = text.isValidUtf16() ? text : wellFormed(text);
    ParseResult result;
    const Detection detection = dialect == Dialect::Auto ? detectDialect(source) : Detection{dialect, {}, {}};
    result.dialect = detection.dialect;
    const Grammar& grammar = grammarOf(detection.dialect);
    const Tokens tokens = grammar.tokenize(source);
    Parsed parsed = grammar.parse(tokens.tokens);
    result.problems = merged(tokens.problems, parsed.problems) + detection.problems;
    if (hasError(result.problems))
        return result;
    QList<StatementInfo> statements;
    describeStatements(parsed.program.statements, source, 0, statements);
    result.script = std::make_shared<const Script>(
        source, result.dialect, statements, std::make_shared<const Program>(std::move(parsed.program)));
    return result;
}

QStringList missingVariables(const Script& script, const VariableValues& given)
{
    const bool ignoreCase = script.dialect() == Dialect::Four;
    QStringList missing;
    for (const VariableInfo& variable : script.variables()) {
        const auto isGiven = std::any_of(given.keyBegin(), given.keyEnd(), [&](const QString& name) {
            return name.compare(variable.name, ignoreCase ? Qt::CaseInsensitive : Qt::CaseSensitive) == 0;
        });
        if (variable.used && !variable.hasInitial && !isGiven)
            missing << variable.name;
    }
    return missing;
}

QString refusalOf(const VariableInfo& variable, const QString& value)
{
    constexpr int most = 100 * 365;
    bool isNumber = false;
    const int days = value.trimmed().toInt(&isNumber);
    if (!variable.isSeeded || (isNumber && days != 0 && days >= -most && days <= most))
        return {};
    return QStringLiteral("%1 must be a whole number of days other than 0, of at most %2, such as -1000")
        .arg(variable.name)
        .arg(most);
}

Result<QString> initialValue(const Script& script, const QString& variable, const dicom::DataSet& object,
                             const RunContext& context)
{
    if (script.dialect() == Dialect::Six)
        return withSeededVariables(script, context).value(variable);
    const auto value = initialFirstWins(script, variable, object, context);
    return value ? Result<QString>(value->value_or(QString())) : value.error();
}

Result<RunResult> run(const Script& script, const dicom::DataSet& original, const RunContext& context)
{
    return script.dialect() == Dialect::Six ? runSequential(script, original, context)
                                            : runFirstWins(script, original, context);
}

/// For the engines a file is one list of elements, as it stands in the file.
Result<RunResult> run(const Script& script, const dicom::DataSet& meta, const dicom::DataSet& original,
                      const RunContext& context)
{
    dicom::DataSet whole = meta;
    QList<dicom::ElementPtr> stray; // of groups 0000 and 0002, in the data set where they do not belong
    for (const dicom::ElementPtr& element : original)
        if (dicom::isStray(element->tag()))
            stray << element;
        else
            whole.set(element);
    auto result = run(script, whole, context);
    if (!result)
        return result;
    RunResult split = std::move(result).value();
    dicom::DataSet dataSet;
    for (const dicom::ElementPtr& element : std::as_const(stray))
        dataSet.set(element);
    dicom::DataSet after;
    for (const dicom::ElementPtr& element : split.dataSet)
        (element->tag().isFileMeta() ? after : dataSet).set(element);
    split.dataSet = std::move(dataSet);
    split.meta = std::move(after);
    return split;
}

} // namespace script
