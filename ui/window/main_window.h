#pragma once

#include "core/edit/session.h"
#include "core/export/export_script.h"
#include "ui/widgets/questions.h"
#include "ui/window/editing.h"

#include <QMainWindow>
#include <QPointer>
#include <QTimer>

class QLabel;
class QMenu;
class QSplitter;
class QStackedWidget;
class QToolBar;
class QTreeView;

namespace ui {

class ApplyScriptDialog;
struct EditTarget;
class AttributePane;
class CatalogModel;
class DetailsPane;
class EmptyPage;
class IssuesDock;
class MessageBar;
class ScriptEditor;
class StatusBar;
class Recovering;
class SaveDialog;
class TreeState;

/// One window with one session. Assembles models, views and actions; what is done is done by them and the
/// session.
class MainWindow : public QMainWindow {
    Q_OBJECT
public:
    /// `questions` must outlive the window.
    explicit MainWindow(Questions& questions, const edit::Context& context = {}, QWidget* parent = nullptr);
    ~MainWindow() override;

    void open(const QStringList& paths);
    edit::Session& session() { return m_session; }
    Editing& editing() { return *m_editing; }
    AttributePane& attributes() { return *m_attributes; }
    QTreeView& tree() { return *m_tree; }
    const MessageBar& message() const { return *m_message; }
    const edit::InstanceIds& selectedInstances() const { return m_selected; }
    /// By its English text without "&" and "…".
    QAction* action(const QString& text) const;
    void selectInstances(const edit::InstanceIds& ids);

protected:
    void changeEvent(QEvent* event) override;
    void closeEvent(QCloseEvent* event) override;
    void dragEnterEvent(QDragEnterEvent* event) override;
    void dropEvent(QDropEvent* event) override;

private:
    struct ActionSpec;
    // main_window.cpp
    void buildPanes();
    void connectPanes();
    void restoreLayout();
    void saveLayout() const;
    void follow(const edit::SessionEvent& event);
    void followSelection();
    void selectSinglePatient();
    void settleSelection();
    bool commitTyped();
    void sayRefused(const EditTarget& target, const QString& reason);
    void showProgress();
    void showCounts();
    void updateTitle();
    void updateActions();
    void selectFilesWith(const dicom::AttributePath& path, const edit::DistinctValue& value);
    void closeSelected();
    bool mayClose();
    void offerExtension();
    void offerRecovery();
    void offerRest();
    void showFailures();
    void beginReload();
    void endReload();

    // main_window_actions.cpp
    void buildActions();
    void buildFileMenu();
    void buildEditMenu();
    void buildUndoActions(QMenu* menu);
    void buildViewMenu();
    void buildHelpMenu();
    void buildToolBar();
    QAction* add(QMenu* menu, const ActionSpec& spec, std::function<void()> act);
    void fillRecentMenu();
    void act(edit::Action action);
    void copy(const QString& text);

    // main_window_dialogs.cpp
    void openFolder();
    void openFiles();
    void openInNewWindow();
    MainWindow* openWindow(const QStringList& paths, const edit::Context& context);
    void applyScript();
    void runScriptDialog(ApplyScriptDialog& dialog);
    void showScriptEditor();
    void save();
    void offerOriginals(const SaveDialog& dialog);
    void exportEdits();
    void writeExported(const exporter::ExportedScript& exported, const QString& path);
    void addAttribute();
    void editInDialog();
    void showGuide();
    void showAbout();

    Questions& m_questions;
    edit::Session m_session;
    int m_reloads = 0; ///< lots of overwritten files that are going and coming back
    std::unique_ptr<TreeState> m_treeState; ///< from before they went
    Editing* m_editing = nullptr;
    Recovering* m_recovering = nullptr;
    QString m_originals; ///< where an interrupted save, which is gone on with here, kept them
    CatalogModel* m_catalog = nullptr;
    QStackedWidget* m_pages = nullptr;
    EmptyPage* m_empty = nullptr;
    QSplitter* m_columns = nullptr; ///< tree | table and details
    QSplitter* m_rows = nullptr; ///< table / details
    QTreeView* m_tree = nullptr;
    AttributePane* m_attributes = nullptr;
    DetailsPane* m_details = nullptr;
    IssuesDock* m_issues = nullptr;
    MessageBar* m_message = nullptr;
    StatusBar* m_status = nullptr;
    QToolBar* m_tools = nullptr;
    QLabel* m_editCount = nullptr;
    QMenu* m_recent = nullptr;
    QHash<QString, QAction*> m_actions;
    QTimer m_selectionTimer; ///< one reading for many changes of the selection
    edit::InstanceIds m_selected;
    bool m_userSelected = false; ///< the selection was made by the user, not by the window
    bool m_selecting = false; ///< the window itself changes the selection
    bool m_declined = false; ///< the user took back the value that was typed last
    bool m_restored = false;
    QPointer<ScriptEditor> m_scriptEditor; ///< while it is open; a window without parent, owned by this one
};

} // namespace ui
