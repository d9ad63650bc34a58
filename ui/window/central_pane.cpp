#include "ui/window/central_pane.h"

#include "ui/attributes/attribute_pane.h"
#include "ui/attributes/details_pane.h"
#include "ui/catalog/catalog_model.h"
#include "ui/widgets/empty_page.h"
#include "ui/widgets/message_bar.h"
#include "ui/widgets/recent_folders.h"

#include <QHeaderView>
#include <QLocale>
#include <QSettings>
#include <QSplitter>
#include <QStackedWidget>
#include <QTreeView>
#include <QVBoxLayout>

namespace ui {

namespace {

QTreeView* makeTree(CatalogModel& model, QWidget* parent)
{
    auto* tree = new QTreeView(parent);
    tree->setModel(&model);
    tree->setAccessibleName(CentralPane::tr("Patients"));
    tree->setSelectionMode(QAbstractItemView::ExtendedSelection);
    tree->setUniformRowHeights(true);
    tree->setFrameShape(QFrame::NoFrame);
    tree->setContextMenuPolicy(Qt::ActionsContextMenu);
    tree->header()->setStretchLastSection(true);
    return tree;
}

} // namespace

CentralPane::CentralPane(edit::Session& session, CatalogModel& model, QWidget* parent)
    : QWidget(parent)
    , m_pages(new QStackedWidget(this))
    , m_empty(new EmptyPage(this))
    , m_columns(new QSplitter(Qt::Horizontal, this))
    , m_rows(new QSplitter(Qt::Vertical, this))
    , m_tree(makeTree(model, this))
    , m_attributes(new AttributePane(session, this))
    , m_details(new DetailsPane(this))
    , m_message(new MessageBar(this))
{
    m_rows->addWidget(m_attributes);
    m_rows->addWidget(m_details);
    m_rows->setStretchFactor(0, 1);
    m_rows->setCollapsible(0, false);
    m_rows->setSizes({580, 170});
    m_columns->addWidget(m_tree);
    m_columns->addWidget(m_rows);
    m_columns->setStretchFactor(1, 1);
    m_columns->setSizes({370, 870});
    m_empty->setRecent(RecentFolders::list());
    m_pages->addWidget(m_empty);
    m_pages->addWidget(m_columns);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_message);
    layout->addWidget(m_pages, 1);
}

void CentralPane::showBeginning(int seen)
{
    if (m_pages->currentWidget() != m_empty)
        m_empty->setRecent(RecentFolders::list());
    m_empty->setOutcome(seen == 0 ? QString()
                                  : tr("%1 files were looked at; none could be opened as a DICOM image. The "
                                       "Issues list says why.")
                                        .arg(QLocale().toString(seen)));
    m_pages->setCurrentWidget(m_empty);
}

void CentralPane::showPanes()
{
    m_pages->setCurrentWidget(m_columns);
}

void CentralPane::letGo()
{
    delete m_tree->selectionModel();
    delete m_attributes;
}

void CentralPane::restoreLayout(const QSettings& settings)
{
    m_columns->restoreState(settings.value(QStringLiteral("window/columns")).toByteArray());
    m_rows->restoreState(settings.value(QStringLiteral("window/rows")).toByteArray());
    m_attributes->view().header()->restoreState(
        settings.value(QStringLiteral("window/attributes")).toByteArray());
}

void CentralPane::saveLayout(QSettings& settings) const
{
    settings.setValue(QStringLiteral("window/columns"), m_columns->saveState());
    settings.setValue(QStringLiteral("window/rows"), m_rows->saveState());
    settings.setValue(QStringLiteral("window/attributes"), m_attributes->view().header()->saveState());
}

} // namespace ui
