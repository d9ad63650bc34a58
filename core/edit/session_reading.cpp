// What a session reads, and what it has to say of it.

#include "core/base/memory.h"
#include "core/edit/session.h"

namespace edit {

void Session::open(const QStringList& paths)
{
    if (paths.isEmpty())
        return;
    m_queue << paths;
    if (!m_progress.running)
        startNextScan();
}

void Session::startNextScan()
{
    if (m_queue.isEmpty())
        return;
    const QStringList paths = m_queue.takeFirst();
    if (!m_progress.running) {
        m_progress = {};
        m_scanned.clear();
    }
    m_scanned << paths;
    m_progress.running = true;
    m_scanner->start(paths, m_openPaths);
    emitEvent(SessionEvent::Kind::Progress);
}

void Session::addBatch(const catalog::ScanBatch& batch)
{
    InstanceIds added;
    for (const auto& [instance, keys, canonicalPath] : batch.loaded) {
        instance->id = m_nextId++;
        m_pathsOfOpen.insert(instance->id, canonicalPath);
        m_openPaths.insert(canonicalPath);
        m_catalog.add(instance, keys);
        noteIssuesOf(*instance);
        added << instance->id;
    }
    for (const catalog::Issue& issue : batch.issues)
        noteUnread(issue);
    m_progress.seen += static_cast<int>(batch.loaded.size() + batch.issues.size());
    m_progress.found = std::max({m_progress.found, m_progress.foundBefore + batch.found, m_progress.seen});
    m_progress.listed = batch.listed;
    m_progress.loaded += static_cast<int>(batch.loaded.size());
    m_progress.notLoaded += static_cast<int>(batch.issues.size());
    if (!added.isEmpty())
        emitEvent(SessionEvent::Kind::Loaded, added);
    if (!batch.issues.isEmpty())
        emitEvent(SessionEvent::Kind::Issues);
    emitEvent(SessionEvent::Kind::Progress);
}

/// A file that was tried again (opened twice) is listed once.
void Session::noteUnread(const catalog::Issue& issue)
{
    if (m_unreadPaths.contains(issue.path))
        m_issues.removeIf(
            [&](const catalog::Issue& known) { return known.notLoaded() && known.path == issue.path; });
    m_unreadPaths.insert(issue.path);
    m_issues << issue;
}

void Session::settle(const QStringList& paths)
{
    const auto settled = m_issues.removeIf(
        [&](const catalog::Issue& known) { return known.notLoaded() && paths.contains(known.path); });
    for (const QString& path : paths)
        m_unreadPaths.remove(path);
    m_progress.notLoaded -= static_cast<int>(settled);
    m_progress.seen -= static_cast<int>(settled);
    m_progress.found -= static_cast<int>(settled);
    emitEvent(SessionEvent::Kind::Issues);
    emitEvent(SessionEvent::Kind::Progress);
}

void Session::noteIssuesOf(const catalog::Instance& instance)
{
    using Kind = catalog::Issue::Kind;
    for (const QString& oddity : instance.kept().oddities)
        m_issues << catalog::Issue{Kind::Odd, instance.path(), oddity, {}, instance.id};
    const InstanceIds others = m_catalog.duplicatesOf(instance.id);
    if (others.isEmpty())
        return;
    const auto first = m_catalog.instance(others.first());
    m_issues << catalog::Issue{Kind::Duplicate, instance.path(),
                               QStringLiteral("has the same SOP Instance UID as %1").arg(first->path()),
                               QStringLiteral("Both are in the tree; close one of them if it is a mere copy"),
                               instance.id};
}

void Session::finishScan()
{
    if (!m_progress.running)
        return;
    m_progress.foundBefore = m_progress.found;
    if (!m_queue.isEmpty()) {
        startNextScan();
        return;
    }
    m_progress.running = false;
    noteIncomplete();
    releaseUnusedMemory(); // of the reading
    emitEvent(SessionEvent::Kind::Issues);
    emitEvent(SessionEvent::Kind::ScanFinished);
}

/// A reading that came to its end settles what an earlier one left open.
void Session::noteIncomplete()
{
    using Kind = catalog::Issue::Kind;
    m_issues.removeIf([&](const catalog::Issue& known) {
        return known.kind == Kind::Incomplete && m_scanned.contains(known.path);
    });
    const int unread = m_progress.found - m_progress.seen;
    if (!m_progress.cancelled || (m_progress.listed && unread == 0 && !m_progress.dropped))
        return;
    const QString reason = m_progress.listed && !m_progress.dropped
        ? QStringLiteral("was not read completely: reading was stopped with %1 files left").arg(unread)
        : QStringLiteral("was not read completely: reading was stopped before all its files were found");
    for (const QString& path : std::as_const(m_scanned))
        m_issues << catalog::Issue{Kind::Incomplete, path, reason,
                                   QStringLiteral("Open it again to read the rest")};
}

void Session::cancelScan()
{
    if (!m_progress.running)
        return;
    for (const QStringList& waiting : std::as_const(m_queue))
        m_scanned << waiting;
    m_progress.dropped = m_progress.dropped || !m_queue.isEmpty();
    m_queue.clear();
    m_progress.cancelled = true;
    m_scanner->stop();
}

} // namespace edit
