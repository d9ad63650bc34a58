#include "ui/scripts/script_details.h"

#include "ui/scripts/script_problems.h"
#include "ui/scripts/source_view.h"
#include "ui/scripts/statement_targets.h"
#include "ui/widgets/parts.h"

#include <QItemSelectionModel>
#include <QTreeView>
#include <algorithm>

namespace ui {

namespace {

/// A column of numbers, which are not known as long as the script cannot be tried.
RecordModel<ScriptStatementRow>::Column numberColumn(const QString& title, int ScriptStatementRow::*number)
{
    using Row = ScriptStatementRow;
    return {title,
            [number](const Row& row) {
                return row.uncounted.isEmpty() ? numberText(row.*number) : QStringLiteral("?");
            },
            [number](const Row& row) {
                return row.uncounted.isEmpty() ? numberText(row.*number) : row.uncounted;
            }};
}

RecordModel<ScriptStatementRow>* makeStatementModel(QObject* parent)
{
    using Row = ScriptStatementRow;
    return new RecordModel<Row>(
        {{ScriptDetails::tr("Line"), [](const Row& row) { return QString::number(row.statement.line); }},
         numberColumn(ScriptDetails::tr("All files"), &Row::all),
         numberColumn(ScriptDetails::tr("Selected"), &Row::selected),
         {ScriptDetails::tr("Attribute"), [](const Row& row) { return row.attribute; }},
         {ScriptDetails::tr("Statement"), [](const Row& row) { return row.statement.text; }}},
        parent);
}

} // namespace

ScriptDetails::ScriptDetails(QWidget* parent)
    : QSplitter(Qt::Vertical, parent)
    , m_statements(makeStatementModel(this))
    , m_problems(makeProblemModel(this))
    , m_source(new SourceView)
    , m_statementView(makeTable(m_statements, tr("Statements")))
    , m_problemView(makeProblemTable(m_problems))
{
    setChildrenCollapsible(false);
    addWidget(m_source);
    addWidget(m_statementView);
    addWidget(m_problemView);
    setStretchFactor(0, 3);
    setStretchFactor(1, 3);
    setStretchFactor(2, 2);
    connect(m_statementView->selectionModel(), &QItemSelectionModel::currentRowChanged, this,
            [this](const QModelIndex& current) {
                if (current.isValid())
                    m_source->goTo(m_statements->records()[current.row()].statement.line);
            });
    connect(m_problemView->selectionModel(), &QItemSelectionModel::currentRowChanged, this,
            [this](const QModelIndex& current) {
                if (!current.isValid())
                    return;
                const script::Problem& problem = m_problems->records()[current.row()];
                if (isPlaced(problem))
                    m_source->goTo(problem.line, problem.column, problem.length);
            });
}

void ScriptDetails::showParsed(const QString& text, const script::ParseResult& parsed)
{
    m_parsed = parsed.problems;
    m_source->setSource(text, parsed.problems);
    QList<ScriptStatementRow> rows;
    const QStringList targets = parsed.script ? statementTargets(*parsed.script) : QStringList();
    for (qsizetype i = 0; i < targets.size(); ++i)
        rows << ScriptStatementRow{parsed.script->statements()[i], targets[i]};
    m_statements->setRecords(rows);
    m_statementView->setVisible(parsed.script != nullptr);
    fitColumns(m_statementView);
    showProblems(m_parsed);
    const auto first = std::find_if(m_parsed.cbegin(), m_parsed.cend(), [](const auto& problem) {
        return problem.severity != script::Problem::Severity::Note;
    });
    if (first != m_parsed.cend())
        m_source->goTo(first->line, first->column, first->length);
}

void ScriptDetails::clearCounts(const QString& reason)
{
    m_statements->update([&reason](QList<ScriptStatementRow>& rows) {
        for (ScriptStatementRow& row : rows)
            row = {row.statement, row.attribute, 0, 0, reason};
    });
}

void ScriptDetails::showCounts(const ScriptCount& count)
{
    m_statements->update([&count](QList<ScriptStatementRow>& rows) {
        for (qsizetype i = 0; i < rows.size(); ++i) {
            rows[i].all = count.all[static_cast<size_t>(i)];
            rows[i].selected = count.selected[static_cast<size_t>(i)];
        }
    });
}

/// Files in which the script fails would be left as they are and could not be saved.
void ScriptDetails::showTrial(const ScriptTrial& trial)
{
    constexpr int mostMessages = 100;
    QList<script::Problem> problems = m_parsed;
    for (const Error& failure : trial.failures)
        problems << script::Problem{script::Problem::Severity::Warning, 0, 0, 0, failure.message(), {}};
    for (auto remark = trial.remarks.begin(); remark != trial.remarks.end(); ++remark)
        problems.prepend({script::Problem::Severity::Warning,
                          0,
                          0,
                          0,
                          tr("In %1: %2").arg(filesText(remark.value()), remark.key()),
                          {}});
    int told = 0;
    for (auto said = trial.messages.begin(); said != trial.messages.end() && told < mostMessages;
         ++said, ++told)
        problems << script::Problem{script::Problem::Severity::Note,
                                    0,
                                    0,
                                    0,
                                    tr("Message for %1: %2").arg(filesText(said.value()), said.key()),
                                    {}};
    showProblems(problems);
}

void ScriptDetails::showProblems(const QList<script::Problem>& problems)
{
    m_problems->setRecords(sorted(problems));
    m_problemView->setVisible(!problems.isEmpty());
    fitColumns(m_problemView);
}

} // namespace ui
