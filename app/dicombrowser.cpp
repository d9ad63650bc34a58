// The program with the window: dicombrowser [FILE|FOLDER…]

#include "ui/main_window.h"

#include <QApplication>
#include <QCommandLineParser>
#include <QDir>

int main(int argc, char** argv)
{
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
    parser.process(application);

    QStringList paths;
    for (const QString& path : parser.positionalArguments())
        paths << QDir(path).absolutePath();

    ui::DialogQuestions questions;
    auto* window = new ui::MainWindow(questions); // deletes itself when it is closed
    window->show();
    window->open(paths);
    return QApplication::exec();
}
