#include "ui/scripts/variables_dialog.h"

#include "ui/widgets/parts.h"
#include "ui/widgets/screen_fit.h"

#include <QDialogButtonBox>
#include <QFormLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QScrollArea>
#include <QTimer>
#include <QVBoxLayout>
#include <algorithm>

namespace ui {

namespace {

QString sameForAll()
{
    return VariablesDialog::tr("The same for all files.");
}

bool isAsked(const script::VariableInfo& variable)
{
    return !variable.hidden && (variable.used || variable.hasInitial);
}

} // namespace

VariablesDialog::VariablesDialog(edit::Session& session, edit::ScriptRun run, catalog::InstanceIds instances,
                                 Purpose purpose, QWidget* parent)
    : QDialog(parent)
    , m_session(session)
    , m_run(std::move(run))
    , m_instances(std::move(instances))
    , m_timer(new QTimer(this))
    , m_obstacle(makeText())
{
    setWindowTitle(tr("Set Script Variables"));
    auto* box = new QDialogButtonBox(QDialogButtonBox::Cancel);
    m_apply =
        box->addButton(purpose == Purpose::Try ? tr("&Try") : tr("&Apply"), QDialogButtonBox::AcceptRole);
    auto* layout = new QVBoxLayout(this);
    layout->addWidget(makeText(introduction(purpose)));
    layout->addWidget(makeRows(), 1);
    layout->addWidget(m_obstacle);
    layout->addWidget(box);
    m_apply->setDefault(true);
    connect(box, &QDialogButtonBox::accepted, this, &QDialog::accept);
    connect(box, &QDialogButtonBox::rejected, this, &QDialog::reject);
    m_timer->setSingleShot(true);
    m_timer->setInterval(100);
    connect(m_timer, &QTimer::timeout, this, &VariablesDialog::startWork);
    const int rowHeight = fontMetrics().height() * 4;
    resizeWithinScreen(this,
                       {fontMetrics().averageCharWidth() * 95,
                        rowHeight * (3 + std::min(static_cast<int>(m_rows.size()), 8))});
    if (!m_rows.empty())
        m_rows.front().field->setFocus();
    startWork();
    updateApply();
}

VariablesDialog::~VariablesDialog() = default;

QString VariablesDialog::introduction(Purpose purpose) const
{
    if (purpose == Purpose::Try)
        return tr("The script is tried on the selected image with these values; nothing is changed.");
    return tr("The script is applied to %1 with these values.").arg(filesText(m_instances.size()));
}

bool VariablesDialog::isNeeded(const script::Script& script)
{
    const auto variables = script.variables();
    return std::any_of(variables.begin(), variables.end(), isAsked);
}

QWidget* VariablesDialog::makeRows()
{
    const auto variables = m_run.script->variables();
    for (qsizetype i = 0; i < variables.size(); ++i)
        if (isAsked(variables[i]))
            makeRow(variables[i], i);
    auto* page = new QWidget;
    auto* form = new QFormLayout(page);
    form->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    for (const Row& row : m_rows) {
        auto* field = new QVBoxLayout;
        field->setSpacing(0);
        field->addWidget(row.field);
        field->addWidget(row.note);
        auto* label = new QLabel(row.variable.label + u':');
        label->setTextFormat(Qt::PlainText);
        label->setBuddy(row.field);
        form->addRow(label, field);
    }
    return scrollable(page);
}

void VariablesDialog::makeRow(const script::VariableInfo& variable, qsizetype index)
{
    Row row{variable, index, new QLineEdit, makeText()};
    row.field->setAccessibleName(variable.label);
    row.field->setToolTip(tr("The variable %1 of the script").arg(variable.name));
    QFont small = row.note->font();
    small.setPointSizeF(small.pointSizeF() * 0.9);
    row.note->setFont(small);
    row.note->setForegroundRole(QPalette::PlaceholderText);
    const size_t at = m_rows.size();
    auto* back = row.field->addAction(style()->standardIcon(QStyle::SP_DialogResetButton),
                                      QLineEdit::TrailingPosition);
    back->setToolTip(tr("As the script says"));
    back->setVisible(false);
    const auto given = m_run.variables.constFind(variable.name);
    if (given != m_run.variables.constEnd()) {
        row.typed = true;
        row.field->setText(*given);
        row.note->setText(sameForAll());
        back->setVisible(true);
    }
    connect(row.field, &QLineEdit::textEdited, this, [this, at, back] {
        back->setVisible(true);
        typed(at);
    });
    connect(back, &QAction::triggered, this, [this, at, back] {
        back->setVisible(false);
        restore(at);
    });
    m_rows.push_back(row);
}

void VariablesDialog::typed(size_t row)
{
    m_rows[row].typed = true;
    m_rows[row].note->setText(sameForAll());
    m_timer->start();
    updateApply();
}

void VariablesDialog::restore(size_t row)
{
    m_rows[row].typed = false;
    m_rows[row].field->clear();
    m_timer->start();
    updateApply();
}

script::VariableValues VariablesDialog::values() const
{
    script::VariableValues values;
    for (const Row& row : m_rows)
        if (row.typed)
            values.insert(row.variable.name, row.field->text());
    return values;
}

void VariablesDialog::startWork()
{
    m_session.run(m_lane, this,
                  [this, run = edit::ScriptRun(m_run.script, values(), m_run.lookup),
                   instances = m_session.instances(m_instances),
                   edits = m_session.edits()](const edit::Session::Work& work) {
                      const auto found = initialValues(run, instances, edits, work.evaluator, work.cancelled);
                      return [this, found] { showValues(found); };
                  });
}

void VariablesDialog::showValues(const QList<InitialValues>& values)
{
    for (const Row& row : m_rows) {
        if (row.typed)
            continue;
        const InitialValues& initial = values[row.index];
        row.field->setText(initial.text());
        row.field->setCursorPosition(0);
        showNote(row, initial);
    }
    updateApply();
}

void VariablesDialog::showNote(const Row& row, const InitialValues& values) const
{
    if (!values.failure.isEmpty())
        row.note->setText(values.failure);
    else if (!row.variable.hasInitial)
        row.note->setText(m_run.script->dialect() == script::Dialect::Six
                              ? tr("The script needs a value.")
                              : tr("No value: what the script sets from it becomes empty."));
    else if (row.variable.isSeeded)
        row.note->setText(tr("Made by chance, for all files; type your own where you need the same again."));
    else if (values.different.size() > 1)
        row.note->setText(tr("Different in the files; each keeps its own."));
    else
        row.note->setText(tr("From the files."));
}

void VariablesDialog::updateApply()
{
    QStringList missing;
    QStringList refusals;
    for (const Row& row : m_rows) {
        const QString refusal = row.typed ? script::refusalOf(row.variable, row.field->text()) : QString();
        if (!refusal.isEmpty())
            refusals << refusal;
        if (!row.typed && !row.variable.hasInitial && m_run.script->dialect() == script::Dialect::Six)
            missing << row.variable.label;
    }
    if (!missing.isEmpty())
        refusals << tr("Still needed: %1").arg(missing.join(QStringLiteral(", ")));
    m_obstacle->setText(refusals.join(u'\n'));
    m_apply->setEnabled(refusals.isEmpty());
}

} // namespace ui
