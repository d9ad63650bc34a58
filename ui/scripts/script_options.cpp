#include "ui/scripts/script_options.h"

#include "ui/widgets/questions.h"

#include <QComboBox>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QLabel>
#include <QLocale>
#include <QPushButton>

namespace ui {

namespace {

constexpr script::Dialect dialects[] = {script::Dialect::Auto, script::Dialect::Legacy, script::Dialect::Four,
                                        script::Dialect::Six};

} // namespace

QString languageName(script::Dialect dialect)
{
    switch (dialect) {
    case script::Dialect::Legacy:
        return ScriptOptions::tr("DicomBrowser 1.0 to 1.4");
    case script::Dialect::Four:
        return ScriptOptions::tr("DicomEdit 4");
    case script::Dialect::Six:
        return ScriptOptions::tr("DicomEdit 6");
    case script::Dialect::Auto:
        break;
    }
    return ScriptOptions::tr("not recognised");
}

ScriptOptions::ScriptOptions(Questions& questions, QWidget* parent)
    : QWidget(parent)
    , m_questions(questions)
    , m_dialect(new QComboBox)
    , m_tableRow(new QWidget)
    , m_tableName(new QLabel)
{
    for (const script::Dialect dialect : dialects)
        m_dialect->addItem(languageName(dialect), static_cast<int>(dialect));
    m_dialect->setItemText(0, tr("Detect"));
    m_dialect->setAccessibleName(tr("Language"));
    m_dialect->setToolTip(tr("The language that the script is read as; it is detected unless one is chosen"));
    auto* label = new QLabel(tr("&Language:"));
    label->setBuddy(m_dialect);
    auto* choose = new QPushButton(tr("Lookup &Table…"));
    choose->setAutoDefault(false);
    choose->setToolTip(tr("The file with the values that lookup[] finds, lines of: type/key = value"));
    auto* tableLayout = new QHBoxLayout(m_tableRow);
    tableLayout->setContentsMargins(0, 0, 0, 0);
    tableLayout->addWidget(choose);
    m_tableName->setWordWrap(true); // an error may be long
    tableLayout->addWidget(m_tableName, 1);
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(label);
    layout->addWidget(m_dialect);
    layout->addSpacing(fontMetrics().averageCharWidth() * 2);
    layout->addWidget(m_tableRow);
    layout->addStretch(1);
    m_tableRow->hide();
    connect(m_dialect, &QComboBox::activated, this, &ScriptOptions::dialectChosen);
    connect(choose, &QPushButton::clicked, this, &ScriptOptions::chooseTable);
}

script::Dialect ScriptOptions::dialect() const
{
    return static_cast<script::Dialect>(m_dialect->currentData().toInt());
}

void ScriptOptions::choose(script::Dialect dialect)
{
    m_dialect->setCurrentIndex(m_dialect->findData(static_cast<int>(dialect)));
}

void ScriptOptions::showParsed(const script::ParseResult& parsed)
{
    const bool detected = dialect() == script::Dialect::Auto && parsed.dialect != script::Dialect::Auto;
    m_dialect->setItemText(0, detected ? tr("Detected: %1").arg(languageName(parsed.dialect)) : tr("Detect"));
    m_tableRow->setVisible(parsed.script && parsed.script->usesLookup());
}

void ScriptOptions::chooseTable()
{
    const QString path = m_questions.lookupTable(this);
    if (path.isEmpty())
        return;
    loadTable(path);
    Q_EMIT lookupChosen();
}

void ScriptOptions::loadTable(const QString& path)
{
    m_lookupPath = path;
    m_lookup.reset();
    m_tableName->clear();
    if (path.isEmpty())
        return;
    const auto table = script::readLookupTable(path);
    m_lookup = table ? std::make_shared<const script::LookupTable>(*table) : nullptr;
    m_tableName->setText(
        table ? tr("%1 (%2)").arg(QFileInfo(path).fileName(), QLocale().toString(table->size()))
              : table.error().message());
}

} // namespace ui
