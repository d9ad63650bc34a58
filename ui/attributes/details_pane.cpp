#include "ui/attributes/details_pane.h"

#include "core/dicom/dictionary.h"
#include "core/dicom/value.h"

#include <QFontDatabase>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QPlainTextEdit>
#include <QTableView>
#include <QVBoxLayout>

namespace ui {

// --- distinct values

void DistinctModel::setAttribute(const edit::MergedAttribute& attribute)
{
    beginResetModel();
    m_values = attribute.values;
    const bool partly = attribute.present > 0 && attribute.present < attribute.instances;
    if (partly)
        m_values.append(edit::DistinctValue{{}, {}, attribute.instances - attribute.present});
    if (m_values.size() < 2)
        m_values.clear();
    endResetModel();
}

int DistinctModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_values.size());
}

int DistinctModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : 2;
}

QVariant DistinctModel::data(const QModelIndex& index, int role) const
{
    if (!index.isValid())
        return {};
    const edit::DistinctValue& value = m_values[index.row()];
    if (role == Qt::TextAlignmentRole && index.column() == 1)
        return QVariant(Qt::AlignRight | Qt::AlignVCenter);
    if (role == Qt::ToolTipRole)
        return tr("Select the files that have it");
    if (role != Qt::DisplayRole)
        return {};
    if (index.column() == 1)
        return QString::number(value.count);
    if (!value.element)
        return tr("(not there)");
    const QString text = dicom::shortText(*value.element, value.characterSet);
    return text.isEmpty() ? tr("(empty)") : text;
}

QVariant DistinctModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    return section == 0 ? tr("Value (click: select the files)") : tr("Files");
}

// --- the pane

DetailsPane::DetailsPane(QWidget* parent)
    : QWidget(parent)
    , m_title(new QLabel(this))
    , m_facts(new QLabel(this))
    , m_old(new QLabel(this))
    , m_value(new QPlainTextEdit(this))
    , m_distinct(new QTableView(this))
    , m_model(new DistinctModel(this))
{
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(8, 6, 8, 6);
    layout->setSpacing(2);
    QFont bold = font();
    bold.setBold(true);
    m_title->setFont(bold);
    for (QLabel* label : {m_title, m_facts, m_old}) {
        label->setTextFormat(Qt::PlainText);
        label->setTextInteractionFlags(Qt::TextSelectableByMouse);
        label->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Fixed);
        layout->addWidget(label);
    }
    m_facts->setForegroundRole(QPalette::PlaceholderText);
    auto* values = new QHBoxLayout;
    values->addWidget(m_value, 3);
    values->addWidget(m_distinct, 2);
    layout->addLayout(values, 1);
    m_value->setReadOnly(true);
    m_value->setAccessibleName(tr("Whole value"));
    m_value->setTabChangesFocus(true);
    buildDistinct();
    setAttribute(nullptr);
}

void DetailsPane::buildDistinct()
{
    m_distinct->setModel(m_model);
    m_distinct->setAccessibleName(tr("Distinct values"));
    m_distinct->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_distinct->setSelectionMode(QAbstractItemView::SingleSelection);
    m_distinct->setShowGrid(false);
    m_distinct->setWordWrap(false);
    m_distinct->setTabKeyNavigation(false);
    m_distinct->verticalHeader()->hide();
    m_distinct->verticalHeader()->setDefaultSectionSize(fontMetrics().height() + 4);
    m_distinct->horizontalHeader()->setSectionResizeMode(0, QHeaderView::Stretch);
    const auto choose = [this](const QModelIndex& index) {
        Q_EMIT valueChosen(m_attribute.path, m_model->value(index.row()));
    };
    connect(m_distinct, &QTableView::clicked, this, choose);
    connect(m_distinct, &QTableView::activated, this, choose);
}

namespace {

QString factsOf(const edit::MergedAttribute& attribute)
{
    const auto* entry = dicom::find(attribute.path.tag(), attribute.path.creator());
    QStringList facts{dicom::toString(attribute.path.tag())};
    if (entry && !entry->keyword.isEmpty())
        facts << entry->keyword;
    facts << DetailsPane::tr("VR %1").arg(QString(dicom::name(attribute.vr)));
    if (entry && !entry->vm.isEmpty())
        facts << DetailsPane::tr("VM %1").arg(entry->vm);
    if (entry && entry->retired)
        facts << DetailsPane::tr("retired");
    if (attribute.isPrivate)
        facts << (attribute.path.creator().isEmpty()
                      ? DetailsPane::tr("private")
                      : DetailsPane::tr("private, by %1").arg(attribute.path.creator()));
    if (attribute.path.isNested())
        facts << DetailsPane::tr("at %1").arg(attribute.path.toString());
    facts << DetailsPane::tr("in %1 of %2").arg(attribute.present).arg(attribute.instances);
    const bool doubtful = !attribute.values.isEmpty() && attribute.values.first().element
        && dicom::isDoubtfulText(*attribute.values.first().element, attribute.values.first().characterSet);
    if (doubtful)
        facts << DetailsPane::tr("partly guessed: the character set %1 gives some bytes no meaning")
                     .arg(attribute.values.first().characterSet.isDefault()
                              ? QStringLiteral("ISO_IR 6")
                              : attribute.values.first().characterSet.terms().join(u'\\'));
    return facts.join(QStringLiteral("  ·  "));
}

QString oldText(const edit::MergedAttribute& attribute)
{
    if (!attribute.isEdited())
        return {};
    if (attribute.originals.isEmpty())
        return DetailsPane::tr("Added; not in the files");
    QStringList texts;
    for (const edit::DistinctValue& value :
         attribute.originals.first(qMin<qsizetype>(5, attribute.originals.size())))
        texts << dicom::shortText(*value.element, value.characterSet);
    if (attribute.originals.size() > 5)
        texts << QStringLiteral("…");
    return DetailsPane::tr("In the files: %1").arg(texts.join(QStringLiteral(", ")));
}

} // namespace

void DetailsPane::setAttribute(const edit::MergedAttribute* attribute)
{
    m_attribute = attribute ? *attribute : edit::MergedAttribute();
    m_title->setText(attribute ? m_attribute.name : tr("No attribute selected"));
    m_facts->setText(attribute ? factsOf(m_attribute) : QString());
    m_old->setText(attribute ? oldText(m_attribute) : QString());
    m_old->setVisible(!m_old->text().isEmpty());
    m_model->setAttribute(m_attribute);
    m_distinct->setVisible(m_model->rowCount() > 0);
    fillValue(m_attribute);
}

void DetailsPane::fillValue(const edit::MergedAttribute& attribute)
{
    constexpr qsizetype mostBytes = qsizetype{64} * 1024;
    QString text;
    if (attribute.isDeleted() && !attribute.originals.isEmpty())
        text = tr("(deleted)");
    else if (attribute.values.size() > 1)
        text = tr("%1 values; the most frequent:\n").arg(attribute.values.size());
    if (!attribute.values.isEmpty())
        text += dicom::valueText(*attribute.values.first().element, attribute.values.first().characterSet,
                                 mostBytes);
    if (m_value->toPlainText() != text)
        m_value->setPlainText(text);
    m_value->setEnabled(!text.isEmpty());
}

} // namespace ui
