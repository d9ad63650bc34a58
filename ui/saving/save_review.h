#pragma once

#include "core/edit/edit.h"
#include "core/edit/merge.h"
#include "core/write/destination.h"
#include "ui/widgets/record_model.h"

#include <atomic>

namespace ui {

/// Something to know before the files are written.
struct SaveNotice {
    enum class Kind {
        Problem, ///< nothing can be written until it is solved
        NotWritten, ///< this file will not be written, the others will
        Warning,
        Note ///< what else is different in the files that change
    };
    Kind kind{};
    QString file;
    QString text;
};

/// What saving would do. Made on a worker, from values.
struct SaveReview {
    writer::Plan plan;
    QList<edit::MergedAttribute> changes;
    QList<SaveNotice> notices; ///< problems first
    QList<writer::PlannedFile> toWrite; ///< planned files that will be written
    int unedited = 0; ///< of these, files whose values are those of the source
    int leftAlone = 0; ///< planned files that overwriting would not change: they are not written
    bool hasProblems() const
    {
        return !notices.isEmpty() && notices.first().kind == SaveNotice::Kind::Problem;
    }
};

struct SaveRequest {
    QList<catalog::InstancePtr> instances; ///< to be written
    QList<catalog::InstancePtr> others; ///< open, but not to be written
    QList<catalog::Issue> issues; ///< of the session: files that are not open lie among them
    edit::EditList edits;
    writer::Destination destination;
};

SaveReview reviewSave(const SaveRequest& request, edit::Evaluator& evaluator,
                      const std::atomic<bool>& cancel);

using ChangeModel = RecordModel<edit::MergedAttribute>;
using NoticeModel = RecordModel<SaveNotice>;
using PlannedFileModel = RecordModel<writer::PlannedFile>;

/// Tag, name, action, before, after, in how many files.
ChangeModel* makeChangeModel(QObject* parent);
NoticeModel* makeNoticeModel(QObject* parent);
PlannedFileModel* makePlannedFileModel(QObject* parent);

/// "value" or "4 values: a, b, c, d…" of the values that a changed attribute had or has.
QString valuesText(const QList<edit::DistinctValue>& values);

/// The folders that the files go into, each once, those of whole inputs shortened to their common part.
QStringList targetFolders(const writer::Plan& plan);

} // namespace ui
