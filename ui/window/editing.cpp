#include "ui/window/editing.h"

#include "core/job/identity_changes.h"
#include "ui/attributes/value_rules.h"

#include <QCoreApplication>
#include <QScopedValueRollback>
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

/// An attribute that tells patients, studies, series or instances apart.
struct Identity {
    dicom::Tag tag;
    QString catalog::TreeKeys::*key;
    const char* many;
    const char* one;
};

const Identity identities[] = {
    {dicom::tags::PatientID, &catalog::TreeKeys::patientId, QT_TRANSLATE_NOOP("Editing", "%1 patients"),
     QT_TRANSLATE_NOOP("Editing", "the same Patient ID")},
    {dicom::tags::StudyInstanceUID, &catalog::TreeKeys::studyUid, QT_TRANSLATE_NOOP("Editing", "%1 studies"),
     QT_TRANSLATE_NOOP("Editing", "the same Study Instance UID")},
    {dicom::tags::SeriesInstanceUID, &catalog::TreeKeys::seriesUid, QT_TRANSLATE_NOOP("Editing", "%1 series"),
     QT_TRANSLATE_NOOP("Editing", "the same Series Instance UID")},
    {dicom::tags::SOPInstanceUID, &catalog::TreeKeys::sopUid, QT_TRANSLATE_NOOP("Editing", "%1 images"),
     QT_TRANSLATE_NOOP("Editing", "the same SOP Instance UID")},
};

const Identity* identityOf(const dicom::AttributePath& path)
{
    if (path.isNested())
        return nullptr;
    const auto found = std::find_if(std::begin(identities), std::end(identities),
                                    [&](const Identity& identity) { return identity.tag == path.tag(); });
    return found == std::end(identities) ? nullptr : found;
}

/// How many that are different now would have this value.
int becomingOne(const edit::Session& session, const edit::InstanceIds& ids, const Identity& identity,
                const QString& value)
{
    QSet<QString> values;
    for (const edit::InstanceId id : session.allIds()) {
        const QString present = session.keysOf(id).*identity.key;
        if (std::binary_search(ids.begin(), ids.end(), id) || (present == value && !value.isEmpty()))
            values.insert(present);
    }
    return static_cast<int>(values.size());
}

QString imagesText(int count)
{
    return count == 1 ? Editing::tr("1 image") : Editing::tr("%1 images").arg(count);
}

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
    , m_questions(questions)
    , m_window(window)
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
    if (!verdict.offeredUid.isEmpty() && !askForUid(verdict.offeredUid, verdict.reason, value))
        return false;
    if (verdict.otherCharacterSet && !askForUnicode(value))
        return false;
    return assignDecided(ids, attribute, value, verdict.otherCharacterSet);
}

bool Editing::assignDecided(const edit::InstanceIds& ids, const edit::MergedAttribute& attribute,
                            const QString& text, bool reencode)
{
    if (ids.isEmpty() || !mayMerge(ids, attribute.path, text))
        return false;
    if (attribute.path == dicom::AttributePath(dicom::tags::SpecificCharacterSet))
        return assignCharacterSet(ids, attribute, text);
    pushOperations(
        ids, tr("Assign %1").arg(attribute.name),
        {edit::AttributeOperation{attribute.path, edit::Action::Assign, text, attribute.vr, reencode}});
    return true;
}

bool Editing::askForUid(const QString& offered, const QString& reason, QString& text)
{
    QString unbroken = offered;
    unbroken.replace(u'.', QStringLiteral(".\u2060")); // word joiner: no line break in the UID
    const int answer = m_questions.ask(
        m_window,
        {Questions::Kind::Warning,
         tr("No Valid UID"),
         reason,
         tr("The valid UID made from the same text:\n%1").arg(unbroken),
         {tr("Use the Valid UID"), tr("Use “%1” As It Is").arg(text.trimmed()), tr("Cancel")}});
    if (answer == 0)
        text = offered;
    return answer < 2;
}

bool Editing::askForUnicode(const QString& text)
{
    return m_questions.ask(m_window,
                           {Questions::Kind::Question,
                            tr("Character Set"),
                            tr("The character set of the files cannot hold “%1”.").arg(text),
                            tr("All text of the files that cannot hold it can be re-encoded as Unicode "
                               "(ISO_IR 192). Some "
                               "old programs do not read Unicode."),
                            {tr("Re-encode as Unicode"), tr("Cancel")}})
        == 0;
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
    return askForLabel(trial, ids, operation);
}

bool Editing::askForLabel(const CharacterSetTrial& trial, const edit::InstanceIds& ids,
                          const edit::AttributeOperation& operation)
{
    edit::AttributeOperation chosen = operation;
    if (trial.failed + trial.turned > 0) {
        const bool mayTurn = trial.failed == 0;
        QStringList buttons{tr("Only the Label Is Wrong"), tr("Cancel")};
        if (mayTurn)
            buttons.prepend(tr("Turn the Text"));
        const QString text = trial.failed > 0
            ? tr("%1 cannot hold the text of %2.").arg(operation.text, imagesText(trial.failed))
            : tr("The text of %1 has other bytes in %2.").arg(imagesText(trial.turned), operation.text);
        const int answer =
            m_questions.ask(m_window,
                            {trial.failed > 0 ? Questions::Kind::Warning : Questions::Kind::Question,
                             tr("Character Set"), text,
                             tr("If names are shown rightly now, turn the text. If they are shown wrongly "
                                "because the files name "
                                "a wrong character set, change only the label: the bytes stay as they are."),
                             buttons});
        if (answer < 0 || answer == buttons.size() - 1)
            return false;
        chosen.keepBytes = !mayTurn || answer == 1;
    }
    pushOperations(ids, tr("Assign Specific Character Set"), {chosen});
    return true;
}

bool Editing::mayMerge(const edit::InstanceIds& ids, const dicom::AttributePath& path, const QString& text)
{
    const Identity* identity = identityOf(path);
    if (!identity)
        return true;
    const int count = becomingOne(m_session, ids, *identity, text);
    if (count < 2)
        return true;
    const QString many = tr(identity->many).arg(count);
    const int answer = m_questions.ask(m_window,
                                       {Questions::Kind::Warning,
                                        tr("Merge These?"),
                                        tr("%1 would get %2.").arg(many, tr(identity->one)),
                                        tr("Programs that read the saved files would take them for one and "
                                           "could not tell them apart again."),
                                        {tr("Merge"), tr("Cancel")},
                                        1});
    return answer == 0;
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
        if (action != edit::Action::Keep && !mayMerge(ids, attribute.path, {}))
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

/// All open images or the given ones, as the user wants; empty when the user takes it back.
edit::InstanceIds Editing::allOrSelected(const QString& title, const edit::InstanceIds& selected)
{
    const edit::InstanceIds all = m_session.allIds();
    if (selected == all)
        return all;
    const bool none = selected.isEmpty();
    QStringList buttons{tr("All Images (%1)").arg(all.size())};
    if (!none)
        buttons << tr("Selected Images (%1)").arg(selected.size());
    buttons << tr("Cancel");
    const int answer = m_questions.ask(
        m_window,
        {Questions::Kind::Question, title, tr("From which images?"),
         tr("%1 of %2 open images are selected.").arg(selected.size()).arg(all.size()), buttons});
    if (answer == 0)
        return all;
    return answer == 1 && !none ? selected : edit::InstanceIds();
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
    const edit::InstanceIds ids = allOrSelected(description, selected);
    if (!ids.isEmpty())
        push(std::make_shared<const edit::Edit>(
            edit::Edit{description, ids, operation, ids == m_session.allIds()}));
}

namespace {

QString mergedWords(const job::IdentityChange& change)
{
    const job::IdentityCounts before = change.before;
    const job::IdentityCounts after = change.after;
    if (after.patients != before.patients)
        return (before.patients == 1 ? Editing::tr("%1 patient would become %2.")
                                     : Editing::tr("%1 patients would become %2."))
            .arg(before.patients)
            .arg(after.patients);
    if (after.studies != before.studies)
        return (before.studies == 1 ? Editing::tr("%1 study would become %2.")
                                    : Editing::tr("%1 studies would become %2."))
            .arg(before.studies)
            .arg(after.studies);
    if (after.images < before.images)
        return Editing::tr("%1 different SOP Instance UIDs would become %2.")
            .arg(before.images)
            .arg(after.images);
    return {};
}

} // namespace

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
                      return [this, edit, undecided, words = mergedWords(identity.change())] {
                          if (words.isEmpty() || askWhetherToMerge(words))
                              push(edit);
                      };
                  });
}

void Editing::waitUntilDecided()
{
    if (m_isAsking || m_deciding.expired())
        return;
    m_window->setCursor(Qt::WaitCursor);
    QTimer tick; // what is awaited may end without an event
    tick.start(10);
    while (!m_deciding.expired())
        QCoreApplication::processEvents(QEventLoop::ExcludeUserInputEvents | QEventLoop::WaitForMoreEvents);
    m_window->unsetCursor();
}

bool Editing::askWhetherToMerge(const QString& words)
{
    const QScopedValueRollback asking(m_isAsking, true);
    return m_questions.ask(
               m_window,
               {Questions::Kind::Warning,
                tr("Patients and Studies"),
                words,
                tr("Programs that read the saved files go by names and numbers: what becomes one "
                   "cannot be told apart again, and what becomes several no longer belongs together."),
                {tr("Apply Anyway"), tr("Cancel")},
                1})
        == 0;
}

} // namespace ui
