#include "ui/scripts/leave_out_dialog.h"

#include "ui/widgets/parts.h"
#include "ui/widgets/record_model.h"
#include "ui/widgets/screen_fit.h"

#include <QDialogButtonBox>
#include <QLabel>
#include <QPushButton>
#include <QTreeView>
#include <QVBoxLayout>

namespace ui {

namespace {

QString sentence(QString reason)
{
    if (!reason.isEmpty())
        reason[0] = reason[0].toUpper();
    return reason;
}

} // namespace

LeaveOutDialog::LeaveOutDialog(const exporter::ExportedScript& exported, QWidget* parent)
    : QDialog(parent)
{
    setWindowTitle(tr("Export Edits as Script"));
    const bool some = !exported.expressed.isEmpty();
    auto* text = makeText(
        some ? tr("These edits cannot be written as a script. Without them the script does less to the "
                  "originals than saving does.")
             : tr("Nothing that you did can be written as a script."));
    auto* model = new RecordModel<exporter::LeftOut>(
        {{tr("Edit"), [](const exporter::LeftOut& row) { return row.edit; }},
         {tr("Attribute"), [](const exporter::LeftOut& row) { return row.attribute; }},
         {tr("Reason"), [](const exporter::LeftOut& row) { return sentence(row.reason); }}},
        this);
    model->setRecords(exported.leftOut);
    auto* table = makeTable(model, tr("Edits that cannot be exported"));
    fitColumns(table);
    auto* box = new QDialogButtonBox;
    auto* cancel = box->addButton(QDialogButtonBox::Cancel);
    if (some) {
        auto* leave = box->addButton(tr("&Leave These Out"), QDialogButtonBox::AcceptRole);
        leave->setAutoDefault(false);
    }
    auto* layout = new QVBoxLayout(this);
    layout->addWidget(text);
    layout->addWidget(table, 1);
    layout->addWidget(box);
    cancel->setDefault(true);
    connect(box, &QDialogButtonBox::accepted, this, &QDialog::accept);
    connect(box, &QDialogButtonBox::rejected, this, &QDialog::reject);
    resizeWithinScreen(this, {fontMetrics().averageCharWidth() * 110, fontMetrics().height() * 18});
}

} // namespace ui
