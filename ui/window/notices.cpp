#include "ui/window/notices.h"

#include "ui/attributes/attribute_model.h"
#include "ui/saving/recovery.h"
#include "ui/widgets/message_bar.h"
#include "ui/widgets/parts.h"

#include <QLocale>
#include <algorithm>

namespace ui {

namespace {

QString number(qsizetype value)
{
    return QLocale().toString(value);
}

} // namespace

Notices::Notices(edit::Session& session, MessageBar& message, Recovering& recovering, QObject* parent)
    : QObject(parent)
    , m_session(session)
    , m_message(message)
    , m_recovering(recovering)
{
}

void Notices::offerAll()
{
    offerExtension();
    offerRecovery();
    offerRest();
}

void Notices::offerRecovery()
{
    if (!m_recovering.journals().isEmpty())
        m_message.say(
            tr("A save in this folder was interrupted. Some of its files may be new, others as before."),
            {MessageBar::Topic::Other, tr("Recover…"), [this] { m_recovering.recover(); }});
}

/// What was stopped must not look as if it were all.
void Notices::offerRest()
{
    QStringList folders;
    QString reason;
    for (const catalog::Issue& issue : m_session.issues())
        if (issue.kind == catalog::Issue::Kind::Incomplete) {
            folders << issue.path;
            reason = issue.reason;
        }
    if (folders.isEmpty()) {
        m_message.withdraw(MessageBar::Topic::Rest);
        return;
    }
    m_message.say(
        tr("%1 %2. Files that were not read will not be saved or changed.")
            .arg(folders.size() == 1 ? shownPath(folders.first())
                                     : tr("%1 folders: each").arg(folders.size()),
                 reason),
        {MessageBar::Topic::Rest, tr("Read the Rest"), [this, folders] { Q_EMIT openWanted(folders); }});
}

void Notices::offerExtension()
{
    const auto missed = m_session.missedByAllFileEdits().size();
    if (missed == 0)
        return;
    const auto edits = std::count_if(m_session.edits().begin(), m_session.edits().end(),
                                     [](const edit::EditPtr& edit) { return edit->allFiles; });
    const QString what = edits == 1 ? tr("1 edit") : tr("%1 edits").arg(number(edits));
    m_message.say(missed == 1
                      ? tr("1 new image does not have %1, made for all files before it was opened.").arg(what)
                      : tr("%1 new images do not have %2, made for all files before they were opened.")
                            .arg(number(missed), what),
                  {MessageBar::Topic::Other,
                   edits == 1 ? tr("Extend Edit to All Files") : tr("Extend Edits to All Files"),
                   [this] { m_session.extendAllFileEdits(); }});
}

void Notices::showFailures(const AttributeModel& model)
{
    const auto& failures = model.failures();
    if (failures.isEmpty() || !model.isCurrent())
        return;
    m_message.say(
        tr("An edit cannot be applied to %1: %2. They are shown as they are in their files.")
            .arg(failures.size() == 1 ? tr("1 image") : tr("%1 images").arg(number(failures.size())),
                 failures.first().reason));
}

void Notices::offerOriginals(const QString& folder)
{
    if (folder.isEmpty())
        m_message.withdraw(MessageBar::Topic::Originals);
    else
        m_message.say(
            tr("The originals are in %1.").arg(shownPath(folder)),
            {MessageBar::Topic::Originals, tr("Restore Originals…"), [this] { m_recovering.restore(); }});
}

} // namespace ui
