#include "ui/window/recent_menu.h"

#include "ui/widgets/recent_folders.h"

#include <QDir>

namespace ui {

RecentMenu::RecentMenu(QWidget* parent)
    : QMenu(tr("Open &Recent"), parent)
{
    connect(this, &QMenu::aboutToShow, this, &RecentMenu::fill);
    fill();
}

void RecentMenu::fill()
{
    clear();
    const QStringList folders = RecentFolders::list();
    for (const QString& folder : folders) {
        QAction* entry = addAction(QDir::toNativeSeparators(folder).replace(u'&', QStringLiteral("&&")));
        entry->setStatusTip(tr("Opens this folder again"));
        connect(entry, &QAction::triggered, this, [this, folder] { Q_EMIT chosen(folder); });
    }
    if (folders.isEmpty())
        addAction(RecentFolders::isRemembering() ? tr("No folders yet") : tr("No folders are remembered"))
            ->setEnabled(false);
    addSeparator();
    QAction* forget = addAction(tr("&Clear List"));
    forget->setStatusTip(tr("Forgets the folders that were opened"));
    forget->setEnabled(!folders.isEmpty());
    connect(forget, &QAction::triggered, this, &RecentFolders::clear);
    QAction* remember = addAction(tr("&Remember Folders"));
    remember->setStatusTip(tr("Keeps the names of opened folders; switching it off forgets them"));
    remember->setCheckable(true);
    remember->setChecked(RecentFolders::isRemembering());
    connect(remember, &QAction::toggled, this, &RecentFolders::setRemembering);
}

} // namespace ui
