#include "core/edit/session.h"

#include "core/base/memory.h"
#include "core/dicom/element_cache.h"
#include "core/edit/seed.h"
#include "core/edit/worker_pool.h"

#include <QFileInfo>
#include <QPointer>
#include <algorithm>
#include <mutex>

namespace edit {

namespace {

using CancelFlag = std::shared_ptr<std::atomic<bool>>;

InstanceIds sorted(InstanceIds ids)
{
    std::sort(ids.begin(), ids.end());
    ids.erase(std::unique(ids.begin(), ids.end()), ids.end());
    return ids;
}

InstanceIds without(const InstanceIds& ids, const InstanceIds& gone)
{
    InstanceIds rest;
    std::set_difference(ids.begin(), ids.end(), gone.begin(), gone.end(), std::back_inserter(rest));
    return rest;
}

} // namespace

struct Session::Workers {
    std::mutex mutex;
    std::deque<catalog::ScanBatch> batches; ///< delivered by the scan, not yet taken by the session
    bool taking = false; ///< a turn of the event loop has been asked for
    bool scanEnded = false;
    CancelFlag scanCancel = std::make_shared<std::atomic<bool>>(false);
    std::vector<CancelFlag> all;
    std::thread scan;
    /// What jobs came back with, and who wants it.
    struct Delivery {
        CancelFlag flag;
        QPointer<QObject> guard;
        Answer answer;
    };
    std::mutex answersMutex;
    std::deque<Delivery> answers;
    // More than one, since jobs that the user waits for must not stand behind a long save.
    std::unique_ptr<WorkerPool> pool = std::make_unique<WorkerPool>(3);
};

namespace {

Context withSeed(Context context)
{
    if (context.seed.isEmpty())
        context.seed = randomSeed();
    return context;
}

} // namespace

Session::Session(Context context, QObject* parent)
    : QObject(parent)
    , m_evaluator(std::make_unique<Evaluator>(withSeed(std::move(context))))
    , m_workers(std::make_unique<Workers>())
{
    qRegisterMetaType<SessionEvent>();
    dicom::initialiseLibrary();
}

Session::~Session()
{
    *m_workers->scanCancel = true;
    for (const CancelFlag& flag : m_workers->all)
        *flag = true;
    if (m_workers->scan.joinable())
        m_workers->scan.join();
    m_workers->pool.reset();
}

// --- scanning

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
    m_workers->scanCancel = std::make_shared<std::atomic<bool>>(false);
    m_workers->scanEnded = false;
    if (m_workers->scan.joinable())
        m_workers->scan.join();
    m_workers->scan = std::thread([this, paths, known = m_openPaths, cancel = m_workers->scanCancel] {
        catalog::scan(paths, known, *cancel, [this](catalog::ScanBatch batch) { deliver(std::move(batch)); });
        const std::lock_guard lock(m_workers->mutex);
        m_workers->scanEnded = true;
        QMetaObject::invokeMethod(this, "takeBatch", Qt::QueuedConnection);
    });
    emitEvent(SessionEvent::Kind::Progress);
}

void Session::deliver(catalog::ScanBatch batch)
{
    const std::lock_guard lock(m_workers->mutex);
    m_workers->batches.push_back(std::move(batch));
    if (!std::exchange(m_workers->taking, true))
        QMetaObject::invokeMethod(this, "takeBatch", Qt::QueuedConnection);
}

void Session::takeBatch()
{
    catalog::ScanBatch batch;
    bool more = false;
    bool ended = false;
    {
        const std::lock_guard lock(m_workers->mutex);
        if (!m_workers->batches.empty()) {
            batch = std::move(m_workers->batches.front());
            m_workers->batches.pop_front();
        }
        more = !m_workers->batches.empty();
        m_workers->taking = more;
        ended = m_workers->scanEnded && !more;
    }
    addBatch(batch);
    if (more)
        QMetaObject::invokeMethod(this, "takeBatch", Qt::QueuedConnection);
    else if (ended)
        finishScan();
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
    *m_workers->scanCancel = true;
}

// --- instances

InstanceIds Session::allIds() const
{
    return m_catalog.ids();
}

QList<catalog::InstancePtr> Session::instances(const InstanceIds& ids) const
{
    QList<catalog::InstancePtr> found;
    found.reserve(ids.size());
    for (const InstanceId id : ids)
        if (auto instance = m_catalog.instance(id))
            found << std::move(instance);
    return found;
}

void Session::close(const InstanceIds& instances)
{
    const InstanceIds ids = sorted(instances);
    for (const InstanceId id : ids) {
        m_openPaths.remove(m_pathsOfOpen.take(id));
        m_catalog.remove(id);
        m_editedKeys.remove(id);
    }
    m_failed = without(m_failed, ids);
    m_issues.removeIf([&](const catalog::Issue& issue) {
        const bool isMoot = issue.kind == catalog::Issue::Kind::Incomplete && m_catalog.size() == 0;
        return isMoot || std::binary_search(ids.begin(), ids.end(), issue.instance);
    });
    dropFromEdits(ids);
    emitEvent(SessionEvent::Kind::Closed, ids);
    emitEvent(SessionEvent::Kind::Issues);
}

// --- edits

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

// --- slow work

void Session::run(Lane& lane, QObject* receiver, Job job)
{
    const auto flag = std::make_shared<std::atomic<bool>>(false);
    lane.begin(flag);
    start(flag, receiver, std::move(job));
}

void Session::run(QObject* receiver, Job job)
{
    start(std::make_shared<std::atomic<bool>>(false), receiver, std::move(job));
}

void Session::start(const CancelFlag& flag, QObject* receiver, Job job)
{
    std::erase_if(m_workers->all, [](const CancelFlag& known) { return known.use_count() == 1; });
    m_workers->all.push_back(flag);
    m_workers->pool->run([this, workers = m_workers.get(), evaluator = m_evaluator.get(), flag,
                          job = std::move(job), guard = QPointer<QObject>(receiver)] {
        if (*flag)
            return;
        Answer answer = job({*evaluator, *flag});
        {
            const std::lock_guard lock(workers->answersMutex);
            workers->answers.push_back({flag, guard, std::move(answer)});
        }
        // Answers wait in our own list, not in Qt's event: what they hold goes on the thread that takes
        // them.
        QMetaObject::invokeMethod(this, "takeAnswer", Qt::QueuedConnection);
    });
}

void Session::takeAnswer()
{
    Workers::Delivery delivery;
    {
        const std::lock_guard lock(m_workers->answersMutex);
        delivery = std::move(m_workers->answers.front());
        m_workers->answers.pop_front();
    }
    if (delivery.answer && delivery.guard && !*delivery.flag)
        delivery.answer();
}

void Session::emitEvent(SessionEvent::Kind kind, InstanceIds ids)
{
    Q_EMIT changed(SessionEvent{kind, std::move(ids)});
}

} // namespace edit
