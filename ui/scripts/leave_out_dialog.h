#pragma once

#include "core/export/export_script.h"

#include <QDialog>

namespace ui {

/// Lists the edits that cannot be part of an exported script, with the reasons. Accepted: the script may be
/// written without them. Where nothing else is left, there is no such choice.
class LeaveOutDialog : public QDialog {
    Q_OBJECT
public:
    explicit LeaveOutDialog(const exporter::ExportedScript& exported, QWidget* parent = nullptr);
};

} // namespace ui
