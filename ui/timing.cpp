#include "ui/timing.h"

#include "core/memory.h"
#include "ui/attribute_pane.h"
#include "ui/main_window.h"

#include <QApplication>
#include <QTextStream>
#include <algorithm>

namespace ui {

namespace {

constexpr double mebibyte = 1024.0 * 1024.0;

} // namespace

Timing::Timing(MainWindow& window, const QElapsedTimer& started, bool selectsAll, bool quits)
    : QObject(&window)
    , m_window(window)
    , m_started(started)
    , m_selectsAll(selectsAll)
    , m_quits(quits)
{
    connect(&window.session(), &edit::Session::changed, this, &Timing::follow);
    m_turn.start();
    connect(&m_turns, &QTimer::timeout, this, [this] {
        m_longestTurn = std::max(m_longestTurn, static_cast<double>(m_turn.nsecsElapsed()) / 1e6);
        m_turn.start();
    });
    // Not at every turn: a loop that never rests would take a core from those who read.
    m_turns.setTimerType(Qt::PreciseTimer);
    m_turns.start(std::chrono::milliseconds(2));
    tell("window on screen", now(), "ms");
}

void Timing::follow(const edit::SessionEvent& event)
{
    if (event.kind == edit::SessionEvent::Kind::Loaded && !std::exchange(m_hasRow, true))
        tell("first row", now(), "ms");
    if (event.kind == edit::SessionEvent::Kind::ScanFinished)
        treeIsComplete();
}

void Timing::treeIsComplete()
{
    tell("tree complete", now(), "ms");
    tell("files", m_window.session().progress().loaded, "");
    if (!m_selectsAll)
        return finish();
    m_selectedAt = now();
    connect(&m_window.attributes().model(), &AttributeModel::rowsRead, this, [this] {
        tell("table complete", now(), "ms");
        tell("table after the selection", now() - m_selectedAt, "ms");
        finish();
    });
    m_window.selectInstances(m_window.session().allIds());
}

void Timing::finish()
{
    tell("longest turn of the event loop", m_longestTurn, "ms");
    tell("peak memory", static_cast<double>(peakMemory()) / mebibyte, "MiB");
    tell("resident memory", static_cast<double>(residentMemory()) / mebibyte, "MiB");
    disconnect(&m_window.session(), nullptr, this, nullptr);
    disconnect(&m_window.attributes().model(), nullptr, this, nullptr);
    m_turns.stop();
    if (m_quits)
        QTimer::singleShot(0, &m_window, &QWidget::close);
}

void Timing::tell(const char* what, double number, const char* unit) const
{
    QTextStream(stderr) << QStringLiteral("timing: %1: %2 %3")
                               .arg(QString::fromUtf8(what))
                               .arg(number, 0, 'f', 1)
                               .arg(QString::fromUtf8(unit))
                               .trimmed()
                        << Qt::endl;
}

double Timing::now() const
{
    return static_cast<double>(m_started.nsecsElapsed()) / 1e6;
}

} // namespace ui
