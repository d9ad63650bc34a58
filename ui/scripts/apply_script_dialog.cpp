#include "ui/scripts/apply_script_dialog.h"
#include "ui/widgets/screen_fit.h"

#include "core/job/scripts.h"
#include "ui/scripts/script_options.h"
#include "ui/scripts/script_problems.h"
#include "ui/scripts/source_view.h"
#include "ui/scripts/statement_targets.h"
#include "ui/scripts/variables_dialog.h"
#include "ui/widgets/parts.h"
#include "ui/widgets/questions.h"

#include <QDialogButtonBox>
#include <QDir>
#include <QFileInfo>
#include <QItemSelectionModel>
#include <QLabel>
#include <QListWidget>
#include <QLocale>
#include <QPushButton>
#include <QSplitter>
#include <QTimer>
#include <QTreeView>
#include <QVBoxLayout>
#include <algorithm>

namespace ui {

namespace {

QString numberText(int number)
{
    return QLocale().toString(number);
}

int errorCount(const QList<script::Problem>& problems)
{
    return static_cast<int>(std::count_if(problems.begin(), problems.end(), [](const auto& problem) {
        return problem.severity == script::Problem::Severity::Error;
    }));
}

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
        {{ApplyScriptDialog::tr("Line"), [](const Row& row) { return QString::number(row.statement.line); }},
         numberColumn(ApplyScriptDialog::tr("All files"), &Row::all),
         numberColumn(ApplyScriptDialog::tr("Selected"), &Row::selected),
         {ApplyScriptDialog::tr("Attribute"), [](const Row& row) { return row.attribute; }},
         {ApplyScriptDialog::tr("Statement"), [](const Row& row) { return row.statement.text; }}},
        parent);
}

} // namespace

ApplyScriptDialog::ApplyScriptDialog(edit::Session& session, catalog::InstanceIds selected,
                                     Questions& questions, QWidget* parent)
    : QDialog(parent)
    , m_session(session)
    , m_questions(questions)
    , m_selected(std::move(selected))
    , m_all(session.allIds())
    , m_statements(makeStatementModel(this))
    , m_problems(makeProblemModel(this))
    , m_timer(new QTimer(this))
{
    setWindowTitle(tr("Apply Script"));
    auto* splitter = new QSplitter(Qt::Horizontal);
    splitter->setChildrenCollapsible(false);
    splitter->addWidget(makeScriptList());
    splitter->addWidget(makeScriptPage());
    splitter->setStretchFactor(1, 1);
    auto* layout = new QVBoxLayout(this);
    layout->addWidget(splitter, 1);
    layout->addWidget(makeButtons());
    m_applyAll->setDefault(true); // only a button that is in the dialog already can be its default
    m_timer->setInterval(100);
    connect(m_timer, &QTimer::timeout, this, &ApplyScriptDialog::showCounts);
    resizeWithinScreen(this, {fontMetrics().averageCharWidth() * 125, fontMetrics().height() * 34});
    splitter->setSizes({fontMetrics().averageCharWidth() * 28, fontMetrics().averageCharWidth() * 97});

    for (const QString& name : job::bundledScripts())
        showScript(QStringLiteral(":/schemes/%1.das").arg(name));
    m_scripts->setCurrentRow(0);
    m_scripts->setFocus();
    showSummary();
}

ApplyScriptDialog::~ApplyScriptDialog() = default;

QWidget* ApplyScriptDialog::makeScriptList()
{
    auto* page = new QWidget;
    auto* label = new QLabel(tr("Sc&ripts:"));
    m_scripts = new QListWidget;
    m_scripts->setAccessibleName(tr("Scripts"));
    label->setBuddy(m_scripts);
    auto* browseButton = new QPushButton(tr("&Browse…"));
    browseButton->setAutoDefault(false);
    browseButton->setToolTip(tr("Choose a script file (.das)"));
    auto* editButton = new QPushButton(tr("&Edit…"));
    editButton->setAutoDefault(false);
    editButton->setToolTip(tr("Open the script in the script editor instead of applying it"));
    auto* layout = new QVBoxLayout(page);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(label);
    layout->addWidget(m_scripts, 1);
    layout->addWidget(browseButton);
    layout->addWidget(editButton);
    connect(browseButton, &QPushButton::clicked, this, &ApplyScriptDialog::browse);
    connect(editButton, &QPushButton::clicked, this, [this] {
        m_wantedInEditor = current();
        reject();
    });
    connect(m_scripts, &QListWidget::currentRowChanged, this, [this](int row) {
        if (row >= 0)
            load(m_drafts[row]);
    });
    return page;
}

QWidget* ApplyScriptDialog::makeScriptPage()
{
    m_title = makeHeading();
    m_summary = makeText();
    m_options = new ScriptOptions(m_questions);
    m_source = new SourceView;
    m_statementView = makeTable(m_statements, tr("Statements"));
    m_problemView = makeProblemTable(m_problems);
    auto* halves = new QSplitter(Qt::Vertical);
    halves->setChildrenCollapsible(false);
    halves->addWidget(m_source);
    halves->addWidget(m_statementView);
    halves->addWidget(m_problemView);
    halves->setStretchFactor(0, 3);
    halves->setStretchFactor(1, 3);
    halves->setStretchFactor(2, 2);
    auto* page = new QWidget;
    auto* layout = new QVBoxLayout(page);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_title);
    layout->addWidget(m_summary);
    layout->addWidget(m_options);
    layout->addWidget(halves, 1);
    connect(m_options, &ScriptOptions::dialectChosen, this, &ApplyScriptDialog::parse);
    connect(m_options, &ScriptOptions::lookupChosen, this, [this] {
        startCount();
        showSummary();
    });
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
    return page;
}

QWidget* ApplyScriptDialog::makeButtons()
{
    auto* row = new QWidget;
    m_obstacle = makeText();
    auto* box = new QDialogButtonBox(QDialogButtonBox::Cancel);
    m_applySelected =
        box->addButton(tr("&Selected Files (%1)").arg(numberText(static_cast<int>(m_selected.size()))),
                       QDialogButtonBox::ActionRole);
    m_applyAll = box->addButton(tr("&All Files (%1)").arg(numberText(static_cast<int>(m_all.size()))),
                                QDialogButtonBox::ActionRole);
    m_applySelected->setAutoDefault(false);
    m_applySelected->setToolTip(tr("Apply the script to the selected files; can be undone"));
    m_applyAll->setToolTip(tr("Apply the script to all files that are open; can be undone"));
    auto* layout = new QHBoxLayout(row);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_obstacle, 1);
    layout->addWidget(box);
    connect(m_applyAll, &QPushButton::clicked, this, [this] { apply(true); });
    connect(m_applySelected, &QPushButton::clicked, this, [this] { apply(false); });
    connect(box, &QDialogButtonBox::rejected, this, &QDialog::reject);
    return row;
}

void ApplyScriptDialog::showScript(const QString& path)
{
    for (int row = 0; row < m_scripts->count(); ++row)
        if (m_drafts[row].path == path) {
            m_scripts->setCurrentRow(row);
            load(m_drafts[row]); // it may have been changed since
            return;
        }
    showDraft({QFileInfo(path).fileName(), path, {}});
}

void ApplyScriptDialog::showDraft(const ScriptDraft& draft)
{
    auto* item = new QListWidgetItem(draft.name);
    item->setToolTip(draft.path.isEmpty()              ? tr("From the editor")
                         : draft.path.startsWith(u':') ? tr("Comes with the program")
                                                       : QDir::toNativeSeparators(draft.path));
    m_drafts << draft;
    m_scripts->addItem(item);
    m_scripts->setCurrentItem(item);
}

/// The script that is shown, with what was chosen for it.
ScriptDraft ApplyScriptDialog::current() const
{
    ScriptDraft draft = m_drafts.value(m_scripts->currentRow());
    draft.dialect = m_options->dialect();
    draft.lookupPath = m_options->lookupPath();
    return draft;
}

void ApplyScriptDialog::browse()
{
    const QString path = m_questions.openScript(this, {});
    if (!path.isEmpty())
        showScript(path);
}

void ApplyScriptDialog::load(const ScriptDraft& draft)
{
    m_name = draft.name;
    const auto source = draft.path.isEmpty() ? Result<QString>(draft.source) : script::readSource(draft.path);
    m_unreadable = source ? QString() : source.error().message();
    m_text = source ? *source : QString();
    m_values = draft.values;
    m_options->choose(draft.dialect);
    if (!draft.lookupPath.isEmpty())
        m_options->loadTable(draft.lookupPath);
    parse();
}

void ApplyScriptDialog::parse()
{
    m_parsed =
        m_unreadable.isEmpty() ? job::checkedScript(m_text, m_options->dialect()) : script::ParseResult();
    m_source->setSource(m_text, m_parsed.problems);
    m_options->showParsed(m_parsed);
    QList<ScriptStatementRow> rows;
    const QStringList targets = m_parsed.script ? statementTargets(*m_parsed.script) : QStringList();
    for (qsizetype i = 0; i < targets.size(); ++i)
        rows << ScriptStatementRow{m_parsed.script->statements()[i], targets[i]};
    m_statements->setRecords(rows);
    m_statementView->setVisible(m_parsed.script != nullptr);
    fitColumns(m_statementView);
    showProblems(m_parsed.problems);
    startCount();
    showSummary();
    const auto first =
        std::find_if(m_parsed.problems.cbegin(), m_parsed.problems.cend(),
                     [](const auto& problem) { return problem.severity != script::Problem::Severity::Note; });
    if (first != m_parsed.problems.cend())
        m_source->goTo(first->line, first->column, first->length);
}

void ApplyScriptDialog::showProblems(const QList<script::Problem>& problems)
{
    m_problems->setRecords(sorted(problems));
    m_problemView->setVisible(!problems.isEmpty());
    fitColumns(m_problemView);
}

void ApplyScriptDialog::startCount()
{
    m_lane.cancel();
    m_timer->stop();
    m_count.reset();
    m_pending.reset();
    m_counted = false;
    if (!m_parsed.script)
        return;
    const QString uncounted = whyUncounted();
    m_statements->update([&uncounted](QList<ScriptStatementRow>& rows) {
        for (ScriptStatementRow& row : rows)
            row = {row.statement, row.attribute, 0, 0, uncounted};
    });
    if (!uncounted.isEmpty())
        return;
    m_count = std::make_shared<ScriptCount>(m_statements->records().size());
    m_timer->start();
    m_session.run(m_lane, this,
                  [this, run = edit::ScriptRun(m_parsed.script, m_values, m_options->lookup()),
                   count = m_count, instances = m_session.instances(m_all),
                   selected = QSet<catalog::InstanceId>(m_selected.begin(), m_selected.end()),
                   edits = m_session.edits()](const edit::Session::Work& work) {
                      const auto trial = countStatements(run, instances, selected, edits, work.evaluator,
                                                         work.cancelled, *count);
                      return [this, trial] {
                          m_timer->stop();
                          m_counted = true;
                          showCounts();
                          showTrial(trial);
                          if (const auto pending = std::exchange(m_pending, {}); pending && agreesTo(trial))
                              finish(*pending);
                          else
                              showSummary();
                      };
                  });
}

void ApplyScriptDialog::showCounts()
{
    if (!m_count)
        return;
    m_statements->update([this](QList<ScriptStatementRow>& rows) {
        for (qsizetype i = 0; i < rows.size(); ++i) {
            rows[i].all = m_count->all[static_cast<size_t>(i)];
            rows[i].selected = m_count->selected[static_cast<size_t>(i)];
        }
    });
    showSummary();
}

/// Files in which the script fails would be left as they are and could not be saved.
void ApplyScriptDialog::showTrial(const ScriptTrial& trial)
{
    constexpr int mostMessages = 100;
    QList<script::Problem> problems = m_parsed.problems;
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
    showSummary();
}

/// Why the script cannot be tried yet: in dialect 6 its variables need values. Empty when it can.
QString ApplyScriptDialog::whyUncounted() const
{
    const job::ScriptNeeds needs = job::needsOf(*m_parsed.script, m_values, m_options->lookup() != nullptr);
    if (needs.lookup)
        return tr("Not counted yet: the script needs its lookup table.");
    if (needs.isReady())
        return {};
    return tr("Not counted: the script needs values, which are asked for before it is applied (%1).")
        .arg(needs.values.join(QStringLiteral(", ")));
}

QString ApplyScriptDialog::obstacle() const
{
    if (m_name.isEmpty())
        return tr("Choose a script.");
    if (!m_unreadable.isEmpty())
        return m_unreadable;
    const int errors = errorCount(m_parsed.problems);
    if (errors > 0 || !m_parsed.script)
        return errors == 1 ? tr("The script has an error, so nothing of it can be applied.")
                           : tr("The script has %1 errors, so nothing of it can be applied.").arg(errors);
    if (m_all.isEmpty())
        return tr("No files are open.");
    if (job::needsOf(*m_parsed.script, m_values, m_options->lookup() != nullptr).lookup)
        return tr("Choose the table that the script looks values up in.");
    return {};
}

void ApplyScriptDialog::showSummary()
{
    m_title->setText(m_name.isEmpty() ? tr("No script chosen") : m_name);
    QStringList facts;
    if (m_parsed.script) {
        const auto statements = m_parsed.script->statements().size();
        facts << (statements == 1 ? tr("1 statement") : tr("%1 statements").arg(statements));
    }
    if (m_parsed.script && VariablesDialog::isNeeded(*m_parsed.script))
        facts << tr("asks for values");
    if (m_count && !m_counted)
        facts << tr("counting, %1 of %2…").arg(numberText(m_count->done), filesText(m_all.size()));
    else if (m_count)
        facts << (m_session.edits().isEmpty() ? tr("tried on %1") : tr("tried on %1 as edited so far"))
                     .arg(filesText(m_all.size()));
    else if (m_parsed.script)
        facts << whyUncounted();
    m_summary->setText(facts.join(QStringLiteral(" · ")));
    const QString reason = obstacle();
    m_obstacle->setText(reason);
    const bool isReady = reason.isEmpty() && !m_pending;
    m_applyAll->setEnabled(isReady);
    m_applySelected->setEnabled(isReady && !m_selected.isEmpty());
}

std::optional<script::VariableValues>
ApplyScriptDialog::askForVariables(const catalog::InstanceIds& instances)
{
    if (!VariablesDialog::isNeeded(*m_parsed.script))
        return script::VariableValues();
    VariablesDialog dialog(m_session, edit::ScriptRun(m_parsed.script, m_values, m_options->lookup()),
                           instances, VariablesDialog::Purpose::Apply, this);
    return dialog.exec() == Accepted ? std::optional(dialog.values()) : std::nullopt;
}

/// With the values that are asked for, and only after it was tried with them: nobody could be warned before.
void ApplyScriptDialog::apply(bool allFiles)
{
    const auto variables = askForVariables(allFiles ? m_all : m_selected);
    if (!variables)
        return;
    if (*variables != m_values) {
        m_values = *variables;
        startCount();
    }
    if (!m_count || m_counted) {
        finish(allFiles);
        return;
    }
    m_pending = allFiles;
    showSummary();
}

/// What it would fail in or say is shown once more where nobody could have seen it before.
bool ApplyScriptDialog::agreesTo(const ScriptTrial& trial)
{
    if (trial.failures.isEmpty() && trial.messages.isEmpty() && trial.remarks.isEmpty())
        return true;
    constexpr int shown = 3;
    QStringList lines;
    if (!trial.failures.isEmpty())
        lines
            << tr("It fails in %1: %2").arg(filesText(trial.failures.size()), trial.failures.first().reason);
    for (const auto* all : {&trial.remarks, &trial.messages})
        for (auto said = all->begin(); said != all->end() && lines.size() < shown; ++said)
            lines << tr("%1: %2").arg(filesText(said.value()), said.key());
    return m_questions.ask(this,
                           {Questions::Kind::Warning,
                            tr("Apply Script"),
                            tr("The script was tried with these values, and there is something to look at."),
                            lines.join(u'\n'),
                            {tr("Apply Anyway"), tr("Look at It First")},
                            1})
        == 0;
}

void ApplyScriptDialog::finish(bool allFiles)
{
    edit::Edit made;
    made.description = tr("Apply Script %1").arg(m_name);
    made.instances = allFiles ? m_all : m_selected;
    made.operation = edit::ScriptRun(m_parsed.script, m_values, m_options->lookup());
    made.allFiles = allFiles || m_selected == m_all;
    m_edit = std::make_shared<const edit::Edit>(std::move(made));
    accept();
}

} // namespace ui
