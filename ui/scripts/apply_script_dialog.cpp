#include "ui/scripts/apply_script_dialog.h"

#include "core/job/scripts.h"
#include "ui/scripts/script_details.h"
#include "ui/scripts/script_list.h"
#include "ui/scripts/script_options.h"
#include "ui/scripts/script_problems.h"
#include "ui/scripts/variables_dialog.h"
#include "ui/widgets/parts.h"
#include "ui/widgets/questions.h"
#include "ui/widgets/screen_fit.h"

#include <QDialogButtonBox>
#include <QLabel>
#include <QPushButton>
#include <QSplitter>
#include <QTimer>
#include <QVBoxLayout>

namespace ui {

ApplyScriptDialog::ApplyScriptDialog(edit::Session& session, catalog::InstanceIds selected,
                                     Questions& questions, QWidget* parent)
    : QDialog(parent)
    , m_session(session)
    , m_questions(questions)
    , m_selected(std::move(selected))
    , m_all(session.allIds())
    , m_timer(new QTimer(this))
    , m_scripts(new ScriptList(questions))
    , m_title(makeHeading())
    , m_summary(makeText())
    , m_options(new ScriptOptions(questions))
    , m_details(new ScriptDetails)
{
    setWindowTitle(tr("Apply Script"));
    auto* splitter = new QSplitter(Qt::Horizontal);
    splitter->setChildrenCollapsible(false);
    splitter->addWidget(m_scripts);
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

    connectParts();
    m_scripts->showBundled();
    m_scripts->setFocus();
    showSummary();
}

QWidget* ApplyScriptDialog::makeScriptPage()
{
    auto* page = new QWidget;
    auto* layout = new QVBoxLayout(page);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_title);
    layout->addWidget(m_summary);
    layout->addWidget(m_options);
    layout->addWidget(m_details, 1);
    return page;
}

void ApplyScriptDialog::connectParts()
{
    connect(m_scripts, &ScriptList::chosen, this, &ApplyScriptDialog::load);
    connect(m_scripts, &ScriptList::editingWanted, this, [this] {
        m_wantedInEditor = current();
        reject();
    });
    connect(m_options, &ScriptOptions::dialectChosen, this, &ApplyScriptDialog::parse);
    connect(m_options, &ScriptOptions::lookupChosen, this, [this] {
        startCount();
        showSummary();
    });
}

QWidget* ApplyScriptDialog::makeButtons()
{
    auto* row = new QWidget;
    m_obstacle = makeText();
    auto* box = new QDialogButtonBox(QDialogButtonBox::Cancel);
    m_applySelected = box->addButton(tr("&Selected Files (%1)").arg(numberText(m_selected.size())),
                                     QDialogButtonBox::ActionRole);
    m_applyAll =
        box->addButton(tr("&All Files (%1)").arg(numberText(m_all.size())), QDialogButtonBox::ActionRole);
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
    m_scripts->showFile(path);
}

void ApplyScriptDialog::showDraft(const ScriptDraft& draft)
{
    m_scripts->showDraft(draft);
}

/// The script that is shown, with what was chosen for it.
ScriptDraft ApplyScriptDialog::current() const
{
    ScriptDraft draft = m_scripts->current();
    draft.dialect = m_options->dialect();
    draft.lookupPath = m_options->lookupPath();
    return draft;
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
    m_options->showParsed(m_parsed);
    m_details->showParsed(m_text, m_parsed);
    startCount();
    showSummary();
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
    m_details->clearCounts(uncounted);
    if (!uncounted.isEmpty())
        return;
    m_count = std::make_shared<ScriptCount>(m_details->statementCount());
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
                          m_details->showTrial(trial);
                          if (const auto pending = std::exchange(m_pending, {}); pending && agreesTo(trial))
                              finish(*pending);
                          else
                              showSummary();
                      };
                  });
}

void ApplyScriptDialog::showCounts()
{
    if (m_count)
        m_details->showCounts(*m_count);
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
    return m_questions.ask(this,
                           {Questions::Kind::Warning,
                            tr("Apply Script"),
                            tr("The script was tried with these values, and there is something to look at."),
                            firstFindings(trial, 3).join(u'\n'),
                            {tr("Apply Anyway"), tr("Look at It First")},
                            1})
        == 0;
}

void ApplyScriptDialog::finish(bool allFiles)
{
    edit::ScriptRun run(m_parsed.script, m_values, m_options->lookup());
    run.name = m_name;
    edit::Edit made{tr("Apply Script %1").arg(m_name), allFiles ? m_all : m_selected, std::move(run),
                    allFiles || m_selected == m_all};
    m_edit = std::make_shared<const edit::Edit>(std::move(made));
    accept();
}

} // namespace ui
