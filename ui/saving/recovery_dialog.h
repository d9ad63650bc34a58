#pragma once

#include "core/write/recovery.h"

#include <QDialog>

namespace ui {

/// Lists what became of the files of interrupted saves, or of those whose originals were put back.
class RecoveryDialog : public QDialog {
    Q_OBJECT
public:
    /// `originals` says where the originals are; may be empty.
    RecoveryDialog(const QString& title, const QList<writer::RecoveredFile>& files, const QString& originals,
                   const QList<Error>& problems, QWidget* parent = nullptr);

    /// "3 files are new, 2 are as before." of all of them.
    static QString headline(const QList<writer::RecoveredFile>& files);
};

} // namespace ui
