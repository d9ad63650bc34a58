#pragma once

#include "core/edit/session.h"
#include "ui/widgets/questions.h"
#include "ui/window/commands.h"
#include "ui/window/editing.h"

#include <QMainWindow>

class QLabel;
class QTreeView;

namespace ui {

class AttributePane;
class CatalogModel;
class CentralPane;
class EditCommands;
class FileCommands;
class IssuesDock;
class MessageBar;
class Notices;
class Recovering;
class SelectionFollower;
class StatusBar;
struct EditTarget;

/// One window with one session. Puts models, views, commands and the parts that carry them out together and
/// says who hears whom; what is done is done by them and the session.
class MainWindow : public QMainWindow {
    Q_OBJECT
public:
    /// `questions` must outlive the window.
    explicit MainWindow(Questions& questions, const edit::Context& context = {}, QWidget* parent = nullptr);
    ~MainWindow() override;

    void open(const QStringList& paths);
    edit::Session& session() { return m_session; }
    Editing& editing() { return *m_editing; }
    AttributePane& attributes();
    QTreeView& tree();
    const MessageBar& message() const;
    const edit::InstanceIds& selectedInstances() const;
    QAction* action(Command command) const { return (*m_commands)[command]; }
    void selectInstances(const edit::InstanceIds& ids);

protected:
    void changeEvent(QEvent* event) override;
    void closeEvent(QCloseEvent* event) override;
    void dragEnterEvent(QDragEnterEvent* event) override;
    void dropEvent(QDropEvent* event) override;

private:
    void buildParts();
    void connectPanes();
    void connectParts();
    void bindCommands();
    void restoreLayout();
    void saveLayout() const;
    void follow(const edit::SessionEvent& event);
    bool commitTyped();
    bool readyForCommand();
    void showProgress();
    void showCounts();
    void updateTitle();
    void updateCommands();
    void selectFilesWith(const dicom::AttributePath& path, const edit::DistinctValue& value);
    void closeSelected();
    MainWindow* openWindow(const QStringList& paths, const edit::Context& context);

    Questions& m_questions;
    edit::Session m_session;
    edit::Lane m_finding; ///< files with a value
    // Owned by the window; the destructor deletes first what looks at the session.
    CatalogModel* m_catalog = nullptr;
    CentralPane* m_centre = nullptr;
    IssuesDock* m_issues = nullptr;
    StatusBar* m_status = nullptr;
    QLabel* m_editCount = nullptr;
    Editing* m_editing = nullptr;
    Recovering* m_recovering = nullptr;
    Notices* m_notices = nullptr;
    SelectionFollower* m_selection = nullptr;
    Commands* m_commands = nullptr;
    FileCommands* m_fileCommands = nullptr;
    EditCommands* m_editCommands = nullptr;
    bool m_declined = false; ///< the user took back the value that was typed last
};

} // namespace ui
