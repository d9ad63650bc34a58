// How long the window's thread is busy at a stretch while thousands of files are opened, selected and edited.

#include "tests/ui/answers.h"
#include "tests/ui/session_fixture.h"
#include "ui/attributes/attribute_pane.h"
#include "ui/window/main_window.h"

#include <QAction>
#include <QElapsedTimer>
#include <QSettings>
#include <QThread>
#include <QTimer>
#include <ctime>
#include <iostream>

namespace {

/// Runs the event loop and measures each of its turns: by the clock, and by what this thread computed, which
/// does not depend on what else the machine does.
class LoopWatch {
public:
    /// Seconds until the condition held; it is looked at between the turns.
    double run(const char* what, const std::function<bool()>& until)
    {
        QElapsedTimer whole;
        whole.start();
        m_longestWall = m_longestWork = 0;
        while (!until() && whole.elapsed() < 60'000) {
            QElapsedTimer turn;
            turn.start();
            const double before = threadSeconds();
            QCoreApplication::processEvents(QEventLoop::AllEvents);
            QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
            m_longestWork = qMax(m_longestWork, (threadSeconds() - before) * 1000);
            m_longestWall = qMax(m_longestWall, static_cast<double>(turn.nsecsElapsed()) / 1e6);
            QThread::msleep(1);
        }
        const double seconds = static_cast<double>(whole.elapsed()) / 1000;
        std::cout << what << ": " << seconds << " s, longest turn of the event loop " << m_longestWall
                  << " ms (" << m_longestWork << " ms of work)\n";
        return seconds;
    }
    double longestWork() const { return m_longestWork; }

private:
    static double threadSeconds()
    {
        timespec time{};
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
        return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_nsec) / 1e9;
    }
    double m_longestWall = 0, m_longestWork = 0;
};

QString manyElements()
{
    QString lines = QStringLiteral("(0019,0010) LO ACME\n(0021,0010) LO ACME\n");
    for (int i = 0; i < 110; ++i)
        lines += QStringLiteral("(0019,10%1) LO value %2\n(0021,10%1) DS %2\n")
                     .arg(i, 2, 16, QLatin1Char('0'))
                     .arg(i);
    return lines;
}

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
constexpr double mostWork = 1000; // ms; the checks cost several times the work
#else
constexpr double mostWork = 100; // ms
#endif

TEST(Responsiveness, FourThousandFilesNeverBlockTheWindow)
{
    constexpr int count = 4000;
    DataFolder folder;
    dicom::DataSet image = testing_support::ctImage(1, 1, 1);
    for (const dicom::ElementPtr& element : testing_support::dataSet(manyElements()))
        image.set(element);
    for (int i = 0; i < count; ++i) {
        const QByteArray series = "1.2.9.1." + QByteArray::number(i / 500);
        image.set(dicom::tags::SeriesInstanceUID, dicom::Vr::UI, series);
        image.set(dicom::tags::SOPInstanceUID, dicom::Vr::UI, series + '.' + QByteArray::number(i));
        image.set(dicom::tags::InstanceNumber, dicom::Vr::IS, QByteArray::number(i));
        folder.add(QStringLiteral("s%1/%2").arg(i / 500).arg(i), image);
    }
    QTemporaryDir settings;
    QSettings::setDefaultFormat(QSettings::IniFormat);
    QSettings::setPath(QSettings::IniFormat, QSettings::UserScope, settings.path());
    Answers answers;
    auto* window = new ui::MainWindow(answers);
    window->resize(1200, 800);
    window->show();
    auto& model = window->attributes().model();
    const auto complete = [&] {
        return !window->session().progress().running && window->selectedInstances().size() == count
            && model.instances().size() == count && model.isCurrent() && !model.isReading();
    };
    LoopWatch watch;
    window->open({folder.path()});
    watch.run("open 4000 files", complete);
    EXPECT_TRUE(complete());
    EXPECT_LT(watch.longestWork(), mostWork);

    window->tree().clearSelection();
    watch.run("select nothing", [&] { return model.rowCount() == 0; });
    window->tree().selectAll();
    watch.run("select all", complete);
    EXPECT_LT(watch.longestWork(), mostWork);

    model.setReadEverything(true);
    window->attributes().filter().setText(QStringLiteral("1.2.9.1.3.1777"));
    watch.run("search all values", [&] { return !model.isReading(); });
    EXPECT_EQ(window->attributes().filter().rowCount(), 2)
        << "SOP Instance UID, in file meta information too";
    EXPECT_LT(watch.longestWork(), mostWork);
    window->attributes().filter().setText({});
    model.setReadEverything(false);

    const auto trigger = [&](ui::Command action) {
        QTimer::singleShot(0, window, [=] { window->action(action)->trigger(); });
    };
    trigger(ui::Command::DeleteAllPrivate);
    watch.run("delete all private", [&] { return complete() && window->session().editedCount() == count; });
    EXPECT_LT(watch.longestWork(), mostWork);
    trigger(ui::Command::Undo);
    watch.run("undo", [&] {
        return complete() && window->session().edits().isEmpty() && window->session().editedCount() == 0;
    });
    EXPECT_LT(watch.longestWork(), mostWork);

    window->tree().expandToDepth(2);
    QTimer::singleShot(0, window, [=] { window->session().reload(window->session().allIds()); });
    bool reloaded = false;
    QObject::connect(&window->session(), &edit::Session::changed, window,
                     [&](const edit::SessionEvent& event) {
                         reloaded = reloaded || event.kind == edit::SessionEvent::Kind::Reloaded;
                     });
    watch.run("read all files again", [&] { return reloaded && complete(); });
    EXPECT_TRUE(complete());
    trigger(ui::Command::CloseSelected);
    watch.run("close all", [&] { return window->session().catalog().size() == 0; });
    EXPECT_EQ(window->session().catalog().size(), 0);
    delete window;
}

} // namespace
