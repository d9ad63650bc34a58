#pragma once

#include "core/catalog/catalog.h"
#include "core/catalog/scan.h"
#include "core/edit/edit.h"
#include "core/edit/jobs.h"
#include "core/edit/merge.h"
#include "core/edit/scanner.h"

#include <QObject>
#include <QSet>
#include <functional>
#include <memory>

namespace edit {

/// What changed in a session; one notice for all its views.
struct SessionEvent {
    enum class Kind {
        Loaded, ///< `instances` were added to the catalog
        Closed, ///< `instances` were removed from it
        Edited, ///< the edit list changed: `instances` may have other values now
        Labels, ///< edited tree labels and the number of edited instances are known now: `instances`
        Reloading, ///< `instances` were overwritten and read again: they are about to go and come back
        Reloaded, ///< `instances` were overwritten and read again: same ids, new content, edits gone
        Issues, ///< the list of issues changed
        Progress, ///< scan counts changed
        ScanFinished, ///< the scan ended or was cancelled
    };
    Kind kind{};
    InstanceIds instances = {};
};

struct ScanProgress {
    bool running = false;
    bool listed = false; ///< `found` is final
    int seen = 0, found = 0, loaded = 0, notLoaded = 0;
    int foundBefore = 0; ///< of `found`: by scans that have ended
    bool dropped = false; ///< something that waited to be read was never begun
    bool cancelled = false; ///< by the user: files that were asked for were not looked at
};

/// The document: the open instances and the list of edits, and the one door for changing them. Lives on one
/// thread (its window's); slow work goes to std::threads of its own, whose answers arrive on that thread.
/// Nothing here touches the disk but for reading.
class Session : public QObject {
    Q_OBJECT
public:
    /// Without a seed in the context a random one is made.
    explicit Session(Context context = {}, QObject* parent = nullptr);
    ~Session() override; ///< stops and joins the workers

    // --- instances

    /// Scans files and folders in the background and adds what they hold; files that are open already are not
    /// read again. Calls while a scan runs are queued.
    void open(const QStringList& paths);
    /// What was asked for and not read wholly stands among the issues (Incomplete) until it is opened again
    /// and read to its end.
    void cancelScan();
    /// Removes instances, and them from the edits. Edits without instances are dropped.
    void close(const InstanceIds& instances);
    const catalog::Catalog& catalog() const { return m_catalog; }
    /// Observes insertions and removals in the catalog as they happen (for an item model). Not owned.
    void setCatalogObserver(catalog::CatalogObserver* observer) { m_catalog.setObserver(observer); }
    InstanceIds allIds() const;
    QList<catalog::InstancePtr> instances(const InstanceIds& ids) const;
    const QList<catalog::Issue>& issues() const { return m_issues; }
    /// What these paths of files that are not open were listed for is settled. Emits Issues.
    void settle(const QStringList& paths);
    const ScanProgress& progress() const { return m_progress; }

    // --- edits; undo and redo belong to the caller: append() does and redoes, takeLast() undoes

    const EditList& edits() const { return m_edits; }
    void append(EditPtr edit);
    EditPtr takeLast();
    /// Open instances that an edit of all files does not name because they were opened after it.
    InstanceIds missedByAllFileEdits() const;
    /// Lets the edits of all files name every open instance. Emits Edited.
    void extendAllFileEdits();
    /// After the Labels event: instances whose values differ from their files, and the labels that they then
    /// have.
    bool isEdited(InstanceId id) const { return m_editedKeys.contains(id); }
    int editedCount() const { return static_cast<int>(m_editedKeys.size()); }
    /// After the Labels event: instances that an edit cannot be applied to; they are among the issues until
    /// that is solved.
    int failedCount() const { return static_cast<int>(m_failed.size()); }
    /// Tree keys after the edits; those of the file where nothing was edited.
    catalog::TreeKeys keysOf(InstanceId id) const;

    bool isSaved() const { return m_savedEdits == m_edits; }
    void markSaved() { m_savedEdits = m_edits; }
    /// After an overwrite: reads these files again in the background, then drops them from the edits (the
    /// others keep theirs) and emits Reloaded. One that cannot be read again is closed and stands among the
    /// issues: what was read before is not what the file holds.
    void reload(const InstanceIds& written);

    // --- slow work

    Evaluator& evaluator() { return *m_evaluator; }
    /// What a job may use besides its own values. Windows and dialogs may be gone while it runs, the session
    /// not: so a job asks this for the evaluator, and nothing else for anything.
    struct Work {
        Evaluator& evaluator;
        const std::atomic<bool>& cancelled;
    };
    /// Runs `job` on a worker; what it returns is called on this thread, unless `receiver` is gone or the
    /// lane has gone on to another job, was cancelled or is gone, which turns the job's cancel flag true
    /// besides. Everything that the job itself uses must be a value of its own.
    using Answer = Jobs::Answer;
    using Job = std::function<Answer(const Work& work)>;
    void run(Lane& lane, QObject* receiver, Job job);
    /// A job that is done to its end, whatever is started after it.
    void run(QObject* receiver, Job job);

Q_SIGNALS:
    void changed(const edit::SessionEvent& event);

private:
    Jobs::Task task(Job job);
    void addBatch(const catalog::ScanBatch& batch);
    void noteIncomplete();
    void noteUnread(const catalog::Issue& issue);
    void noteIssuesOf(const catalog::Instance& instance);
    void replace(const QList<catalog::InstancePtr>& fresh);
    void dropUnread(const QList<catalog::Issue>& unread);
    void replaceNext(const QList<catalog::InstancePtr>& fresh, qsizetype from);
    void startNextScan();
    void finishScan();
    void emitEvent(SessionEvent::Kind kind, InstanceIds ids = {});
    void updateLabels(const InstanceIds& ids);
    void noteFailures(const InstanceIds& looked, const QList<catalog::Issue>& failures);
    void dropFromEdits(const InstanceIds& ids);

    std::unique_ptr<Evaluator> m_evaluator;
    catalog::Catalog m_catalog;
    EditList m_edits, m_savedEdits;
    QList<catalog::Issue> m_issues;
    ScanProgress m_progress;
    QHash<InstanceId, catalog::TreeKeys> m_editedKeys;
    InstanceIds m_failed; ///< whose edits cannot be applied
    Lane m_labelling;
    InstanceIds m_labelsWanted; ///< edited since, labels not yet known
    QList<QStringList> m_queue;
    QStringList m_scanned; ///< what the scans since the list was last complete were asked for
    QSet<QString> m_openPaths, m_unreadPaths;
    QHash<InstanceId, QString> m_pathsOfOpen; ///< as in m_openPaths; the medium may be gone when it is closed
    InstanceId m_nextId = 0;
    std::unique_ptr<Scanner> m_scanner;
    std::unique_ptr<Jobs> m_jobs; ///< last: joined before what the jobs use is gone
};

} // namespace edit
