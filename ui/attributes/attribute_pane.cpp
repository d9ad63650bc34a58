#include "ui/attributes/attribute_pane.h"

#include "ui/attributes/attribute_delegate.h"
#include "ui/attributes/value_editor.h"
#include "ui/widgets/icons.h"

#include <QHBoxLayout>
#include <QHeaderView>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QLocale>
#include <QMouseEvent>
#include <QScrollBar>
#include <QToolButton>
#include <QVBoxLayout>
#include <algorithm>

namespace ui {

AttributePane::AttributePane(edit::Session& session, QWidget* parent)
    : QWidget(parent)
    , m_model(session)
{
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(4);
    buildFilterRow();
    buildView();
    layout->addWidget(m_filterRow);
    layout->addWidget(m_view);
    m_typing.setSingleShot(true);
    m_typing.setInterval(150);
    connect(&m_typing, &QTimer::timeout, this, &AttributePane::applyFilter);
    connect(&m_model, &AttributeModel::rowsRead, this, [this] {
        showMatches();
        updatePlaceholder();
        showWanted();
        updateCounts();
        Q_EMIT rowsChanged();
    });
    connect(this, &AttributePane::selectionChanged, this, &AttributePane::updateCounts);
    connect(&m_model, &AttributeModel::readingChanged, this, &AttributePane::updatePlaceholder);
    updatePlaceholder();
}

AttributePane::~AttributePane()
{
    // The model goes before the view, whose fields would come to their end then.
    for (ValueEditor* editor : m_view->viewport()->findChildren<ValueEditor*>(Qt::FindDirectChildrenOnly))
        editor->discard();
}

void AttributePane::buildFilterRow()
{
    m_filterRow = new QWidget(this);
    auto* row = new QHBoxLayout(m_filterRow);
    row->setContentsMargins(6, 6, 6, 0);
    m_text = new QLineEdit(m_filterRow);
    m_text->setPlaceholderText(tr("Filter: tag, name or value"));
    m_text->setClearButtonEnabled(true);
    m_text->setAccessibleName(tr("Filter"));
    m_text->addAction(icon(QStringLiteral("edit-find")), QLineEdit::LeadingPosition);
    m_text->installEventFilter(this);
    row->addWidget(m_text, 1);
    connect(m_text, &QLineEdit::textChanged, &m_typing, qOverload<>(&QTimer::start));
    const struct {
        AttributeFilter::KindFlag kind;
        QString text, tip;
    } kinds[] = {
        {AttributeFilter::Identifying, tr("Identifying"), tr("Show names, IDs, dates, people and places")},
        {AttributeFilter::Private, tr("Private"), tr("Show private attributes")},
        {AttributeFilter::Unknown, tr("Unknown"), tr("Show attributes that no dictionary knows")},
        {AttributeFilter::Edited, tr("Edited"), tr("Show what was edited")},
        {AttributeFilter::Differing, tr("Differing"), tr("Show where the selected files differ")},
    };
    for (const auto& kind : kinds) {
        auto* button = new QToolButton(m_filterRow);
        button->setText(kind.text);
        button->setToolTip(kind.tip);
        button->setStatusTip(kind.tip);
        button->setAccessibleName(kind.text);
        button->setCheckable(true);
        button->setAutoRaise(true);
        button->setFocusPolicy(Qt::StrongFocus);
        button->setProperty("kind", static_cast<int>(kind.kind));
        connect(button, &QToolButton::toggled, this, &AttributePane::applyFilter);
        row->addWidget(button);
        m_kinds << button;
    }
    m_counts = new QLabel(m_filterRow);
    m_counts->setAccessibleName(tr("Counts"));
    m_counts->setForegroundRole(QPalette::PlaceholderText);
    m_counts->hide();
    row->addWidget(m_counts);
}

void AttributePane::buildView()
{
    m_filter.setSourceModel(&m_model);
    m_view = new AttributeView(this);
    m_view->setModel(&m_filter);
    auto* delegate = new AttributeDelegate(m_view);
    m_view->setItemDelegate(delegate);
    connect(delegate, &AttributeDelegate::entered, &m_model, &AttributeModel::enter);
    connect(delegate, &AttributeDelegate::refused, this, &AttributePane::valueRefused);
    connect(m_view, &AttributeView::editingWanted, this, &AttributePane::editingWanted);
    m_view->setAccessibleName(tr("Attributes"));
    m_view->setSelectionMode(QAbstractItemView::ExtendedSelection);
    m_view->setEditTriggers(QAbstractItemView::NoEditTriggers); // the view begins editing itself
    m_view->setExpandsOnDoubleClick(false);
    m_view->setUniformRowHeights(true);
    m_view->setAlternatingRowColors(true);
    m_view->setAllColumnsShowFocus(true);
    m_view->setContextMenuPolicy(Qt::ActionsContextMenu);
    m_view->setSortingEnabled(true);
    m_view->sortByColumn(AttributeModel::TagColumn, Qt::AscendingOrder);
    m_view->setFrameShape(QFrame::NoFrame);
    m_view->setIndentation(14);
    const int em = m_view->fontMetrics().averageCharWidth();
    const int widths[] = {26 * em, 36 * em, 5 * em, 9 * em, 40 * em};
    for (int column = 0; column < AttributeModel::ColumnCount; ++column)
        m_view->setColumnWidth(column, widths[column]);
    m_view->header()->setStretchLastSection(true);
    m_view->header()->setSectionsMovable(true);
    m_placeholder = new QLabel(m_view->viewport());
    m_placeholder->setAlignment(Qt::AlignCenter);
    m_placeholder->setWordWrap(true);
    m_placeholder->setForegroundRole(QPalette::PlaceholderText);
    m_view->viewport()->installEventFilter(this);
    connect(m_view->selectionModel(), &QItemSelectionModel::selectionChanged, this,
            &AttributePane::selectionChanged);
    connect(m_view->selectionModel(), &QItemSelectionModel::currentRowChanged, this,
            &AttributePane::selectionChanged);
    connect(m_view, &QTreeView::expanded, this, &AttributePane::autoExpand);
    connect(m_view, &AttributeView::dialogWanted, this, &AttributePane::dialogWanted);
}

bool AttributePane::eventFilter(QObject* object, QEvent* event)
{
    if (object == m_view->viewport() && event->type() == QEvent::Resize)
        m_placeholder->setGeometry(m_view->viewport()->rect().adjusted(24, 0, -24, 0));
    if (object == m_text && event->type() == QEvent::KeyPress) {
        const int key = static_cast<QKeyEvent*>(event)->key();
        if (key == Qt::Key_Escape) {
            clearFilter();
            return true;
        }
        if (key == Qt::Key_Down || key == Qt::Key_Return || key == Qt::Key_Enter) {
            applyFilter(); // also what was typed just now
            m_view->setFocus(Qt::OtherFocusReason);
            if (!m_view->currentIndex().isValid())
                m_view->setCurrentIndex(m_view->model()->index(0, 0));
            return true;
        }
    }
    return QWidget::eventFilter(object, event);
}

// --- filtering

void AttributePane::focusFilter()
{
    m_text->setFocus(Qt::ShortcutFocusReason);
    m_text->selectAll();
}

void AttributePane::applyFilter()
{
    m_typing.stop();
    AttributeFilter::Kinds kinds;
    for (const QToolButton* button : m_kinds)
        if (button->isChecked())
            kinds |= static_cast<AttributeFilter::KindFlag>(button->property("kind").toInt());
    const bool active = kinds || !m_text->text().trimmed().isEmpty();
    if (active && !m_filtering)
        rememberExpansion();
    m_filter.setText(m_text->text());
    m_filter.setKinds(kinds);
    m_model.setReadEverything(active);
    if (!active && m_filtering)
        restoreExpansion();
    m_filtering = active;
    showMatches();
    updatePlaceholder();
    updateCounts();
    Q_EMIT rowsChanged();
}

void AttributePane::clearFilter()
{
    m_text->clear();
    for (QToolButton* kind : m_kinds)
        kind->setChecked(false);
    applyFilter();
}

void AttributePane::showAttribute(const dicom::AttributePath& path)
{
    m_wanted = path;
    showWanted();
}

void AttributePane::showWanted()
{
    const QModelIndex row = m_wanted ? m_model.indexOf(*m_wanted) : QModelIndex();
    if (!row.isValid())
        return;
    m_wanted.reset();
    if (!m_filter.mapFromSource(row).isValid())
        clearFilter();
    const QModelIndex shown = m_filter.mapFromSource(row);
    m_view->setCurrentIndex(shown);
    m_view->scrollTo(shown, QAbstractItemView::PositionAtCenter);
}

/// How many rows are selected, and how many the filter lets through.
void AttributePane::updateCounts()
{
    QStringList texts;
    const QLocale locale;
    const auto selected = m_view->selectionModel()->selectedRows().size();
    if (m_filtering && !m_model.instances().isEmpty())
        texts << tr("%1 of %2 shown")
                     .arg(locale.toString(m_filter.rowCount()), locale.toString(m_model.rowCount()));
    if (m_filtering && !m_model.isComplete())
        texts << tr("not all rows were searched: select fewer images");
    if (selected > 1)
        texts << tr("%1 selected").arg(locale.toString(selected));
    m_counts->setText(texts.join(QStringLiteral(" · ")));
    m_counts->setVisible(!texts.isEmpty());
}

bool AttributePane::commitEditor()
{
    // A field that came to its end is deleted later; it says yes.
    const auto editors = m_view->viewport()->findChildren<ValueEditor*>(Qt::FindDirectChildrenOnly);
    return std::all_of(editors.begin(), editors.end(), [](ValueEditor* editor) {
        if (editor->tryAccept())
            return true;
        editor->setFocus();
        return false;
    });
}

void AttributePane::updatePlaceholder()
{
    const bool empty = m_filter.rowCount() == 0;
    QString text = tr("Select patients, studies, series or images on the left to see their attributes.");
    if (!m_model.instances().isEmpty())
        text = m_model.attributeCount() > 0
            ? tr("No attribute matches the filter.\nEsc in the filter box shows all.")
            : tr("Reading values…");
    m_placeholder->setText(text);
    m_placeholder->setVisible(empty);
}

} // namespace ui
