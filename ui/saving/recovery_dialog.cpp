#include "ui/saving/recovery_dialog.h"

#include "ui/widgets/parts.h"
#include "ui/widgets/record_model.h"
#include "ui/widgets/screen_fit.h"

#include <QDialogButtonBox>
#include <QDir>
#include <QLabel>
#include <QLocale>
#include <QTreeView>
#include <QVBoxLayout>
#include <algorithm>
#include <utility>

namespace ui {

namespace {

using writer::RecoveredFile;
using State = RecoveredFile::State;

struct StateWords {
    State state;
    const char* one;
    const char* sum; ///< of the headline
};

/// What needs a look first.
constexpr StateWords states[] = {
    {State::Failed, QT_TRANSLATE_NOOP("ui::RecoveryDialog", "Failed"),
     QT_TRANSLATE_NOOP("ui::RecoveryDialog", "%1 failed")},
    {State::Changed, QT_TRANSLATE_NOOP("ui::RecoveryDialog", "Changed since, left alone"),
     QT_TRANSLATE_NOOP("ui::RecoveryDialog", "%1 changed since and left alone")},
    {State::Old, QT_TRANSLATE_NOOP("ui::RecoveryDialog", "As before"),
     QT_TRANSLATE_NOOP("ui::RecoveryDialog", "%1 as before")},
    {State::New, QT_TRANSLATE_NOOP("ui::RecoveryDialog", "New"),
     QT_TRANSLATE_NOOP("ui::RecoveryDialog", "%1 new")},
    {State::Restored, QT_TRANSLATE_NOOP("ui::RecoveryDialog", "Original put back"),
     QT_TRANSLATE_NOOP("ui::RecoveryDialog", "%1 put back")},
};

int urgency(const RecoveredFile& file)
{
    return static_cast<int>(std::find_if(std::begin(states), std::end(states),
                                         [&](const StateWords& words) { return words.state == file.state; })
                            - std::begin(states));
}

QList<RecoveredFile> sorted(QList<RecoveredFile> files)
{
    std::sort(files.begin(), files.end(), [](const RecoveredFile& a, const RecoveredFile& b) {
        return std::pair(urgency(a), a.path) < std::pair(urgency(b), b.path);
    });
    return files;
}

RecordModel<RecoveredFile>* makeModel(QObject* parent)
{
    const auto reason = [](const RecoveredFile& file) {
        return file.error.reason.isEmpty() ? QString() : file.error.message();
    };
    return new RecordModel<RecoveredFile>(
        {{RecoveryDialog::tr("Outcome"),
          [](const RecoveredFile& file) { return RecoveryDialog::tr(states[urgency(file)].one); }},
         {RecoveryDialog::tr("File"),
          [](const RecoveredFile& file) { return QDir::toNativeSeparators(file.path); }},
         {RecoveryDialog::tr("Reason"), reason}},
        parent);
}

} // namespace

QString RecoveryDialog::headline(const QList<RecoveredFile>& files)
{
    QStringList sums;
    for (const StateWords& words : states) {
        const auto count = std::count_if(
            files.begin(), files.end(), [&](const RecoveredFile& file) { return file.state == words.state; });
        if (count > 0)
            sums << tr(words.sum).arg(QLocale().toString(count));
    }
    return sums.isEmpty() ? tr("No file had been touched.")
                          : tr("Of %1: %2.").arg(filesText(files.size()), sums.join(QStringLiteral(", ")));
}

RecoveryDialog::RecoveryDialog(const QString& title, const QList<RecoveredFile>& files,
                               const QString& originals, const QList<Error>& problems, QWidget* parent)
    : QDialog(parent)
{
    setWindowTitle(title);
    auto* layout = new QVBoxLayout(this);
    layout->addWidget(makeHeading(headline(files)));
    if (!originals.isEmpty())
        layout->addWidget(makeText(originals));
    for (const Error& problem : problems)
        layout->addWidget(makeText(problem.message()));
    auto* model = makeModel(this);
    model->setRecords(sorted(files));
    QTreeView* table = makeTable(model, tr("Files"));
    layout->addWidget(table, 1);
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Close);
    layout->addWidget(buttons);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    resizeWithinScreen(this, {fontMetrics().averageCharWidth() * 110, fontMetrics().height() * 24});
    fitColumns(table, 70);
}

} // namespace ui
