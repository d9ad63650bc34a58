#pragma once

#include <QIcon>
#include <QString>

namespace ui {

/// The icon of that name from the desktop's theme, or else our own drawing (resources/icons/NAME.svg) in the
/// palette's text colour. Names that begin with "mark-" are always our own.
QIcon icon(const QString& name);

/// The icon with the edited mark in its corner. Both functions are for the GUI thread.
QIcon keptEditedIcon(const QString& name);

} // namespace ui
