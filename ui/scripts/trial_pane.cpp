#include "ui/scripts/trial_pane.h"

#include "core/job/scripts.h"
#include "ui/saving/save_review.h"
#include "ui/scripts/variables_dialog.h"
#include "ui/widgets/parts.h"

#include <QLabel>
#include <QPushButton>
#include <QTreeView>
#include <QVBoxLayout>
#include <algorithm>

namespace ui {

namespace {

constexpr int widest = 16; ///< characters of a column: before and after must both be seen
constexpr int filesColumn = 3; ///< of makeChangeModel()

/// How many of the edits are of the image.
qsizetype editsOf(const edit::EditList& edits, catalog::InstanceId instance)
{
    return std::count_if(edits.begin(), edits.end(), [&](const edit::EditPtr& edit) {
        return std::binary_search(edit->instances.begin(), edit->instances.end(), instance);
    });
}

QString basisText(qsizetype edits)
{
    return edits == 0 ? TrialPane::tr("Tried on the selected image as it is in its file.")
        : edits == 1  ? TrialPane::tr("Tried on the selected image as edited so far: 1 edit.")
                      : TrialPane::tr("Tried on the selected image as edited so far: %1 edits.").arg(edits);
}

} // namespace

TrialPane::TrialPane(edit::Session& session, QWidget* parent)
    : QWidget(parent)
    , m_session(session)
    , m_changes(makeChangeModel(this))
    , m_note(makeText())
    , m_setValues(new QPushButton(tr("Set &Values…")))
    , m_view(makeTable(m_changes, tr("What it does")))
{
    m_view->hideColumn(filesColumn); // it is one file
    m_setValues->setToolTip(tr("Give the script's variables values to try it with"));
    m_setValues->hide();
    auto* layout = new QVBoxLayout(this);
    layout->addWidget(m_note);
    layout->addWidget(m_setValues, 0, Qt::AlignLeft);
    layout->addWidget(m_view, 1);
    connect(m_setValues, &QPushButton::clicked, this, &TrialPane::askForValues);
    connect(&m_session, &edit::Session::changed, this, [this](const edit::SessionEvent& event) {
        using Kind = edit::SessionEvent::Kind;
        if (event.kind == Kind::Edited || event.kind == Kind::Reloaded || event.kind == Kind::Closed)
            start(); // what is tried on is another object now
    });
}

TrialPane::~TrialPane() = default;

void TrialPane::setInstance(catalog::InstanceId instance)
{
    if (m_instance == instance)
        return;
    m_instance = instance;
    start();
}

void TrialPane::setScript(const script::ParseResult& parsed,
                          std::shared_ptr<const script::LookupTable> lookup)
{
    m_script = parsed.script;
    m_isWrong = !parsed.script && !parsed.problems.isEmpty();
    m_lookup = std::move(lookup);
    start();
}

/// Why the script cannot be tried; empty when it can.
QString TrialPane::obstacle() const
{
    if (m_session.instances({m_instance}).isEmpty())
        return tr("Select an image in the main window to see what the script does.");
    if (m_isWrong)
        return tr("The script has an error, so nothing of it can be tried.");
    if (!m_script)
        return tr("Nothing to try yet.");
    const job::ScriptNeeds needs = job::needsOf(*m_script, m_values, m_lookup != nullptr);
    if (needs.lookup)
        return tr("Choose the lookup table to see what the script does.");
    if (!needs.isReady())
        return tr("Give values to see what the script does: %1").arg(needs.values.join(QStringLiteral(", ")));
    return {};
}

void TrialPane::start()
{
    m_lane.cancel();
    const auto instances = m_session.instances({m_instance});
    m_setValues->setVisible(m_script && !instances.isEmpty() && VariablesDialog::isNeeded(*m_script));
    const QString reason = obstacle();
    if (!reason.isEmpty()) {
        m_changes->setRecords({});
        m_note->setText(reason);
        return;
    }
    m_session.run(m_lane, this,
                  [this, run = edit::ScriptRun(m_script, m_values, m_lookup),
                   instance = instances.constFirst(), edits = m_session.edits(),
                   count = editsOf(m_session.edits(), m_instance)](const edit::Session::Work& work) {
                      const OneTrial trial = tryScript(run, instance, edits, work.evaluator, work.cancelled);
                      return [this, trial, count] { show(trial, count); };
                  });
}

void TrialPane::show(const OneTrial& trial, qsizetype edits)
{
    m_changes->setRecords(trial.changes);
    fitColumns(m_view, widest);
    QStringList lines{basisText(edits)};
    lines << (!trial.failure.isEmpty()      ? trial.failure
                  : trial.changes.isEmpty() ? tr("It changes nothing in it.")
                                            : tr("It changes:"));
    for (const QString& message : trial.messages)
        lines << tr("It says: %1").arg(message);
    m_note->setText(lines.join(u'\n'));
}

void TrialPane::askForValues()
{
    VariablesDialog dialog(m_session, edit::ScriptRun(m_script, m_values, m_lookup), {m_instance},
                           VariablesDialog::Purpose::Try, this);
    if (dialog.exec() != QDialog::Accepted)
        return;
    m_values = dialog.values();
    start();
}

} // namespace ui
