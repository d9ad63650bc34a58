#include "ui/saving/save_choice_page.h"

#include "ui/widgets/parts.h"
#include "ui/widgets/questions.h"

#include <QButtonGroup>
#include <QCheckBox>
#include <QDir>
#include <QFileInfo>
#include <QGroupBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QRadioButton>
#include <QStyle>
#include <QStyleOptionButton>
#include <QVBoxLayout>

namespace ui {

namespace {

using Kind = writer::Destination::Kind;

/// So far what belongs to a radio button stands to the right of its circle.
int indentation(const QWidget* widget)
{
    return widget->style()->pixelMetric(QStyle::PM_ExclusiveIndicatorWidth, nullptr, widget)
        + widget->style()->pixelMetric(QStyle::PM_RadioButtonLabelSpacing, nullptr, widget);
}

/// A new folder beside the first one that was opened.
QString originalsBeside(const QList<catalog::InstancePtr>& instances)
{
    if (instances.isEmpty())
        return {};
    const QString wanted = QDir::cleanPath(instances.first()->root()) + QStringLiteral("-originals");
    QString free = wanted;
    for (int number = 2; QFileInfo::exists(free); ++number)
        free = QStringLiteral("%1-%2").arg(wanted).arg(number);
    return free;
}

QString suffixProblem(const QString& suffix)
{
    if (suffix.trimmed().isEmpty())
        return SaveChoicePage::tr(
            "Type a suffix: without one the files would take the place of the originals.");
    for (const QChar c : suffix)
        if (QStringLiteral("/\\:*?\"<>|").contains(c) || c.category() == QChar::Other_Control)
            return SaveChoicePage::tr("A suffix cannot contain “%1”.").arg(c);
    return {};
}

} // namespace

SaveChoicePage::SaveChoicePage(int selected, int all, Questions& questions, QWidget* parent)
    : QWidget(parent)
    , m_questions(questions)
    , m_kinds(new QButtonGroup(this))
    , m_which(new QButtonGroup(this))
    , m_fromMedium(new QCheckBox(tr("Compare with what is on the &medium (for removable disks; slower)")))
{
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(makeWhere());
    layout->addWidget(makeWhich(selected, all));
    m_fromMedium->setToolTip(
        tr("Files are read back and compared after writing. Usually the system answers from its "
           "cache; a removable disk can be made to answer itself, which takes longer."));
    layout->addWidget(m_fromMedium);
    layout->addStretch();
    m_kinds->button(static_cast<int>(Kind::AdjacentFolder))->setChecked(true);
    connect(m_kinds, &QButtonGroup::idToggled, this, &SaveChoicePage::updateFields);
    connect(m_which, &QButtonGroup::idToggled, this, &SaveChoicePage::changed);
    updateFields();
}

QWidget* SaveChoicePage::makeWhere()
{
    auto* where = new QGroupBox(tr("Where"));
    auto* whereLayout = new QVBoxLayout(where);
    addKind(whereLayout, Kind::AdjacentFolder, tr("&New folder next to each opened folder"),
            tr("The originals stay as they are."));
    m_adjacentSuffix =
        addField(whereLayout, Kind::AdjacentFolder, tr("Name with &suffix:"), QStringLiteral("-anon"), false);
    addKind(whereLayout, Kind::SameFolder, tr("Same folder, new file na&mes"),
            tr("The originals stay as they are, next to the new files."));
    m_sameSuffix =
        addField(whereLayout, Kind::SameFolder, tr("Name with su&ffix:"), QStringLiteral("-anon"), false);
    addKind(whereLayout, Kind::NewRoot, tr("Below ano&ther folder"),
            tr("One folder for each opened folder. It cannot lie inside one of them."));
    m_root = addField(whereLayout, Kind::NewRoot, tr("Fol&der:"), {}, true);
    addKind(whereLayout, Kind::Overwrite, tr("&Overwrite the originals"),
            tr("The original files are lost unless copies are kept."));
    addOverwrite(whereLayout);
    return where;
}

QWidget* SaveChoicePage::makeWhich(int selected, int all)
{
    auto* which = new QGroupBox(tr("Which"));
    auto* whichLayout = new QHBoxLayout(which);
    auto* allButton = new QRadioButton(tr("&All open files (%1)").arg(QLocale().toString(all)));
    auto* selectedButton = new QRadioButton(tr("Se&lected files (%1)").arg(QLocale().toString(selected)));
    selectedButton->setEnabled(selected > 0);
    m_which->addButton(allButton, 0);
    m_which->addButton(selectedButton, 1);
    allButton->setChecked(true);
    whichLayout->addWidget(allButton);
    whichLayout->addWidget(selectedButton);
    whichLayout->addStretch();
    return which;
}

void SaveChoicePage::addKind(QVBoxLayout* layout, Kind kind, const QString& words, const QString& example)
{
    auto* button = new QRadioButton(words);
    button->setToolTip(example);
    button->setAccessibleDescription(example);
    m_kinds->addButton(button, static_cast<int>(kind));
    layout->addWidget(button);
    auto* note = makeText(example);
    note->setForegroundRole(QPalette::PlaceholderText);
    note->setContentsMargins(indentation(this), 0, 0, 0);
    note->setVisible(false);
    m_details << qMakePair(kind, static_cast<QWidget*>(note));
    layout->addWidget(note);
}

QLineEdit* SaveChoicePage::addField(QVBoxLayout* layout, Kind kind, const QString& words, const QString& text,
                                    bool isFolder)
{
    auto* row = new QWidget;
    auto* rowLayout = new QHBoxLayout(row);
    rowLayout->setContentsMargins(indentation(this), 0, 0, 0);
    auto* label = new QLabel(words);
    auto* field = new QLineEdit(text);
    label->setBuddy(field);
    field->setAccessibleName(QString(words).remove(u'&').remove(u':'));
    rowLayout->addWidget(label);
    rowLayout->addWidget(field, 1);
    if (isFolder) {
        auto* browseButton = new QPushButton(tr("&Browse…"));
        browseButton->setAutoDefault(false);
        browseButton->setAccessibleName(tr("Browse for the folder"));
        rowLayout->addWidget(browseButton);
        connect(browseButton, &QPushButton::clicked, this,
                [this, field] { browse(field, tr("Choose Folder")); });
    } else {
        field->setMaximumWidth(fontMetrics().averageCharWidth() * 24);
        rowLayout->addStretch(1);
    }
    layout->addWidget(row);
    m_details << qMakePair(kind, row);
    connect(field, &QLineEdit::textChanged, this, &SaveChoicePage::changed);
    return field;
}

void SaveChoicePage::addOverwrite(QVBoxLayout* layout)
{
    auto* row = new QWidget;
    auto* rowLayout = new QHBoxLayout(row);
    rowLayout->setContentsMargins(indentation(this), 0, 0, 0);
    m_keepOriginals = new QCheckBox(tr("&Keep the originals in:"));
    m_originals = new QLineEdit;
    m_originals->setAccessibleName(tr("Folder for the originals"));
    auto* browseButton = new QPushButton(tr("Bro&wse…"));
    browseButton->setAutoDefault(false);
    browseButton->setAccessibleName(tr("Browse for the folder of the originals"));
    rowLayout->addWidget(m_keepOriginals);
    rowLayout->addWidget(m_originals, 1);
    rowLayout->addWidget(browseButton);
    layout->addWidget(row);
    m_details << qMakePair(Kind::Overwrite, row);
    connect(browseButton, &QPushButton::clicked, this, [this] {
        browse(m_originals, tr("Choose Folder for the Originals"));
        if (!m_originals->text().isEmpty())
            m_keepOriginals->setChecked(true);
    });
    connect(m_keepOriginals, &QCheckBox::toggled, this, &SaveChoicePage::updateFields);
    connect(m_originals, &QLineEdit::textChanged, this, &SaveChoicePage::changed);
}

void SaveChoicePage::browse(QLineEdit* field, const QString& title)
{
    const QString folder = m_questions.folder(this, title, field->text());
    if (!folder.isEmpty())
        field->setText(QDir::toNativeSeparators(folder));
}

Kind SaveChoicePage::kind() const
{
    return static_cast<Kind>(m_kinds->checkedId());
}

void SaveChoicePage::updateFields()
{
    for (const auto& [owner, widget] : std::as_const(m_details))
        widget->setVisible(owner == kind());
    m_originals->setEnabled(m_keepOriginals->isChecked());
    Q_EMIT changed();
}

writer::Destination SaveChoicePage::destination() const
{
    writer::Destination destination;
    destination.kind = kind();
    destination.suffix = kind() == Kind::SameFolder ? m_sameSuffix->text() : m_adjacentSuffix->text();
    if (kind() == Kind::NewRoot)
        destination.root = QDir::fromNativeSeparators(m_root->text().trimmed());
    if (kind() == Kind::Overwrite && m_keepOriginals->isChecked())
        destination.keepOriginalsIn = QDir::fromNativeSeparators(m_originals->text().trimmed());
    return destination;
}

void SaveChoicePage::propose(const QList<catalog::InstancePtr>& instances)
{
    const QString suffix = destination().suffix;
    m_adjacentSuffix->setText(writer::freeSuffix(instances, Kind::AdjacentFolder, suffix));
    m_sameSuffix->setText(writer::freeSuffix(instances, Kind::SameFolder, suffix));
    m_originals->setText(QDir::toNativeSeparators(originalsBeside(instances)));
}

void SaveChoicePage::proposeOverwriting(const QString& originals)
{
    m_kinds->button(static_cast<int>(Kind::Overwrite))->setChecked(true);
    m_keepOriginals->setChecked(true);
    m_originals->setText(QDir::toNativeSeparators(originals));
}

bool SaveChoicePage::readsFromMedium() const
{
    return m_fromMedium->isChecked();
}

bool SaveChoicePage::allFiles() const
{
    return m_which->checkedId() == 0;
}

QString SaveChoicePage::obstacle() const
{
    const auto folderProblem = [](const QString& path) {
        if (path.isEmpty())
            return tr("Choose a folder.");
        return QDir::isAbsolutePath(path) ? QString() : tr("Type the whole path of the folder.");
    };
    const writer::Destination chosen = destination();
    switch (chosen.kind) {
    case Kind::AdjacentFolder:
    case Kind::SameFolder:
        return suffixProblem(chosen.suffix);
    case Kind::NewRoot:
        return folderProblem(chosen.root);
    case Kind::Overwrite:
        break;
    }
    return m_keepOriginals->isChecked() ? folderProblem(chosen.keepOriginalsIn) : QString();
}

} // namespace ui
