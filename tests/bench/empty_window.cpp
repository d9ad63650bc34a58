// A program with an empty window: what any Qt program needs until it is on screen.

#include <QApplication>
#include <QElapsedTimer>
#include <QMainWindow>
#include <QTextStream>
#include <QTimer>

int main(int argc, char** argv)
{
    QElapsedTimer started;
    started.start();
    QApplication application(argc, argv);
    QMainWindow window;
    window.show();
    QTextStream(stderr) << "timing: window on screen: " << static_cast<double>(started.nsecsElapsed()) / 1e6
                        << " ms" << Qt::endl;
    QTimer::singleShot(0, &window, &QWidget::close);
    return QApplication::exec();
}
