#include "ui/saving/recovery.h"

#include "ui/saving/recovery_dialog.h"
#include "ui/widgets/parts.h"
#include "ui/widgets/questions.h"

#include <QDir>
#include <QFileInfo>
#include <QProgressDialog>
#include <QSet>
#include <QTimer>
#include <algorithm>

namespace ui {

namespace {

using State = writer::RecoveredFile::State;

QStringList foldersOf(const QStringList& journals)
{
    QStringList folders;
    for (const QString& journal : journals)
        folders << shownPath(QFileInfo(journal).path());
    folders.removeDuplicates();
    return folders;
}

bool replaces(const writer::JournalContent& save)
{
    return std::any_of(save.entries.begin(), save.entries.end(),
                       [](const writer::JournalEntry& entry) { return entry.oldSize >= 0; });
}

/// What became of the originals of an interrupted save, before anything is done about it.
struct Originals {
    QStringList sentences;
    bool kept = false; ///< some can be put back
};

QString originalsBefore(const writer::JournalContent& save)
{
    if (!replaces(save))
        return Recovering::tr("The save in %1 wrote copies: the originals are untouched where they were.")
            .arg(shownPath(save.folder));
    if (save.originals.isEmpty())
        return Recovering::tr("No originals were kept: files that are new already cannot be put back.");
    if (!save.hasMark())
        return Recovering::tr(
                   "The originals were to be kept in %1, but are not found there: files that are new "
                   "already cannot be put back.")
            .arg(shownPath(save.originals));
    return Recovering::tr("The originals of the files that are new already are in %1.")
        .arg(shownPath(save.originals));
}

Originals originalsOf(const QStringList& journals)
{
    Originals originals;
    for (const QString& journal : journals) {
        const auto save = writer::readJournal(journal);
        if (!save || !save->isBegun())
            continue; // nothing was done, or what is wrong with it is told when it is tried
        originals.sentences << originalsBefore(*save);
        originals.kept = originals.kept || (replaces(*save) && save->hasMark());
    }
    originals.sentences.removeDuplicates();
    return originals;
}

/// Where the originals are when it is done.
QString originalsAfter(const writer::RecoveryReport& report, bool isRestored)
{
    const QString folder = shownPath(report.done.originals);
    const bool mayRemain =
        report.count(State::New) + report.count(State::Changed) + report.count(State::Failed) > 0;
    if (report.hasOriginals)
        return Recovering::tr("The originals are in %1; File ▸ Restore Originals… puts them back.")
            .arg(folder);
    if (report.count(State::Restored) > 0 || isRestored)
        return mayRemain
            ? Recovering::tr("Originals that were not put back are in %1 still.").arg(folder)
            : Recovering::tr("The originals are in their places again; their copies in %1 were removed.")
                  .arg(folder);
    if (report.count(State::New) == 0)
        return mayRemain || report.files.isEmpty() ? QString()
                                                   : Recovering::tr("The originals are in their places.");
    return replaces(report.done)
        ? Recovering::tr("No originals were kept: the files that are new cannot be put back.")
        : Recovering::tr("The new files are copies: the originals are untouched where they were.");
}

} // namespace

Recovering::Recovering(edit::Session& session, Questions& questions, QWidget* window)
    : QObject(window)
    , m_session(session)
    , m_questions(questions)
    , m_window(window)
{
}

QStringList Recovering::journals() const
{
    QStringList found;
    for (const catalog::Issue& issue : m_session.issues())
        if (issue.kind == catalog::Issue::Kind::Interrupted && QFileInfo::exists(issue.path))
            found << issue.path;
    return found;
}

void Recovering::recover()
{
    const QStringList found = journals();
    if (found.isEmpty())
        return;
    const Originals originals = originalsOf(found);
    QStringList details{
        tr("Every file there is the old one or the complete new one. Keep what is done: new files that "
           "were complete take their places, unfinished ones are removed, the rest stays as it was.")};
    QStringList buttons{tr("&Keep What Is Done"), tr("Not Now")};
    if (originals.kept) {
        details << tr("Roll back: besides, the originals are put back where they were kept.");
        buttons.insert(1, tr("&Roll Back"));
    }
    const int answer =
        m_questions.ask(m_window,
                        {Questions::Kind::Question, tr("Recover"),
                         tr("A save was interrupted in %1.").arg(foldersOf(found).join(QStringLiteral(", "))),
                         details.join(u' ') + QStringLiteral("\n\n") + originals.sentences.join(u'\n'),
                         buttons, 0, static_cast<int>(buttons.size()) - 1});
    if (answer == buttons.size() - 1)
        return;
    const auto how = answer == 1 ? writer::Recovery::RollBack : writer::Recovery::Complete;
    run(Task::Recover, [found, how](const writer::RecoveryProgress& progress) {
        QList<Result<writer::RecoveryReport>> results;
        for (const QString& journal : found)
            results << writer::recover(journal, how, progress);
        return results;
    });
}

void Recovering::restore()
{
    QString folder = m_originals;
    if (folder.isEmpty())
        folder = m_questions.folder(m_window, tr("Folder of the Originals"), {});
    if (folder.isEmpty())
        return;
    const QStringList manifests = writer::manifestsOfLastSave(folder);
    if (manifests.isEmpty()) {
        m_questions.ask(m_window,
                        {Questions::Kind::Warning, tr("Restore Originals"),
                         tr("%1 holds no originals of a save.").arg(shownPath(folder)),
                         tr("Choose the folder that the originals were kept in.")});
        return;
    }
    const int answer = m_questions.ask(m_window,
                                       {Questions::Kind::Question,
                                        tr("Restore Originals"),
                                        tr("Put the originals of the last save back?"),
                                        tr("The files that were saved then are replaced by the originals in "
                                           "%1, which are checked first. Files that "
                                           "were changed since are left alone.")
                                            .arg(shownPath(folder)),
                                        {tr("&Restore Originals"), tr("Cancel")},
                                        1,
                                        1});
    if (answer == 0)
        run(Task::Restore, [manifests](const writer::RecoveryProgress& progress) {
            QList<Result<writer::RecoveryReport>> results;
            for (const QString& manifest : manifests)
                results << writer::restoreOriginals(manifest, progress);
            return results;
        });
}

QString Recovering::titleOf(Task task)
{
    return task == Task::Recover ? tr("Recover") : tr("Restore Originals");
}

void Recovering::run(Task task, const Work& work)
{
    struct Steps {
        std::atomic<int> done = 0, total = 0;
    };
    const auto steps = std::make_shared<Steps>();
    auto* shown = new QProgressDialog(tr("Checking files and putting them into place…"), {}, 0, 0, m_window);
    shown->setWindowTitle(titleOf(task));
    shown->setWindowModality(Qt::WindowModal);
    shown->setAutoReset(false);
    shown->setMinimumDuration(500);
    auto* timer = new QTimer(shown);
    connect(timer, &QTimer::timeout, shown, [shown, steps] {
        shown->setMaximum(steps->total);
        shown->setValue(steps->done);
    });
    timer->start(100);
    m_session.run(this,
                  [this, task, work, steps, shown](const edit::Session::Work&) -> edit::Session::Answer {
                      const auto results = work([&steps](int done, int total) {
                          steps->total = total;
                          steps->done = done;
                      });
                      return [this, task, results, shown] {
                          delete shown;
                          show(task, results);
                      };
                  });
}

void Recovering::show(Task task, const QList<Result<writer::RecoveryReport>>& results)
{
    QList<writer::RecoveredFile> files;
    QList<Error> problems;
    QStringList originals;
    for (const auto& result : results) {
        if (!result) {
            problems << result.error();
            continue;
        }
        files += result->files;
        originals << originalsAfter(*result, task == Task::Restore);
        if (result->hasOriginals)
            m_originals = result->done.originals;
    }
    originals.removeAll(QString());
    originals.removeDuplicates();
    QSet<QString> touched;
    for (const writer::RecoveredFile& file : std::as_const(files))
        if (file.state == State::New || file.state == State::Restored)
            touched.insert(QFileInfo(file.path).canonicalFilePath());
    catalog::InstanceIds again;
    for (const auto& instance : m_session.instances(m_session.allIds()))
        if (touched.contains(QFileInfo(instance->path()).canonicalFilePath()))
            again << instance->id;
    if (!again.isEmpty())
        m_session.reload(again);
    QStringList ended;
    for (const catalog::Issue& issue : m_session.issues())
        if (issue.kind == catalog::Issue::Kind::Interrupted && !QFileInfo::exists(issue.path))
            ended << issue.path;
    m_session.settle(ended);
    if (!m_originals.isEmpty() && writer::findManifests(m_originals).isEmpty())
        m_originals.clear(); // they are all back
    const QString note = originals.join(u' ');
    Q_EMIT done((RecoveryDialog::headline(files) + u' ' + note).trimmed());
    RecoveryDialog(titleOf(task), files, note, problems, m_window).exec();
    for (const auto& result : results)
        if (result)
            offerToGoOn(*result);
}

/// Half a study with new UIDs is torn apart unless the other half gets UIDs that fit.
void Recovering::offerToGoOn(const writer::RecoveryReport& report)
{
    if (report.done.job.seed.isEmpty() || report.count(State::New) == 0 || report.count(State::Old) == 0)
        return;
    const int answer =
        m_questions.ask(m_window,
                        {Questions::Kind::Question,
                         tr("Recover"),
                         tr("%1 are new, %2 are as before.")
                             .arg(filesText(report.count(State::New)), filesText(report.count(State::Old))),
                         tr("A new window can open those that are as before, and make new UIDs for them that "
                            "fit those of the new "
                            "files. Do there what you did before."),
                         {tr("Open New &Window"), tr("Not Now")},
                         0,
                         1});
    if (answer == 0)
        Q_EMIT goOnWanted(report);
}

} // namespace ui
