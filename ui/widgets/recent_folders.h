#pragma once

#include <QStringList>

namespace ui {

/// Folders and files that were opened before, latest first, kept in the settings where the user has
/// switched that on, and only until they are cleared: their names may tell something of patients.
class RecentFolders {
public:
    static QStringList list();
    static void add(const QStringList& paths);
    static void clear();
    static bool isRemembering();
    /// Switching off forgets what was remembered.
    static void setRemembering(bool on);
    /// Where a file dialog begins.
    static QString startFolder();
};

} // namespace ui
