// The edits of a session, and what follows from them: labels, failures, and files that are read again.

#include "core/dicom/element_cache.h"
#include "core/edit/instance_ids.h"
#include "core/edit/session.h"

#include <algorithm>

namespace edit {

void Session::append(EditPtr edit)
{
    const InstanceIds touched = edit->instances;
    m_edits << std::move(edit);
    emitEvent(SessionEvent::Kind::Edited, touched);
    updateLabels(touched);
}

EditPtr Session::takeLast()
{
    if (m_edits.isEmpty())
        return nullptr;
    EditPtr last = m_edits.takeLast();
    emitEvent(SessionEvent::Kind::Edited, last->instances);
    updateLabels(last->instances);
    return last;
}

InstanceIds Session::missedByAllFileEdits() const
{
    const InstanceIds all = allIds();
    InstanceIds missed;
    for (const EditPtr& edit : m_edits)
        if (edit->allFiles)
            missed += without(all, edit->instances);
    return sorted(missed);
}

void Session::extendAllFileEdits()
{
    const InstanceIds added = missedByAllFileEdits();
    if (added.isEmpty())
        return;
    const InstanceIds all = allIds();
    for (EditPtr& edit : m_edits)
        if (edit->allFiles) {
            Edit wider = *edit;
            wider.instances = all;
            edit = std::make_shared<const Edit>(std::move(wider));
        }
    emitEvent(SessionEvent::Kind::Edited, added);
    updateLabels(added);
}

void Session::dropFromEdits(const InstanceIds& ids)
{
    const auto restricted = [&](const EditList& edits) {
        EditList rest;
        for (const EditPtr& edit : edits) {
            Edit narrower = *edit;
            narrower.instances = without(edit->instances, ids);
            if (narrower.instances.size() == edit->instances.size())
                rest << edit;
            else if (!narrower.instances.isEmpty())
                rest << std::make_shared<const Edit>(std::move(narrower));
        }
        return rest;
    };
    const bool saved = isSaved();
    m_edits = restricted(m_edits);
    m_savedEdits = saved ? m_edits : restricted(m_savedEdits);
}

catalog::TreeKeys Session::keysOf(InstanceId id) const
{
    if (const auto edited = m_editedKeys.constFind(id); edited != m_editedKeys.constEnd())
        return *edited;
    const catalog::Node* node = m_catalog.node(id);
    return node ? node->keys : catalog::TreeKeys();
}

void Session::updateLabels(const InstanceIds& ids)
{
    m_labelsWanted = sorted(m_labelsWanted + ids);
    const InstanceIds wanted = m_labelsWanted;
    run(m_labelling, this,
        [this, wanted, chosen = instances(wanted), edits = m_edits](const Work& work) -> Answer {
            QHash<InstanceId, catalog::TreeKeys> keys;
            QList<catalog::Issue> failures;
            for (const auto& instance : chosen) {
                if (work.cancelled)
                    return {};
                const auto result = work.evaluator.evaluate(*instance, edits);
                if (!result)
                    failures << catalog::Issue{catalog::Issue::Kind::Script, instance->path(),
                                               result.error().reason, result.error().remedy, instance->id};
                else if (result->rewritten)
                    keys.insert(instance->id, catalog::treeKeysOf(result->dataSet));
            }
            return [this, wanted, keys, failures] {
                m_labelsWanted = without(m_labelsWanted, wanted);
                for (const InstanceId id : wanted)
                    m_editedKeys.remove(id);
                m_editedKeys.insert(keys);
                noteFailures(wanted, failures);
                emitEvent(SessionEvent::Kind::Labels, wanted);
            };
        });
}

/// What cannot be applied is not swallowed: it is an issue for as long as that is so.
void Session::noteFailures(const InstanceIds& looked, const QList<catalog::Issue>& failures)
{
    using Kind = catalog::Issue::Kind;
    const auto gone = m_issues.removeIf([&](const catalog::Issue& known) {
        return known.kind == Kind::Script && std::binary_search(looked.begin(), looked.end(), known.instance);
    });
    m_failed = without(m_failed, looked);
    for (const catalog::Issue& failure : failures)
        m_failed << failure.instance;
    m_failed = sorted(m_failed);
    m_issues += failures;
    if (gone > 0 || !failures.isEmpty())
        emitEvent(SessionEvent::Kind::Issues);
}

void Session::reload(const InstanceIds& written)
{
    const InstanceIds ids = sorted(written);
    dropFromEdits(ids); // now: what is edited while the files are read again must not be lost
    run(this, [this, chosen = instances(ids)](const Work&) -> Answer {
        QList<catalog::InstancePtr> fresh;
        QList<catalog::Issue> unread;
        dicom::ElementCache cache;
        for (const auto& old : chosen) {
            auto file = dicom::readFile(old->path(), &cache);
            if (file) {
                auto again = catalog::instanceOf(std::move(file).value(), old->id, old->root());
                again.openedAlone = old->openedAlone;
                fresh << std::make_shared<const catalog::Instance>(std::move(again));
            } else
                unread << catalog::Issue{
                    catalog::Issue::Kind::Unreadable, old->path(),
                    QStringLiteral("could not be read again after it was saved: %1").arg(file.error().reason),
                    QStringLiteral("It was closed; open it again to look at it"), old->id};
        }
        return [this, fresh, unread] {
            dropUnread(unread);
            replace(fresh);
        };
    });
}

void Session::dropUnread(const QList<catalog::Issue>& unread)
{
    if (unread.isEmpty())
        return;
    InstanceIds ids;
    for (const catalog::Issue& issue : unread)
        ids << issue.instance;
    close(ids);
    for (catalog::Issue issue : unread) {
        issue.instance = -1;
        noteUnread(issue);
    }
    emitEvent(SessionEvent::Kind::Issues);
}

void Session::replace(const QList<catalog::InstancePtr>& fresh)
{
    m_evaluator->clear();
    InstanceIds ids;
    for (const auto& instance : fresh)
        ids << instance->id;
    emitEvent(SessionEvent::Kind::Reloading, sorted(ids));
    replaceNext(fresh, 0);
}

/// A part at a time, so that the window stays usable; the event comes when all is done.
void Session::replaceNext(const QList<catalog::InstancePtr>& fresh, qsizetype from)
{
    constexpr qsizetype perTurn = 250;
    InstanceIds ids;
    for (const auto& instance : fresh)
        ids << instance->id;
    const qsizetype end = std::min(from + perTurn, fresh.size());
    for (qsizetype i = from; i < end; ++i) {
        const auto& instance = fresh[i];
        m_editedKeys.remove(instance->id);
        if (!m_catalog.instance(instance->id))
            continue; // closed meanwhile
        m_catalog.remove(instance->id);
        m_catalog.add(instance);
    }
    if (end < fresh.size())
        QMetaObject::invokeMethod(
            this, [this, fresh, end] { replaceNext(fresh, end); }, Qt::QueuedConnection);
    else
        emitEvent(SessionEvent::Kind::Reloaded, sorted(ids));
}

} // namespace edit
