#include "ui/window/edit_questions.h"

#include <QScopedValueRollback>
#include <QWidget>
#include <algorithm>

namespace ui {

namespace {

/// An attribute that tells patients, studies, series or instances apart.
struct Identity {
    dicom::Tag tag;
    QString catalog::TreeKeys::*key;
    const char* many;
    const char* one;
};

const Identity identities[] = {
    {dicom::tags::PatientID, &catalog::TreeKeys::patientId, QT_TRANSLATE_NOOP("EditQuestions", "%1 patients"),
     QT_TRANSLATE_NOOP("EditQuestions", "the same Patient ID")},
    {dicom::tags::StudyInstanceUID, &catalog::TreeKeys::studyUid,
     QT_TRANSLATE_NOOP("EditQuestions", "%1 studies"),
     QT_TRANSLATE_NOOP("EditQuestions", "the same Study Instance UID")},
    {dicom::tags::SeriesInstanceUID, &catalog::TreeKeys::seriesUid,
     QT_TRANSLATE_NOOP("EditQuestions", "%1 series"),
     QT_TRANSLATE_NOOP("EditQuestions", "the same Series Instance UID")},
    {dicom::tags::SOPInstanceUID, &catalog::TreeKeys::sopUid, QT_TRANSLATE_NOOP("EditQuestions", "%1 images"),
     QT_TRANSLATE_NOOP("EditQuestions", "the same SOP Instance UID")},
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
    return count == 1 ? EditQuestions::tr("1 image") : EditQuestions::tr("%1 images").arg(count);
}

QString mergedWords(const job::IdentityChange& change)
{
    const job::IdentityCounts before = change.before;
    const job::IdentityCounts after = change.after;
    if (after.patients != before.patients)
        return (before.patients == 1 ? EditQuestions::tr("%1 patient would become %2.")
                                     : EditQuestions::tr("%1 patients would become %2."))
            .arg(before.patients)
            .arg(after.patients);
    if (after.studies != before.studies)
        return (before.studies == 1 ? EditQuestions::tr("%1 study would become %2.")
                                    : EditQuestions::tr("%1 studies would become %2."))
            .arg(before.studies)
            .arg(after.studies);
    if (after.images < before.images)
        return EditQuestions::tr("%1 different SOP Instance UIDs would become %2.")
            .arg(before.images)
            .arg(after.images);
    return {};
}

} // namespace

EditQuestions::EditQuestions(const edit::Session& session, Questions& questions, QWidget* window)
    : m_session(session)
    , m_questions(questions)
    , m_window(window)
{
}

bool EditQuestions::uid(const QString& offered, const QString& reason, QString& text)
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

bool EditQuestions::unicode(const QString& text)
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

std::optional<bool> EditQuestions::keepsBytes(const CharacterSetTrial& trial, const QString& characterSet)
{
    if (trial.failed + trial.turned == 0)
        return false;
    const bool mayTurn = trial.failed == 0;
    QStringList buttons{tr("Only the Label Is Wrong"), tr("Cancel")};
    if (mayTurn)
        buttons.prepend(tr("Turn the Text"));
    const QString text = trial.failed > 0
        ? tr("%1 cannot hold the text of %2.").arg(characterSet, imagesText(trial.failed))
        : tr("The text of %1 has other bytes in %2.").arg(imagesText(trial.turned), characterSet);
    const int answer = m_questions.ask(
        m_window,
        {trial.failed > 0 ? Questions::Kind::Warning : Questions::Kind::Question, tr("Character Set"), text,
         tr("If names are shown rightly now, turn the text. If they are shown wrongly "
            "because the files name "
            "a wrong character set, change only the label: the bytes stay as they are."),
         buttons});
    if (answer < 0 || answer == buttons.size() - 1)
        return {};
    return !mayTurn || answer == 1;
}

bool EditQuestions::merging(const edit::InstanceIds& ids, const dicom::AttributePath& path,
                            const QString& text)
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

/// All open images or the given ones, as the user wants; empty when the user takes it back.
edit::InstanceIds EditQuestions::allOrSelected(const QString& title, const edit::InstanceIds& selected)
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

bool EditQuestions::merging(const job::IdentityChange& change)
{
    const QString words = mergedWords(change);
    if (words.isEmpty())
        return true;
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
