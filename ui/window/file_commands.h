#pragma once

#include "core/edit/session.h"
#include "core/export/export_script.h"

#include <QObject>
#include <functional>

class QStatusBar;
class QWidget;

namespace ui {

class Commands;
class Editing;
class Notices;
class Questions;
class Recovering;

/// Opening, closing, saving and exporting, with what there is to ask about it.
class FileCommands : public QObject {
    Q_OBJECT
public:
    /// What it works with; all must outlive it.
    struct Parts {
        QWidget& window; ///< parent of dialogs
        Questions& questions;
        edit::Session& session;
        Editing& editing;
        Recovering& recovering;
        Notices& notices;
        QStatusBar& status;
        std::function<edit::InstanceIds()> selected;
    };
    FileCommands(const Parts& parts, QObject* parent);
    /// Carries out what opens, saves and exports.
    void bind(Commands& commands);

    /// Where an interrupted save, which is gone on with here, kept the originals.
    void setOriginals(const QString& folder) { m_originals = folder; }

    void openFolder();
    void openFiles();
    void openInNewWindow();
    /// Files whose edits would be lost are closed only when the user agrees: true then.
    bool mayCloseFiles(const edit::InstanceIds& ids);
    /// The same for the window and all that is not saved.
    bool mayCloseWindow();
    void save();
    void exportEdits();

Q_SIGNALS:
    void openWanted(const QStringList& paths);
    void windowWanted(const QString& folder);
    /// Files were written, or the user decided not to.
    void saved();

private:
    void writeExported(const exporter::ExportedScript& exported, const QString& path);

    Parts m_parts;
    QString m_originals;
    edit::Lane m_exporting;
};

} // namespace ui
