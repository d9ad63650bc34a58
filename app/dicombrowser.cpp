// The program with the window: dicombrowser [FILE|FOLDER…]

#include "core/base/crash_privacy.h"
#include "core/edit/seed.h"
#include "ui/window/main_window.h"
#include "ui/window/timing.h"

#include <QApplication>
#include <QCommandLineParser>
#include <QDir>
#include <QElapsedTimer>
#include <QTextStream>
#include <algorithm>

namespace {

struct CommandLine {
    CommandLine()
    {
        parser.setApplicationDescription(QStringLiteral(
            "Shows, edits and de-identifies the metadata of DICOM images, many files at once."));
        parser.addHelpOption();
        parser.addVersionOption();
        parser.addPositionalArgument(QStringLiteral("path"), QStringLiteral("Files and folders to open."),
                                     QStringLiteral("[FILE|FOLDER…]"));
        parser.addOptions({seedFile, timing, selectAll, quit});
    }

    QCommandLineParser parser;
    QCommandLineOption seedFile{
        QStringLiteral("seed-file"),
        QStringLiteral(
            "File with the seed of new UIDs, as dicomremap takes it; made when it does not exist."),
        QStringLiteral("FILE")};
    QCommandLineOption timing{QStringLiteral("timing"),
                              QStringLiteral("Tell on standard error how long opening takes.")};
    QCommandLineOption selectAll{
        QStringLiteral("select-all"),
        QStringLiteral(
            "With --timing: select everything when it is open, and tell when the table is there.")};
    QCommandLineOption quit{QStringLiteral("quit"), QStringLiteral("With --timing: close the window then.")};
};

/// Help is wanted where there is no display too, without which there is no QApplication.
void answerWithoutDisplay(int& argc, char** argv)
{
    const auto isQuestion = [](const QByteArray& argument) {
        return argument == "-h" || argument == "--help" || argument == "--help-all" || argument == "-v"
            || argument == "--version";
    };
    if (std::none_of(argv + 1, argv + argc, isQuestion))
        return;
    const QCoreApplication application(argc, argv);
    CommandLine().parser.process(application); // does not come back
}

} // namespace

int main(int argc, char** argv)
{
    QElapsedTimer started;
    started.start();
    keepMemoryPrivate();
    QCoreApplication::setApplicationName(QStringLiteral("DicomBrowser"));
    QCoreApplication::setOrganizationName(QStringLiteral("DicomBrowser"));
    QCoreApplication::setApplicationVersion(QStringLiteral(DICOMBROWSER_VERSION));
    QGuiApplication::setDesktopFileName(QStringLiteral("org.dicombrowser.DicomBrowser"));
    answerWithoutDisplay(argc, argv);
    QApplication application(argc, argv);
    CommandLine line;
    line.parser.process(application);

    edit::Context context;
    if (line.parser.isSet(line.seedFile)) {
        const auto seed = edit::seedFromFile(line.parser.value(line.seedFile));
        if (!seed) {
            QTextStream(stderr) << "dicombrowser: " << seed.error().message() << Qt::endl;
            return 2;
        }
        context.seed = *seed;
    }

    QStringList paths;
    for (const QString& path : line.parser.positionalArguments())
        paths << QDir(path).absolutePath();

    ui::DialogQuestions questions;
    auto* window = new ui::MainWindow(questions, context); // deletes itself when it is closed
    window->show();
    if (line.parser.isSet(line.timing)) {
        auto* timing = new ui::Timing(*window, started, line.parser.isSet(line.selectAll),
                                      line.parser.isSet(line.quit)); // the window's
        if (paths.isEmpty())
            timing->finish();
    }
    window->open(paths);
    return QApplication::exec();
}
