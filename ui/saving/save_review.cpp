#include "ui/saving/save_review.h"

#include "core/job/script_effects.h"
#include "ui/widgets/parts.h"

#include <QCoreApplication>
#include <QDir>
#include <QFileInfo>
#include <QHash>
#include <QSet>
#include <algorithm>

namespace ui {

namespace {

QString translated(const char* text)
{
    return QCoreApplication::translate("SaveReview", text);
}

QString sentence(const Error& error)
{
    QString text =
        error.attribute.isEmpty() ? error.reason : error.attribute + QStringLiteral(": ") + error.reason;
    if (!text.isEmpty())
        text[0] = text[0].toUpper();
    return error.remedy.isEmpty() ? text + u'.' : QStringLiteral("%1. %2.").arg(text, error.remedy);
}

SaveNotice noticeOf(const Error& error, SaveNotice::Kind kind)
{
    return {kind, error.file, sentence(error)};
}

/// What is not seen in the attributes of files, and how many files it is true of.
struct SideEffects {
    int preambles = 0; ///< are cleared
    int lengths = 0; ///< are encoded otherwise
    int keptPreambles = 0; ///< stay as they are in files that are copied

    void add(const dicom::LoadedFile& file, bool isRewritten)
    {
        preambles += isRewritten && !file.hasClearPreamble ? 1 : 0;
        keptPreambles += !isRewritten && !file.hasClearPreamble ? 1 : 0;
        lengths += isRewritten && file.hasOtherLengths ? 1 : 0;
    }

    void tell(SaveReview& review) const
    {
        const auto note = [&](int files, SaveNotice::Kind kind, const char* words) {
            if (files > 0)
                review.notices << SaveNotice{kind, {}, translated(words).arg(filesText(files))};
        };
        note(
            preambles, SaveNotice::Kind::Note,
            QT_TRANSLATE_NOOP("SaveReview", "The bytes before the file meta information are cleared in %1."));
        note(lengths, SaveNotice::Kind::Note,
             QT_TRANSLATE_NOOP("SaveReview",
                               "Lengths of sequences and groups are encoded anew in %1; values are not."));
        note(keptPreambles, SaveNotice::Kind::Warning,
             QT_TRANSLATE_NOOP(
                 "SaveReview",
                 "No edit changes %1 that hold something before the file meta information: it stays."));
    }
};

/// What the scripts among the edits remarked of what they computed, which was told when they were applied, to
/// files that may be others now.
void addRemarks(const SaveRequest& request, const job::ScriptEffects& effects, SaveReview& review)
{
    for (const edit::EditPtr& edit : request.edits)
        if (const auto* run = std::get_if<edit::ScriptRun>(&edit->operation))
            if (const job::ScriptEffect* effect = effects.of(run->script))
                for (const auto& [remark, files] : effect->remarks.asKeyValueRange())
                    review.notices << SaveNotice{
                        SaveNotice::Kind::Warning,
                        {},
                        translated("%1, in %2: %3")
                            .arg(run->name.isEmpty() ? translated("Script") : run->name, filesText(files),
                                 remark)};
}

/// Notes files whose edits fail; the paths of those whose values stay as they are.
QSet<QString> tryEdits(const SaveRequest& request, edit::Evaluator& evaluator,
                       const std::atomic<bool>& cancel, SaveReview& review)
{
    QSet<QString> unedited;
    SideEffects effects;
    job::ScriptEffects scripts;
    for (const catalog::InstancePtr& instance : request.instances) {
        if (cancel)
            break;
        const auto result = evaluator.evaluate(*instance, request.edits);
        if (!result) {
            review.notices << noticeOf(result.error(), SaveNotice::Kind::NotWritten);
            review.notices.last().file = instance->path();
        } else if (!result->rewritten) {
            unedited.insert(instance->path());
        }
        if (!result)
            continue;
        effects.add(instance->kept(), result->rewritten);
        scripts.add(*result);
    }
    effects.tell(review);
    addRemarks(request, scripts, review);
    return unedited;
}

/// Warnings of the plan; those of files that were changed on disk since they were read mean that these are
/// not written.
void addWarnings(const SaveRequest& request, SaveReview& review)
{
    QHash<QString, dicom::FileStamp> stamps;
    for (const catalog::InstancePtr& instance : request.instances)
        stamps.insert(instance->path(), instance->stamp);
    for (const Error& warning : review.plan.warnings) {
        auto kind = SaveNotice::Kind::Warning;
        if (const auto known = stamps.constFind(warning.file); known != stamps.constEnd()) {
            const auto now = dicom::stampOf(warning.file);
            if (!now || !(*now == *known))
                kind = SaveNotice::Kind::NotWritten;
        }
        review.notices << noticeOf(warning, kind);
    }
}

bool isBelow(const QString& path, const QSet<QString>& folders)
{
    return std::any_of(folders.begin(), folders.end(),
                       [&](const QString& folder) { return path.startsWith(folder + u'/'); });
}

/// "a, b, c and 12 more"
QString namesText(const QStringList& paths)
{
    QStringList names;
    for (const QString& path : paths.mid(0, 3))
        names << QFileInfo(path).fileName();
    const QString shown = names.join(QStringLiteral(", "));
    return paths.size() <= 3 ? shown : translated("%1 and %2 more").arg(shown).arg(paths.size() - 3);
}

void addNeighbours(const QStringList& paths, const QString& words, SaveReview& review)
{
    if (!paths.isEmpty())
        review.notices << SaveNotice{SaveNotice::Kind::Warning, paths.first(), words.arg(namesText(paths))};
}

/// Whoever stopped the reading may not remember it when saving.
void addIncomplete(const SaveRequest& request, SaveReview& review)
{
    for (const catalog::Issue& issue : request.issues)
        if (issue.kind == catalog::Issue::Kind::Incomplete)
            review.notices << SaveNotice{SaveNotice::Kind::Warning, issue.path,
                                         sentence({Error::Kind::Cancelled, issue.reason, issue.remedy})};
}

/// What stays as it is in the folders of overwritten files, and may hold the identity still.
void addNeighbours(const SaveRequest& request, SaveReview& review)
{
    if (request.destination.kind != writer::Destination::Kind::Overwrite)
        return;
    QSet<QString> folders;
    for (const catalog::InstancePtr& instance : request.instances)
        folders.insert(QDir::cleanPath(instance->root()));
    QStringList directories, damaged, files, images;
    for (const catalog::Issue& issue : request.issues)
        if (issue.notLoaded() && issue.kind != catalog::Issue::Kind::Incomplete
            && isBelow(issue.path, folders))
            (issue.kind == catalog::Issue::Kind::Directory      ? directories
                 : issue.kind == catalog::Issue::Kind::NotDicom ? files
                                                                : damaged)
                << issue.path;
    for (const catalog::InstancePtr& instance : request.others)
        if (isBelow(instance->path(), folders))
            images << instance->path();
    addNeighbours(directories,
                  translated("Stays as it is: a DICOMDIR repeats names and IDs of the patients (%1)"),
                  review);
    addNeighbours(damaged,
                  translated("Stays as it is: damaged or unreadable files may hold the identity (%1)"),
                  review);
    addNeighbours(images, translated("Stays as it is: open images that were not chosen (%1)."), review);
    addNeighbours(files, translated("Stays as it is: other files may hold the identity (%1)."), review);
}

/// Sorts the planned files out as the writer will: what overwriting would not change is left alone.
void findWritable(const SaveRequest& request, const QSet<QString>& unedited, SaveReview& review)
{
    const bool overwrites = request.destination.kind == writer::Destination::Kind::Overwrite;
    QSet<QString> notWritten;
    for (const SaveNotice& notice : review.notices)
        if (notice.kind == SaveNotice::Kind::NotWritten)
            notWritten.insert(notice.file);
    for (const writer::PlannedFile& file : review.plan.files) {
        const dicom::LoadedFile& source = file.instance->kept();
        if (notWritten.contains(source.path))
            continue;
        const bool isUnedited = unedited.contains(source.path);
        if (overwrites && isUnedited) {
            ++review.leftAlone;
            continue;
        }
        review.unedited += isUnedited ? 1 : 0;
        review.toWrite << file;
    }
}

} // namespace

SaveReview reviewSave(const SaveRequest& request, edit::Evaluator& evaluator, const std::atomic<bool>& cancel)
{
    SaveReview review;
    review.plan = writer::plan(request.instances, request.destination);
    for (const Error& problem : review.plan.problems)
        review.notices << noticeOf(problem, SaveNotice::Kind::Problem);
    const QSet<QString> unedited = tryEdits(request, evaluator, cancel, review);
    addIncomplete(request, review);
    addNeighbours(request, review);
    addWarnings(request, review);
    std::stable_sort(review.notices.begin(), review.notices.end(),
                     [](const SaveNotice& a, const SaveNotice& b) { return a.kind < b.kind; });
    findWritable(request, unedited, review);
    review.changes = edit::changes(request.instances, request.edits, evaluator, cancel);
    return review;
}

QStringList targetFolders(const writer::Plan& plan)
{
    QStringList folders;
    QSet<QString> known;
    for (const writer::PlannedFile& file : plan.files) {
        QString folder = QFileInfo(file.target).path();
        // What lies below the opened folder is mirrored: the folder that stands for it says enough.
        const QString root = QFileInfo(file.instance->root()).canonicalFilePath();
        const QString below = QDir(root).relativeFilePath(QFileInfo(file.source).path());
        if (below != QStringLiteral(".") && folder.endsWith(u'/' + below))
            folder.chop(below.size() + 1);
        if (!known.contains(folder))
            folders << folder;
        known.insert(folder);
    }
    return folders;
}

} // namespace ui
