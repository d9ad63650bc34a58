#include "ui/window/editing.h"

#include "ui/attributes/value_rules.h"

#include <QCoreApplication>
#include <QTimer>
#include <QUndoCommand>
#include <QWidget>
#include <algorithm>

namespace ui {

namespace {

/// The one kind of undo command there is.
class EditCommand : public QUndoCommand {
public:
    EditCommand(edit::Session& session, edit::EditPtr edit, bool done)
        : QUndoCommand(edit->description)
        , m_session(session)
        , m_edit(std::move(edit))
        , m_done(done)
    {
    }
    void redo() override
    {
        if (!std::exchange(m_done, true))
            m_session.append(m_edit);
    }
    void undo() override
    {
        // The session may have extended the edit to files that were opened since.
        if (auto last = m_session.takeLast())
            m_edit = std::move(last);
        m_done = false;
    }

private:
    edit::Session& m_session;
    edit::EditPtr m_edit;
    bool m_done;
};

QString verb(edit::Action action)
{
    switch (action) {
    case edit::Action::Clear:
        return Editing::tr("Clear");
    case edit::Action::Delete:
        return Editing::tr("Delete");
    default:
        return Editing::tr("Keep");
    }
}

bool isBelow(const dicom::AttributePath& path, const QSet<dicom::AttributePath>& others)
{
    for (dicom::AttributePath above = path.parent(); !above.isEmpty(); above = above.parent())
        if (others.contains(above))
            return true;
    return false;
}

} // namespace

Editing::Editing(edit::Session& session, Questions& questions, QWidget* window)
    : QObject(window)
    , m_session(session)
    , m_window(window)
    , m_questions(questions)
    , m_asked(session, questions, window)
{
    connect(&m_session, &edit::Session::changed, this, &Editing::follow);
}

void Editing::follow(const edit::SessionEvent& event)
{
    using Kind = edit::SessionEvent::Kind;
    // Closing and overwriting drop edits that have nothing left to do.
    const bool dropped = event.kind == Kind::Closed && m_session.edits().size() != m_stack.index();
    if (event.kind == Kind::Reloaded || dropped)
        rebuild();
}

void Editing::rebuild()
{
    m_stack.clear();
    for (const edit::EditPtr& edit : m_session.edits())
        m_stack.push(new EditCommand(m_session, edit, true));
}

void Editing::push(edit::EditPtr edit)
{
    if (edit)
        m_stack.push(new EditCommand(m_session, std::move(edit), false));
}

void Editing::pushOperations(const edit::InstanceIds& ids, const QString& description,
                             QList<edit::AttributeOperation> operations)
{
    push(std::make_shared<const edit::Edit>(
        edit::Edit{description, ids, std::move(operations), ids == m_session.allIds()}));
}

bool Editing::assign(const edit::InstanceIds& ids, const edit::MergedAttribute& attribute,
                     const QString& text)
{
    QString value = text;
    const ValueVerdict verdict = judge(rulesFor(attribute), value, true);
    if (verdict.level == ValueVerdict::Level::Refused) {
        m_questions.ask(m_window, {Questions::Kind::Warning, tr("Value Not Set"), verdict.reason});
        return false;
    }
    if (!verdict.offeredUid.isEmpty() && !m_asked.uid(verdict.offeredUid, verdict.reason, value))
        return false;
    if (verdict.otherCharacterSet && !m_asked.unicode(value))
        return false;
    return assignDecided(ids, attribute, value, verdict.otherCharacterSet);
}

bool Editing::assignDecided(const edit::InstanceIds& ids, const edit::MergedAttribute& attribute,
                            const QString& text, bool reencode)
{
    if (ids.isEmpty() || !m_asked.merging(ids, attribute.path, text))
        return false;
    if (attribute.path == dicom::AttributePath(dicom::tags::SpecificCharacterSet))
        return assignCharacterSet(ids, attribute, text);
    pushOperations(
        ids, tr("Assign %1").arg(attribute.name),
        {edit::AttributeOperation{attribute.path, edit::Action::Assign, text, attribute.vr, reencode}});
    return true;
}

/// At once: whoever saves or quits next must find the edit, or nothing.
bool Editing::assignCharacterSet(const edit::InstanceIds& ids, const edit::MergedAttribute& attribute,
                                 const QString& text)
{
    const edit::AttributeOperation operation{attribute.path, edit::Action::Assign, text, attribute.vr};
    edit::AttributeOperation label = operation;
    label.keepBytes = true;
    const auto with = [&](const edit::AttributeOperation& one) {
        return m_session.edits()
            + edit::EditList{std::make_shared<const edit::Edit>(
                edit::Edit{{}, ids, QList<edit::AttributeOperation>{one}})};
    };
    const edit::EditList turning = with(operation);
    const edit::EditList labelling = with(label);
    CharacterSetTrial trial;
    for (const auto& instance : m_session.instances(ids)) {
        const auto turned = edit::evaluate(*instance, turning, m_session.evaluator().context());
        const auto labelled = edit::evaluate(*instance, labelling, m_session.evaluator().context());
        trial.failed += turned ? 0 : 1;
        trial.turned += turned && labelled && !(turned->dataSet == labelled->dataSet) ? 1 : 0;
    }
    const auto keepsBytes = m_asked.keepsBytes(trial, text);
    if (!keepsBytes)
        return false;
    edit::AttributeOperation chosen = operation;
    chosen.keepBytes = *keepsBytes;
    pushOperations(ids, tr("Assign Specific Character Set"), {chosen});
    return true;
}

void Editing::act(const edit::InstanceIds& ids, const QList<edit::MergedAttribute>& attributes,
                  edit::Action action)
{
    QSet<dicom::AttributePath> paths;
    for (const edit::MergedAttribute& attribute : attributes)
        paths.insert(attribute.path);
    QList<edit::AttributeOperation> operations;
    QString name;
    QStringList required;
    for (const edit::MergedAttribute& attribute : attributes) {
        const bool needless = action != edit::Action::Keep && isBelow(attribute.path, paths);
        if (attribute.readOnly || needless)
            continue;
        if (action != edit::Action::Keep && edit::isRequired(attribute.path)) {
            required << attribute.name;
            continue;
        }
        if (action != edit::Action::Keep && !m_asked.merging(ids, attribute.path, {}))
            return;
        operations << edit::AttributeOperation{attribute.path, action};
        name = attribute.name;
    }
    if (!required.isEmpty())
        Q_EMIT refused(tr("%1 must stay: without it nobody can tell what or which image it is.")
                           .arg(required.join(tr(" and "))));
    if (operations.isEmpty() || ids.isEmpty())
        return;
    // Private elements are found by their creators, which therefore go last and come back first.
    const bool creatorsFirst = action == edit::Action::Keep;
    std::stable_partition(operations.begin(), operations.end(),
                          [=](const edit::AttributeOperation& operation) {
                              return operation.path.tag().isPrivateCreator() == creatorsFirst;
                          });
    const QString what = operations.size() == 1 ? name : tr("%1 Attributes").arg(operations.size());
    pushOperations(ids, tr("%1 %2").arg(verb(action), what), std::move(operations));
}

void Editing::deleteAllPrivate(const edit::InstanceIds& selected)
{
    pushForAll(tr("Delete All Private"), selected, edit::DeletePrivate{});
}

void Editing::revertAll(const edit::InstanceIds& selected)
{
    pushForAll(tr("Revert All"), selected, edit::RevertAll{});
}

void Editing::pushForAll(const QString& description, const edit::InstanceIds& selected,
                         const edit::Edit::Operation& operation)
{
    const edit::InstanceIds ids = m_asked.allOrSelected(description, selected);
    if (!ids.isEmpty())
        push(std::make_shared<const edit::Edit>(
            edit::Edit{description, ids, operation, ids == m_session.allIds()}));
}

void Editing::pushUnlessMerging(const edit::EditPtr& edit)
{
    if (!edit)
        return;
    waitUntilDecided(); // else the list that is looked through would lack that edit
    auto instances = m_session.instances(m_session.allIds());
    const auto undecided = std::make_shared<const char>();
    m_deciding = undecided;
    m_session.run(this,
                  [this, edit, instances, undecided,
                   edits = m_session.edits()](const edit::Session::Work& work) -> edit::Session::Answer {
                      job::IdentityCounter identity;
                      const edit::EditList with = edits + edit::EditList{edit};
                      for (const auto& instance : instances) {
                          if (work.cancelled)
                              return {};
                          const auto now = work.evaluator.evaluate(*instance, edits);
                          const auto then = work.evaluator.evaluate(*instance, with);
                          identity.add(now ? now->dataSet : instance->kept().dataSet,
                                       then ? then->dataSet : instance->kept().dataSet);
                      }
                      return [this, edit, undecided, change = identity.change()] {
                          if (m_asked.merging(change))
                              push(edit);
                      };
                  });
}

void Editing::waitUntilDecided()
{
    if (m_asked.isAsking() || m_deciding.expired())
        return;
    m_window->setCursor(Qt::WaitCursor);
    QTimer tick; // what is awaited may end without an event
    tick.start(10);
    while (!m_deciding.expired())
        QCoreApplication::processEvents(QEventLoop::ExcludeUserInputEvents | QEventLoop::WaitForMoreEvents);
    m_window->unsetCursor();
}

} // namespace ui
