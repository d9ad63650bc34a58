// The program with the window: dicombrowser [FILE|FOLDER…]

#include "core/crash_privacy.h"
#include "core/edit/seed.h"
#include "ui/main_window.h"

#include <QApplication>
#include <QCommandLineParser>
#include <QDir>
#include <QTextStream>

int main(int argc, char** argv)
{
    keepMemoryPrivate();
    QApplication application(argc, argv);
    QApplication::setApplicationName(QStringLiteral("DicomBrowser"));
    QApplication::setOrganizationName(QStringLiteral("DicomBrowser"));
    QApplication::setApplicationVersion(QStringLiteral(DICOMBROWSER_VERSION));
    QCommandLineParser parser;
    parser.setApplicationDescription(
        QStringLiteral("Shows, edits and de-identifies the metadata of DICOM images, many files at once."));
    parser.addHelpOption();
    parser.addVersionOption();
    parser.addPositionalArgument(QStringLiteral("path"), QStringLiteral("Files and folders to open."),
                                 QStringLiteral("[FILE|FOLDER…]"));
    const QCommandLineOption seedFile(
        QStringLiteral("seed-file"),
        QStringLiteral(
            "File with the seed of new UIDs, as dicomremap takes it; made when it does not exist."),
        QStringLiteral("FILE"));
    parser.addOption(seedFile);
    parser.process(application);

    edit::Context context;
    if (parser.isSet(seedFile)) {
        const auto seed = edit::seedFromFile(parser.value(seedFile));
        if (!seed) {
            QTextStream(stderr) << "dicombrowser: " << seed.error().message() << Qt::endl;
            return 2;
        }
        context.seed = *seed;
    }

    QStringList paths;
    for (const QString& path : parser.positionalArguments())
        paths << QDir(path).absolutePath();

    ui::DialogQuestions questions;
    auto* window = new ui::MainWindow(questions, context); // deletes itself when it is closed
    window->show();
    window->open(paths);
    return QApplication::exec();
}
