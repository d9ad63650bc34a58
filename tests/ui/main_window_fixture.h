#pragma once

#include "tests/ui/answers.h"
#include "tests/ui/session_fixture.h"
#include "ui/attributes/attribute_pane.h"
#include "ui/widgets/message_bar.h"
#include "ui/window/editing.h"
#include "ui/window/main_window.h"

#include <QAction>
#include <QLineEdit>
#include <QSettings>
#include <QTreeView>

/// A main window with settings of its own, and files to open in it.
class MainWindowTest : public ::testing::Test {
protected:
    MainWindowTest()
    {
        QCoreApplication::setOrganizationName(QStringLiteral("test"));
        QSettings::setDefaultFormat(QSettings::IniFormat);
        QSettings::setPath(QSettings::IniFormat, QSettings::UserScope, m_settings.path());
        m_window = new ui::MainWindow(m_answers);
        m_window->setAttribute(Qt::WA_DeleteOnClose, false);
        m_window->show();
    }
    ~MainWindowTest() override { delete m_window; }

    void addTwoPatients()
    {
        m_folder.addImage(QStringLiteral("a/1"), 1, 1, 1);
        m_folder.addImage(QStringLiteral("a/2"), 1, 1, 2);
        m_folder.addImage(QStringLiteral("b/3"), 2, 2, 3, QStringLiteral("(0010,0020) LO MRN2\n"),
                          QStringLiteral("Roe^Richard"));
    }
    void addOnePatient()
    {
        m_folder.addImage(QStringLiteral("a/1"), 1, 1, 1);
        m_folder.addImage(QStringLiteral("a/2"), 1, 1, 2);
    }
    void open(const QString& path)
    {
        m_window->open({path});
        ASSERT_TRUE(waitFor([&] { return !m_window->session().progress().running; }));
        settle();
    }
    void open() { open(m_folder.path()); }
    /// Until the table shows what is selected.
    void settle()
    {
        QTest::qWait(10);
        ASSERT_TRUE(waitFor(
            [&] { return model().isCurrent() && model().instances() == m_window->selectedInstances(); }));
    }
    void selectAll()
    {
        m_window->tree().selectAll();
        settle();
        ASSERT_EQ(m_window->selectedInstances(), m_window->session().allIds());
    }
    ui::AttributeModel& model() { return m_window->attributes().model(); }
    QString cell(const char* path, int column = ui::AttributeModel::ValueColumn)
    {
        return model()
            .indexOf(*dicom::AttributePath::parse(QString::fromLatin1(path)), column)
            .data()
            .toString();
    }
    void chooseRows(std::initializer_list<const char*> paths)
    {
        auto& pane = m_window->attributes();
        pane.view().clearSelection();
        for (const char* path : paths) {
            const auto index = pane.filter().mapFromSource(
                model().indexOf(*dicom::AttributePath::parse(QString::fromLatin1(path))));
            ASSERT_TRUE(index.isValid()) << path;
            pane.view().selectionModel()->setCurrentIndex(
                index, QItemSelectionModel::Select | QItemSelectionModel::Rows);
        }
    }
    /// Types a value into the table, as F2 and the keyboard do.
    void type(const char* path, const QString& text)
    {
        chooseRows({path});
        auto& view = m_window->attributes().view();
        QTest::keyClick(&view, Qt::Key_F2);
        auto* line = view.viewport()->findChild<QLineEdit*>();
        ASSERT_NE(line, nullptr);
        line->setText(text);
        QTest::keyClick(line, Qt::Key_Return);
        settle();
    }
    void trigger(ui::Command command)
    {
        QAction* action = m_window->action(command);
        EXPECT_TRUE(action->isEnabled()) << action->text().toStdString();
        action->trigger();
        settle();
    }

    QTemporaryDir m_settings;
    DataFolder m_folder;
    Answers m_answers;
    ui::MainWindow* m_window = nullptr;
};
