#include "core/edit/session.h"

#include "core/edit/instance_ids.h"
#include "core/edit/seed.h"

#include <algorithm>

namespace edit {

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
    , m_scanner(std::make_unique<Scanner>([this](const catalog::ScanBatch& batch) { addBatch(batch); },
                                          [this] { finishScan(); }))
    , m_jobs(std::make_unique<Jobs>())
{
    qRegisterMetaType<SessionEvent>();
    dicom::initialiseLibrary();
}

Session::~Session()
{
    // All at once first: waiting for one must not give the others time.
    m_scanner->stop();
    m_jobs->cancel();
    m_scanner.reset();
    m_jobs.reset();
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

// --- slow work

void Session::run(Lane& lane, QObject* receiver, Job job)
{
    m_jobs->run(lane, receiver, task(std::move(job)));
}

void Session::run(QObject* receiver, Job job)
{
    m_jobs->run(receiver, task(std::move(job)));
}

Jobs::Task Session::task(Job job)
{
    return [evaluator = m_evaluator.get(), job = std::move(job)](const std::atomic<bool>& cancelled) {
        return job({*evaluator, cancelled});
    };
}

void Session::emitEvent(SessionEvent::Kind kind, InstanceIds ids)
{
    Q_EMIT changed(SessionEvent{kind, std::move(ids)});
}

} // namespace edit
