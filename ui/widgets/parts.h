#pragma once

#include <QString>
#include <QStyle>

class QAbstractItemModel;
class QLabel;
class QTreeView;
class QWidget;

namespace ui {

/// A flat, read-only table for reading by mouse and keyboard; `name` is for screen readers. The model is not
/// owned. Copy takes the selected rows as text.
QTreeView* makeTable(QAbstractItemModel* model, const QString& name, QWidget* parent = nullptr);

/// Fits the columns to what they show, none wider than `most` characters; the last one takes the rest.
void fitColumns(QTreeView* view, int most = 40);

/// A wrapping label in plain text; a heading is larger and bold.
QLabel* makeText(const QString& text = {}, QWidget* parent = nullptr);
QLabel* makeHeading(const QString& text = {}, QWidget* parent = nullptr);

/// Shows a standard icon of the style in the label, as large as toolbar icons.
void showIcon(QLabel* label, QStyle::StandardPixmap icon);

/// A number as the user's language writes it.
QString numberText(qsizetype number);
/// "1 file", "1,234 files".
QString filesText(qint64 count);
/// "1 File", "1,234 Files", for buttons.
QString filesTitle(qint64 count);

/// The path with the platform's separators, its middle left out where it is long.
QString shownPath(const QString& path, int most = 70);

} // namespace ui
