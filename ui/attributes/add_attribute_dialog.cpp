#include "ui/attributes/add_attribute_dialog.h"
#include "ui/widgets/screen_fit.h"

#include "core/dicom/dictionary.h"
#include "core/dicom/private_blocks.h"
#include "core/dicom/value.h"
#include "ui/attributes/value_field.h"
#include "ui/widgets/parts.h"

#include <QComboBox>
#include <QCompleter>
#include <QDialogButtonBox>
#include <QFormLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QStringListModel>
#include <QVBoxLayout>
#include <algorithm>

namespace ui {

namespace {

using dicom::Tag;
using dicom::Vr;

/// "(0010,0010) Patient's Name PatientName": found by any part of it.
QStringList completions()
{
    QStringList texts;
    for (const auto& [tag, entry] : dicom::standardEntries())
        if (!tag.isFileMeta() && !tag.isGroupLength() && entry.vr != Vr::SQ && !entry.name.isEmpty())
            texts << QStringLiteral("%1 %2 %3").arg(dicom::toString(tag), entry.name, entry.keyword);
    return texts;
}

/// What the user typed, or a whole line of the completion list, which begins with the tag.
std::optional<Tag> tagFrom(const QString& text)
{
    const QString typed = text.trimmed();
    if (const auto tag = dicom::findByText(typed))
        return tag;
    const auto end = typed.indexOf(u')');
    return typed.startsWith(u'(') && end > 0 ? dicom::parseTag(typed.left(end + 1)) : std::nullopt;
}

QList<dicom::CharacterSet> characterSetsOf(const QList<catalog::InstancePtr>& instances)
{
    QList<QByteArray> declared;
    QList<dicom::CharacterSet> sets;
    for (const catalog::InstancePtr& instance : instances) {
        const QByteArray value = instance->kept().dataSet.bytes(dicom::tags::SpecificCharacterSet);
        if (declared.contains(value))
            continue;
        declared << value;
        sets << dicom::characterSetOf(instance->kept().dataSet);
    }
    return sets;
}

int countWith(const QList<catalog::InstancePtr>& instances, const edit::EditList& edits,
              edit::Evaluator& evaluator, const dicom::AttributePath& path, const std::atomic<bool>& cancel)
{
    int count = 0;
    for (const catalog::InstancePtr& instance : instances) {
        if (cancel)
            return -1;
        const auto result = evaluator.evaluate(*instance, edits);
        const dicom::DataSet& dataSet = result ? result->dataSet : instance->kept().dataSet;
        const Tag tag = path.tag();
        const bool isInBlock = tag.isPrivate() && !tag.isPrivateCreator();
        const quint16 block = isInBlock ? dicom::blockOf(dataSet, tag.group, path.creator()) : quint16{0};
        const bool here =
            isInBlock ? block != 0 && dataSet.contains(dicom::inBlock(tag, block)) : dataSet.contains(tag);
        count += here ? 1 : 0;
    }
    return count;
}

bool haveSignedPixels(const QList<catalog::InstancePtr>& instances)
{
    return std::any_of(instances.begin(), instances.end(),
                       [](const auto& instance) { return dicom::hasSignedPixels(instance->kept().dataSet); });
}

QString vrText(const dicom::DictionaryEntry& entry)
{
    return entry.followsSign ? AddAttributeDialog::tr("US or SS, by Pixel Representation")
                             : QString(dicom::name(entry.vr));
}

} // namespace

AddAttributeDialog::AddAttributeDialog(edit::Session& session, catalog::InstanceIds selected, QWidget* parent)
    : QDialog(parent)
    , m_session(session)
    , m_selected(std::move(selected))
    , m_characterSets(characterSetsOf(session.instances(m_selected)))
    , m_hasSignedPixels(haveSignedPixels(session.instances(m_selected)))
    , m_form(new QFormLayout)
    , m_attribute(new QLineEdit)
    , m_known(makeText())
    , m_creator(new QLineEdit)
    , m_vr(new QComboBox)
    , m_value(new ValueField)
    , m_reason(makeText())
{
    setWindowTitle(tr("Add New Attribute to %1").arg(filesTitle(m_selected.size())));
    makeFields();
    auto* box = new QDialogButtonBox(QDialogButtonBox::Cancel);
    m_add = box->addButton(tr("A&dd to %1").arg(filesTitle(m_selected.size())), QDialogButtonBox::AcceptRole);
    auto* layout = new QVBoxLayout(this);
    layout->addLayout(m_form);
    layout->addStretch();
    layout->addWidget(m_reason);
    layout->addWidget(box);
    m_add->setDefault(true); // only a button that is in the dialog already can be its default
    connect(box, &QDialogButtonBox::accepted, this, &AddAttributeDialog::finish);
    connect(box, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(this, &QDialog::finished, this, [this] { m_lane.cancel(); });
    connect(m_attribute, &QLineEdit::textChanged, this, &AddAttributeDialog::updateAttribute);
    connect(m_creator, &QLineEdit::textChanged, this, &AddAttributeDialog::updateAttribute);
    connect(m_vr, &QComboBox::activated, this, [this] {
        m_vrChosen = vr();
        updateState();
    });
    connect(m_value, &ValueField::changed, this, &AddAttributeDialog::updateState);
    updateAttribute();
    resizeWithinScreen(this, {fontMetrics().averageCharWidth() * 85, sizeHint().height()});
}

void AddAttributeDialog::makeFields()
{
    auto* completer = new QCompleter(completions(), this);
    completer->setCaseSensitivity(Qt::CaseInsensitive);
    completer->setFilterMode(Qt::MatchContains);
    completer->setMaxVisibleItems(12);
    m_attribute->setCompleter(completer);
    m_attribute->setPlaceholderText(tr("Tag, keyword or name: 0010,4000 or PatientComments"));
    m_attribute->setClearButtonEnabled(true);
    m_attribute->setAccessibleName(tr("Attribute"));
    m_known->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::MinimumExpanding);
    m_known->setMinimumHeight(fontMetrics().lineSpacing() * 2);
    m_known->setAlignment(Qt::AlignLeft | Qt::AlignTop);
    m_creator->setPlaceholderText(tr("As it stands in the files: GEMS_ACQU_01"));
    m_creator->setAccessibleName(tr("Private creator"));
    m_vr->setAccessibleName(tr("Value representation"));
    m_value->setInputName(tr("Value"));
    for (int i = 0; i <= static_cast<int>(Vr::UV); ++i)
        if (const Vr vr = static_cast<Vr>(i); vr != Vr::SQ)
            m_vr->addItem(QString(dicom::name(vr)), i);
    m_form->addRow(tr("&Attribute:"), m_attribute);
    m_form->addRow(QString(), m_known);
    m_form->addRow(tr("Private c&reator:"), m_creator);
    m_form->addRow(tr("Value re&presentation:"), m_vr);
    m_form->addRow(tr("&Value:"), m_value);
    m_form->setFieldGrowthPolicy(QFormLayout::ExpandingFieldsGrow);
}

dicom::AttributePath AddAttributeDialog::path() const
{
    return dicom::AttributePath(*m_tag, m_tag->isPrivate() ? m_creator->text().trimmed() : QString());
}

dicom::Vr AddAttributeDialog::vr() const
{
    return static_cast<Vr>(m_vr->currentData().toInt());
}

void AddAttributeDialog::updateAttribute()
{
    m_tag = tagFrom(m_attribute->text());
    const bool isPrivate = m_tag && m_tag->isPrivate();
    m_form->setRowVisible(m_creator, isPrivate);
    const auto* entry = m_tag ? dicom::find(*m_tag, m_creator->text().trimmed()) : nullptr;
    const bool known = entry && entry->vr != Vr::UN;
    m_form->setRowVisible(m_vr, m_tag && !known);
    const Vr chosen = known ? dicom::vrIn(m_hasSignedPixels, *entry) : m_vrChosen.value_or(Vr::LO);
    m_vr->setCurrentIndex(m_vr->findData(static_cast<int>(chosen)));
    if (!m_tag)
        m_known->setText(m_attribute->text().trimmed().isEmpty()
                             ? tr("Start typing; the list shows what fits.")
                             : tr("No attribute has this tag, keyword or name."));
    else if (known)
        m_known->setText(tr("%1 %2 · value representation %3 · number of values %4%5")
                             .arg(entry->name, dicom::toString(*m_tag), vrText(*entry),
                                  entry->vm.isEmpty() ? tr("any") : entry->vm,
                                  entry->retired ? tr(" · retired") : QString()));
    else
        m_known->setText(
            tr("%1 is in no dictionary: choose what kind of value it holds.").arg(dicom::toString(*m_tag)));
    countPresent();
    updateState();
}

/// Why the attribute cannot be added; empty when it can.
QString AddAttributeDialog::refusal() const
{
    if (!m_tag)
        return tr("Choose an attribute.");
    if (m_tag->isFileMeta() || m_tag->group < 0x0008 || m_tag->isGroupLength())
        return tr("The program itself keeps this attribute right when it writes the file.");
    if (m_tag->isPrivateCreator())
        return tr("Creators are added together with the first attribute of their block.");
    if (const auto* entry = dicom::find(*m_tag, m_creator->text().trimmed()); entry && entry->vr == Vr::SQ)
        return tr("A sequence has no value of its own and cannot be added here.");
    if (!m_tag->isPrivate())
        return {};
    if (m_tag->creatorTag().element == 0)
        return tr("A private attribute has an element number from 1000 to FFFF.");
    const QString creator = m_creator->text().trimmed();
    if (creator.isEmpty())
        return tr("A private attribute needs the name of its creator.");
    const QStringList problems = dicom::checkValue(Vr::LO, QStringLiteral("1"), creator);
    return problems.isEmpty() ? QString() : tr("Private creator: %1.").arg(problems.first());
}

QString AddAttributeDialog::presenceText() const
{
    if (m_present < 0)
        return {};
    if (m_present == 0)
        return tr("None of the selected files has it yet.");
    return tr("%1 of %2 already have it; the value there is replaced.")
        .arg(QLocale().toString(m_present), filesText(m_selected.size()));
}

void AddAttributeDialog::updateState()
{
    const auto* entry = m_tag ? dicom::find(*m_tag, m_creator->text().trimmed()) : nullptr;
    ValueRules rules{vr(), entry ? entry->vm : QString(), m_characterSets};
    rules.isLutDescriptor = m_tag && dicom::isLutDescriptor(*m_tag);
    {
        const QSignalBlocker blocker(m_value);
        m_value->setRules(rules);
    }
    const QString reason = refusal();
    m_value->setEnabled(reason.isEmpty());
    m_reason->setText(reason.isEmpty() ? presenceText() : m_tag ? reason : QString());
    m_add->setEnabled(reason.isEmpty() && m_value->isAcceptable() && !m_selected.isEmpty());
}

void AddAttributeDialog::countPresent()
{
    m_present = -1;
    m_lane.cancel();
    if (!refusal().isEmpty())
        return;
    m_session.run(m_lane, this,
                  [this, path = path(), instances = m_session.instances(m_selected),
                   edits = m_session.edits()](const edit::Session::Work& work) {
                      const int count = countWith(instances, edits, work.evaluator, path, work.cancelled);
                      return [this, count] {
                          m_present = count;
                          updateState();
                      };
                  });
}

void AddAttributeDialog::finish()
{
    edit::AttributeOperation operation{path(), edit::Action::Assign, m_value->text()};
    const auto* entry = dicom::find(*m_tag, operation.path.creator());
    if (!entry || !entry->followsSign) // else each image decides
        operation.vr = vr();
    operation.reencode = m_value->reencode();
    const QString name = entry && !entry->name.isEmpty() ? entry->name : dicom::toString(*m_tag);
    m_edit = std::make_shared<const edit::Edit>(edit::Edit{tr("Add %1").arg(name), m_selected,
                                                           QList<edit::AttributeOperation>{operation},
                                                           m_selected == m_session.allIds()});
    accept();
}

} // namespace ui
