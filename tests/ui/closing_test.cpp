// A window may go at any moment of any slow job.

#include "tests/ui/main_window_fixture.h"
#include "ui/attributes/add_attribute_dialog.h"
#include "ui/saving/save_dialog.h"
#include "ui/scripts/apply_script_dialog.h"
#include "ui/scripts/variables_dialog.h"

#include <QDialog>
#include <QPushButton>
#include <QThread>
#include <memory>
#include <random>

namespace {

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
constexpr int times = 200;
#else
constexpr int times = 60;
#endif

/// A slow job, begun in a window that is open.
struct SlowJob {
    const char* name;
    void (*begin)(ui::MainWindow& window, const QString& folder);
};

edit::EditPtr scriptEdit(ui::MainWindow& window)
{
    static const auto script =
        script::parse(QStringLiteral("version \"6.6\"\n*/(0010,0010) ?= \"X\"\n")).script;
    return std::make_shared<const edit::Edit>(
        edit::Edit{QStringLiteral("Script"), window.session().allIds(), edit::ScriptRun(script), true});
}

void waitUntilRead(ui::MainWindow& window)
{
    ASSERT_TRUE(waitFor([&] { return !window.session().progress().running; }));
}

const SlowJob jobs[] = {
    {"Reading", [](ui::MainWindow&, const QString&) {}},
    {"Attributes",
     [](ui::MainWindow& window, const QString&) {
         waitUntilRead(window);
         window.selectInstances(window.session().allIds());
     }},
    {"Expanding",
     [](ui::MainWindow& window, const QString&) {
         waitUntilRead(window);
         window.attributes().model().setInstances(window.session().allIds());
         window.attributes().expandAll();
     }},
    {"Labels",
     [](ui::MainWindow& window, const QString&) {
         waitUntilRead(window);
         window.editing().push(scriptEdit(window));
     }},
    {"Merging",
     [](ui::MainWindow& window, const QString&) {
         waitUntilRead(window);
         window.editing().pushUnlessMerging(scriptEdit(window));
     }},
    {"CharacterSet",
     [](ui::MainWindow& window, const QString&) {
         waitUntilRead(window);
         edit::MergedAttribute row;
         row.path = dicom::AttributePath(dicom::tags::SpecificCharacterSet);
         row.vr = dicom::Vr::CS;
         window.editing().assign(window.session().allIds(), row, QStringLiteral("ISO_IR 192"));
     }},
    {"Reloading",
     [](ui::MainWindow& window, const QString&) {
         waitUntilRead(window);
         window.session().reload(window.session().allIds());
     }},
    {"Exporting",
     [](ui::MainWindow& window, const QString&) {
         waitUntilRead(window);
         window.editing().push(scriptEdit(window));
         window.action(ui::Command::ExportEdits)->trigger();
     }},
    {"ScriptEditor",
     [](ui::MainWindow& window, const QString&) {
         waitUntilRead(window);
         window.action(ui::Command::ScriptEditor)->trigger();
     }},
};

class ClosingTest : public ::testing::TestWithParam<SlowJob> {
protected:
    ClosingTest()
    {
        QCoreApplication::setOrganizationName(QStringLiteral("test"));
        QSettings::setDefaultFormat(QSettings::IniFormat);
        QSettings::setPath(QSettings::IniFormat, QSettings::UserScope, m_settings.path());
        for (int i = 0; i < 40; ++i)
            m_folder.addImage(QStringLiteral("a/%1").arg(i), 1, 1 + i % 3, i + 1);
        m_answers.exportAnswer = m_out.filePath(QStringLiteral("out.das"));
    }

    QTemporaryDir m_settings;
    QTemporaryDir m_out;
    DataFolder m_folder;
    Answers m_answers;
    std::mt19937 m_random{7};
};

/// Dialogs that run jobs of their own, on a session that goes with them or soon after.
class ClosingDialogTest : public ClosingTest {};

} // namespace

TEST_P(ClosingTest, AtAnyMomentDoesNoHarm)
{
    for (int i = 0; i < times; ++i) {
        auto* window = new ui::MainWindow(m_answers);
        window->setAttribute(Qt::WA_DeleteOnClose, false);
        window->open({m_folder.path()});
        GetParam().begin(*window, m_out.path());
        // Now, or after a part of a millisecond, with or without a turn of the event loop.
        const auto chance = m_random() % 4;
        if (chance == 1)
            QCoreApplication::processEvents();
        else if (chance > 1)
            QThread::usleep(m_random() % 2000);
        delete window;
        QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
    }
    SUCCEED();
}

INSTANTIATE_TEST_SUITE_P(InJob, ClosingTest, ::testing::ValuesIn(jobs),
                         [](const auto& given) { return given.param.name; });

TEST_P(ClosingDialogTest, AndTheirSessionDoesNoHarm)
{
    for (int i = 0; i < times; ++i) {
        auto session = std::make_unique<edit::Session>();
        openAndWait(*session, m_folder.path());
        const auto ids = session->allIds();
        std::unique_ptr<QDialog> dialog;
        const QString name = QString::fromLatin1(GetParam().name);
        if (name == u"Apply") {
            dialog = std::make_unique<ui::ApplyScriptDialog>(*session, ids, m_answers);
        } else if (name == u"Variables") {
            static const auto script =
                script::parse(QStringLiteral("label := (0020,0013)\n(0008,1030) := label\n")).script;
            dialog = std::make_unique<ui::VariablesDialog>(*session, edit::ScriptRun(script), ids,
                                                           ui::VariablesDialog::Purpose::Apply);
        } else if (name == u"AddAttribute") {
            dialog = std::make_unique<ui::AddAttributeDialog>(*session, ids);
        } else {
            dialog = std::make_unique<ui::SaveDialog>(*session, ids, m_answers);
            dialog->show();
            for (auto* button : dialog->findChildren<QPushButton*>())
                if (QString(button->text()).remove(u'&').startsWith(u"Review"))
                    button->click();
        }
        dialog->show();
        const auto chance = m_random() % 4;
        if (chance == 1)
            QCoreApplication::processEvents();
        else if (chance > 1)
            QThread::usleep(m_random() % 2000);
        dialog.reset();
        if (chance % 2 == 0)
            QCoreApplication::processEvents();
        session.reset();
    }
    SUCCEED();
}

INSTANTIATE_TEST_SUITE_P(OfDialogs, ClosingDialogTest,
                         ::testing::Values(SlowJob{"Apply", nullptr}, SlowJob{"Variables", nullptr},
                                           SlowJob{"AddAttribute", nullptr}, SlowJob{"Save", nullptr}),
                         [](const auto& given) { return given.param.name; });
