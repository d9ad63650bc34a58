#pragma once

#include <QStringList>

namespace ui {

/// Folders and files that were opened before, latest first, kept in the settings. The user can clear them and
/// switch remembering off, since their names may tell something of patients.
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
