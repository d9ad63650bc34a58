#pragma once

#include "ui/attributes/attribute_filter.h"
#include "ui/attributes/attribute_model.h"
#include "ui/attributes/attribute_view.h"

#include <QSet>
#include <QTimer>
#include <QWidget>

class QLabel;
class QLineEdit;
class QToolButton;

namespace ui {

/// The attribute table with its filter box and quick filters.
class AttributePane : public QWidget {
    Q_OBJECT
public:
    AttributePane(edit::Session& session, QWidget* parent = nullptr);
    ~AttributePane() override; ///< drops what is being typed: commitEditor() comes before

    AttributeModel& model() { return m_model; }
    AttributeFilter& filter() { return m_filter; }
    AttributeView& view() { return *m_view; }

    /// The attributes of the selected rows, in the order shown; items of sequences are not among them.
    QList<edit::MergedAttribute> selectedAttributes() const;
    /// Null when the current row is none.
    const edit::MergedAttribute* currentAttribute() const;
    void selectPrivate();
    /// Takes over what is being typed into the table, for what it was typed for; false when that cannot be
    /// set: the field stays then and shows why.
    bool commitEditor();
    /// Opens every sequence; what was not read yet follows when it is.
    void expandAll();
    void focusFilter();
    /// Tab-separated texts of the shown columns.
    QString rowsAsText(bool selectedOnly) const;
    QString currentValueAsText() const;
    /// Makes the attribute the current row, now or when it has been read; a filter that hides it is cleared.
    void showAttribute(const dicom::AttributePath& path);

Q_SIGNALS:
    void selectionChanged();
    /// Shown and read rows changed.
    void rowsChanged();
    void dialogWanted();
    /// The user is about to edit the row's value.
    void editingWanted();
    /// A field was left with a text that cannot be set.
    void valueRefused(const ui::EditTarget& target, const QString& reason);

private:
    void buildFilterRow();
    void buildView();
    void applyFilter();
    void showMatches();
    void expandMatches(const QModelIndex& parent);
    void rememberExpansion();
    void restoreExpansion();
    void autoExpand(const QModelIndex& index);
    void updatePlaceholder();
    void updateCounts();
    void showWanted();
    void clearFilter();
    QModelIndexList visibleRows() const;
    bool eventFilter(QObject* object, QEvent* event) override;

    AttributeModel m_model;
    AttributeFilter m_filter;
    AttributeView* m_view = nullptr;
    QLineEdit* m_text = nullptr;
    QWidget* m_filterRow = nullptr;
    QList<QToolButton*> m_kinds;
    QLabel* m_placeholder = nullptr;
    QLabel* m_counts = nullptr;
    std::optional<dicom::AttributePath> m_wanted; ///< to become the current row
    QTimer m_typing; ///< filters when the user pauses
    QSet<dicom::AttributePath> m_expanded; ///< sequences open before the filter was set
    bool m_filtering = false, m_expandAll = false;
};

} // namespace ui
