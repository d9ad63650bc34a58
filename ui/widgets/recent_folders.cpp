#include "ui/widgets/recent_folders.h"

#include <QDir>
#include <QFileInfo>
#include <QSettings>

namespace ui {

namespace {

const QString listKey = QStringLiteral("recent/folders");
const QString switchKey = QStringLiteral("recent/remember");
constexpr qsizetype most = 8;

} // namespace

QStringList RecentFolders::list()
{
    return QSettings().value(listKey).toStringList();
}

void RecentFolders::add(const QStringList& paths)
{
    if (!isRemembering())
        return;
    QStringList known = list();
    for (const QString& path : paths) {
        const QFileInfo info(path);
        const QString folder = info.isDir() ? info.absoluteFilePath() : info.absolutePath();
        known.removeAll(folder);
        known.prepend(folder);
    }
    QSettings().setValue(listKey, known.first(qMin(most, known.size())));
}

void RecentFolders::clear()
{
    QSettings().remove(listKey);
}

bool RecentFolders::isRemembering()
{
    return QSettings().value(switchKey, false).toBool();
}

void RecentFolders::setRemembering(bool on)
{
    QSettings().setValue(switchKey, on);
    if (!on)
        clear();
}

QString RecentFolders::startFolder()
{
    const QStringList known = list();
    return known.isEmpty() ? QString() : QFileInfo(known.first()).path();
}

} // namespace ui
