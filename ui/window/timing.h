#pragma once

#include "core/edit/session.h"

#include <QElapsedTimer>
#include <QObject>
#include <QTimer>

namespace ui {

class MainWindow;

/// Watches a window open a folder, and tells on standard error how long it takes from the start of the
/// program to the first row of the tree, the whole tree and, when everything is selected then, the whole
/// table; besides the longest turn of the event loop and the memory that it took. Milliseconds and MiB. A
/// window that quits then selects one series, too, and deletes all private attributes for a moment.
class Timing : public QObject {
    Q_OBJECT
public:
    /// `started`: began with the program. The window must outlive it.
    Timing(MainWindow& window, const QElapsedTimer& started, bool selectsAll, bool quits);

    /// Nothing is opened, or everything is there: tells the rest.
    void finish();

private:
    void follow(const edit::SessionEvent& event);
    enum class Step { SelectAll, SelectSeries, SelectAllAgain, DeletePrivate };

    void treeIsComplete();
    void begin(Step step);
    void tableIsComplete();
    edit::InstanceIds firstSeries() const;
    void tellMemory();
    void tell(const char* what, double number, const char* unit) const;
    double now() const;

    MainWindow& m_window;
    QElapsedTimer m_started;
    QElapsedTimer m_turn;
    QTimer m_turns;
    double m_longestTurn = 0;
    Step m_step = Step::SelectAll;
    double m_begun = 0; ///< the step
    bool m_selectsAll;
    bool m_quits;
    bool m_hasRow = false;
};

} // namespace ui
