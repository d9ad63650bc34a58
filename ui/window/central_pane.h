#pragma once

#include <QWidget>

class QSettings;
class QSplitter;
class QStackedWidget;
class QTreeView;

namespace edit {
class Session;
}

namespace ui {

class AttributePane;
class CatalogModel;
class DetailsPane;
class EmptyPage;
class MessageBar;

/// The middle of the main window: messages above, and below them the tree beside table and details, or the
/// page that says how to begin.
class CentralPane : public QWidget {
    Q_OBJECT
public:
    /// Session and model must outlive it.
    CentralPane(edit::Session& session, CatalogModel& model, QWidget* parent);

    QTreeView& tree() { return *m_tree; }
    AttributePane& attributes() { return *m_attributes; }
    DetailsPane& details() { return *m_details; }
    EmptyPage& empty() { return *m_empty; }
    MessageBar& message() { return *m_message; }
    const MessageBar& message() const { return *m_message; }

    /// How to begin, or the panes; `seen`: files that were looked at in vain, which the page says then.
    void showBeginning(int seen);
    void showPanes();
    /// Deletes what looks at the session.
    void letGo();

    void restoreLayout(const QSettings& settings);
    void saveLayout(QSettings& settings) const;

private:
    QStackedWidget* m_pages;
    EmptyPage* m_empty;
    QSplitter* m_columns; ///< tree | table and details
    QSplitter* m_rows; ///< table / details
    QTreeView* m_tree;
    AttributePane* m_attributes;
    DetailsPane* m_details;
    MessageBar* m_message;
};

} // namespace ui
