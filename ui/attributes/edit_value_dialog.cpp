#include "ui/attributes/edit_value_dialog.h"
#include "ui/widgets/screen_fit.h"

#include "core/dicom/value.h"
#include "ui/attributes/value_field.h"
#include "ui/widgets/parts.h"
#include "ui/widgets/record_model.h"

#include <QDialogButtonBox>
#include <QItemSelectionModel>
#include <QLabel>
#include <QPushButton>
#include <QTreeView>
#include <QVBoxLayout>

namespace ui {

namespace {

struct PresentValue {
    QString shown;
    QString text; ///< whole
    bool editable = true; ///< it can be put into the field
    int count = 0;
};
using PresentModel = RecordModel<PresentValue>;

QList<PresentValue> presentValues(const QList<edit::DistinctValue>& values)
{
    QList<PresentValue> result;
    for (const edit::DistinctValue& value : values) {
        if (!value.element)
            continue;
        const bool editable = !value.element->isInSource() && !value.element->isSequence();
        QString shown = dicom::shortText(*value.element, value.characterSet);
        if (shown.isEmpty())
            shown = EditValueDialog::tr("(empty)");
        result << PresentValue{shown, dicom::valueText(*value.element, value.characterSet), editable,
                               value.count};
    }
    return result;
}

QString summaryOf(const edit::MergedAttribute& attribute, int instances)
{
    if (attribute.values.isEmpty())
        return EditValueDialog::tr("Deleted in %1. These values stand in the files on disk:")
            .arg(filesText(instances));
    const auto different = attribute.values.size();
    if (different == 1 && attribute.present == attribute.instances)
        return EditValueDialog::tr("The same value in %1.").arg(filesText(instances));
    if (different == 1)
        return EditValueDialog::tr("One value, in %1 of %2.")
            .arg(attribute.present)
            .arg(filesText(instances));
    return EditValueDialog::tr("%1 different values in %2. Choose one, or type a new one.")
        .arg(different)
        .arg(filesText(instances));
}

} // namespace

EditValueDialog::EditValueDialog(const edit::MergedAttribute& attribute, int instances, QWidget* parent)
    : QDialog(parent)
    , m_field(new ValueField)
{
    setWindowTitle(tr("Edit %1 %2").arg(attribute.name, dicom::toString(attribute.path.tag())));
    auto* values = makeValues(attribute);
    auto* label = new QLabel(tr("New &value:"));
    m_field->setInputName(tr("New value"));
    m_field->setRules(rulesFor(attribute));
    label->setBuddy(m_field);

    auto* layout = new QVBoxLayout(this);
    auto* summary = makeText(summaryOf(attribute, instances));
    layout->addWidget(summary);
    if (attribute.path.isNested())
        layout->addWidget(makeText(tr("Inside a sequence: %1").arg(attribute.path.toString())));
    layout->addWidget(values, 1);
    layout->addWidget(label);
    layout->addWidget(m_field);
    layout->addWidget(makeButtons(attribute));
    m_set->setDefault(true); // only a button that is in the dialog already can be its default

    connect(m_field, &ValueField::changed, this, [this] { m_set->setEnabled(m_field->isAcceptable()); });
    const auto present = presentValues(attribute.values.isEmpty() ? attribute.originals : attribute.values);
    if (!present.isEmpty() && present.first().editable)
        m_field->setText(present.first().text);
    m_field->selectAll();
    m_field->input()->setFocus();
    m_set->setEnabled(m_field->isAcceptable());
    resizeWithinScreen(this, {fontMetrics().averageCharWidth() * 80, fontMetrics().height() * 22});
}

QWidget* EditValueDialog::makeValues(const edit::MergedAttribute& attribute)
{
    auto* model =
        new PresentModel({{tr("Present value"), [](const PresentValue& value) { return value.shown; },
                           [](const PresentValue& value) { return value.text; }},
                          {attribute.path.isNested() ? tr("Places") : tr("Files"),
                           [](const PresentValue& value) { return QLocale().toString(value.count); }}},
                         this);
    model->setRecords(presentValues(attribute.values.isEmpty() ? attribute.originals : attribute.values));
    QTreeView* view = makeTable(model, tr("Present values"));
    view->setSelectionMode(QAbstractItemView::SingleSelection);
    view->setColumnWidth(0, fontMetrics().averageCharWidth() * 60);
    connect(view->selectionModel(), &QItemSelectionModel::currentRowChanged, this,
            [this, model](const QModelIndex& current) {
                if (!current.isValid() || !model->records()[current.row()].editable)
                    return;
                m_field->setText(model->records()[current.row()].text);
            });
    connect(view, &QTreeView::activated, this, [this] {
        if (m_field->isAcceptable())
            choose(Choice::Set);
    });
    return view;
}

QWidget* EditValueDialog::makeButtons(const edit::MergedAttribute& attribute)
{
    auto* box = new QDialogButtonBox(QDialogButtonBox::Cancel);
    const auto add = [&](const QString& words, Choice choice, const QString& tip) {
        QPushButton* button = box->addButton(words, QDialogButtonBox::ActionRole);
        button->setToolTip(tip);
        button->setAutoDefault(false);
        connect(button, &QPushButton::clicked, this, [this, choice] { this->choose(choice); });
        return button;
    };
    add(tr("C&lear"), Choice::Clear, tr("Keep the attribute, without a value"))
        ->setEnabled(attribute.present > 0);
    add(tr("&Delete"), Choice::Delete, tr("Remove the attribute from the files"))
        ->setEnabled(attribute.present > 0);
    add(tr("&Revert"), Choice::Revert, tr("The value that stands in the file again"))
        ->setEnabled(attribute.isEdited());
    m_set = box->addButton(tr("&Set"), QDialogButtonBox::AcceptRole);
    connect(box, &QDialogButtonBox::accepted, this, [this] { choose(Choice::Set); });
    connect(box, &QDialogButtonBox::rejected, this, &QDialog::reject);
    return box;
}

void EditValueDialog::choose(Choice choice)
{
    m_choice = choice;
    accept();
}

QString EditValueDialog::text() const
{
    return m_field->text();
}

bool EditValueDialog::reencode() const
{
    return m_field->reencode();
}

} // namespace ui
