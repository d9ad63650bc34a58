#include "tests/ui/answers.h"
#include "tests/ui/session_fixture.h"
#include "ui/scripts/leave_out_dialog.h"
#include "ui/window/main_window.h"

#include <QAction>
#include <QApplication>
#include <QFile>
#include <QPushButton>
#include <QSettings>
#include <QStatusBar>
#include <QTimer>
#include <QTreeView>

namespace {

class ExportScriptTest : public ::testing::Test {
protected:
    ExportScriptTest()
    {
        QCoreApplication::setOrganizationName(QStringLiteral("test"));
        QSettings::setDefaultFormat(QSettings::IniFormat);
        QSettings::setPath(QSettings::IniFormat, QSettings::UserScope, m_folder.path());
        m_images.addImage(QStringLiteral("1"), 1, 1, 1);
        m_images.addImage(QStringLiteral("2"), 1, 2, 2);
        m_answers.exportAnswer = m_folder.filePath(QStringLiteral("edits.das"));
        m_window = std::make_unique<ui::MainWindow>(m_answers);
        m_window->setAttribute(Qt::WA_DeleteOnClose, false);
        m_window->show();
        m_window->open({m_images.path()});
        EXPECT_TRUE(waitFor([&] { return !m_window->session().progress().running; }));
    }

    void assign(const char* path, const QString& value)
    {
        m_window->editing().push(std::make_shared<const edit::Edit>(edit::Edit{
            QStringLiteral("Assign"), m_window->session().allIds(),
            QList<edit::AttributeOperation>{
                {*dicom::AttributePath::parse(QString::fromLatin1(path)), edit::Action::Assign, value}}}));
    }

    QAction& action() { return *m_window->action(ui::Command::ExportEdits); }

    void exportAndWait(const QString& said)
    {
        action().trigger();
        EXPECT_TRUE(waitFor([&] { return m_window->statusBar()->currentMessage().startsWith(said); }))
            << m_window->statusBar()->currentMessage().toStdString();
    }

    QString written() const
    {
        QFile file(m_answers.exportAnswer);
        return file.open(QIODevice::ReadOnly) ? QString::fromUtf8(file.readAll()) : QString();
    }

    /// Presses a button of the dialog as soon as it is there; keeps what its table shows.
    void answer(const char* button)
    {
        auto* timer = new QTimer(m_window.get());
        QObject::connect(timer, &QTimer::timeout, timer, [this, timer, button] {
            auto* dialog = qobject_cast<ui::LeaveOutDialog*>(QApplication::activeModalWidget());
            if (!dialog)
                return;
            timer->stop();
            auto* table = dialog->findChild<QTreeView*>();
            EXPECT_EQ(table->accessibleName(), u"Edits that cannot be exported");
            m_listed = shown(*table->model());
            for (auto* candidate : dialog->findChildren<QPushButton*>())
                if (QString(candidate->text()).remove(u'&') == QLatin1StringView(button))
                    return candidate->click();
            ADD_FAILURE() << "no button " << button;
            dialog->reject();
        });
        timer->start(10);
    }

    QTemporaryDir m_folder;
    DataFolder m_images;
    Answers m_answers;
    QString m_listed;
    std::unique_ptr<ui::MainWindow> m_window;
};

TEST_F(ExportScriptTest, WritesTheEditsAsAScript)
{
    EXPECT_FALSE(action().isEnabled()) << "there are no edits yet";
    assign("(0010,0010)", QStringLiteral("Sarcoidosis"));
    EXPECT_TRUE(waitFor([&] { return action().isEnabled(); }));
    exportAndWait(QStringLiteral("The edits were exported to "));
    EXPECT_TRUE(written().contains(u"\n(0010,0010) := \"Sarcoidosis\" // Patient's Name\n"));
    EXPECT_TRUE(m_answers.asked.isEmpty());
    EXPECT_FALSE(m_window->session().edits().isEmpty()) << "the edits stay";
}

TEST_F(ExportScriptTest, RefusesWhatTheLanguageCannotSayUnlessItIsLeftOut)
{
    assign("(0010,0010)", QStringLiteral("Sarcoidosis"));
    assign("(0010,4000)", QStringLiteral("Say \"no\""));
    answer("Cancel");
    exportAndWait(QStringLiteral("No script was written"));
    EXPECT_EQ(written(), QString());
    EXPECT_EQ(
        m_listed.toStdString(),
        "Assign | (0010,4000) Patient Comments | A script cannot hold a double quote or a line break in a "
        "value\n");
    answer("Leave These Out");
    exportAndWait(QStringLiteral("The edits were exported to "));
    EXPECT_TRUE(written().contains(u"Sarcoidosis"));
    EXPECT_FALSE(written().contains(u":= \"Say"));
    EXPECT_TRUE(written().startsWith(u"// Edits as a script, for the original files.\n"
                                     "// Incomplete: edits of these attributes could not be written as a "
                                     "script:\n"
                                     "//   (0010,4000) Patient Comments\n"
                                     "version \"6.6\"\n"))
        << written().toStdString();
    EXPECT_FALSE(written().contains(u"Say")) << "no values";
}

TEST_F(ExportScriptTest, ThereIsNothingToLeaveOutWhereNothingIsLeft)
{
    assign("(0010,4000)", QStringLiteral("Say \"no\""));
    answer("Cancel");
    exportAndWait(QStringLiteral("No script was written"));
    EXPECT_TRUE(m_listed.contains(u"Patient Comments"));
}

TEST_F(ExportScriptTest, TellsWhenTheFileCannotBeWritten)
{
    m_answers.exportAnswer = m_folder.filePath(QStringLiteral("missing/edits.das"));
    assign("(0010,0010)", QStringLiteral("Sarcoidosis"));
    action().trigger();
    EXPECT_TRUE(waitFor([&] { return !m_answers.asked.isEmpty(); }));
    EXPECT_TRUE(m_answers.asked.value(0).text.startsWith(u"The script could not be written"));
}

} // namespace
