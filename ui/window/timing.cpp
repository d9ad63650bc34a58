#include "ui/window/timing.h"

#include "core/base/memory.h"
#include "ui/attributes/attribute_pane.h"
#include "ui/window/main_window.h"

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
    connect(&m_window.attributes().model(), &AttributeModel::rowsRead, this, &Timing::tableIsComplete);
    begin(Step::SelectAll);
}

void Timing::begin(Step step)
{
    edit::Session& session = m_window.session();
    m_step = step;
    m_begun = now();
    switch (step) {
    case Step::SelectAll:
        return m_window.selectInstances(session.allIds());
    case Step::SelectSeries:
        return m_window.selectInstances(firstSeries());
    case Step::SelectAllAgain:
        return m_window.selectInstances(session.allIds());
    case Step::DeletePrivate:
        return session.append(std::make_shared<edit::Edit>(
            edit::Edit{QStringLiteral("Delete All Private"), session.allIds(), edit::DeletePrivate{}}));
    }
}

void Timing::tableIsComplete()
{
    const double took = now() - m_begun;
    switch (m_step) {
    case Step::SelectAll:
        tell("table complete", now(), "ms");
        tell("table after the selection", took, "ms");
        tellMemory();
        return m_quits ? begin(Step::SelectSeries) : finish();
    case Step::SelectSeries:
        tell("one series after that", took, "ms");
        return begin(Step::SelectAllAgain);
    case Step::SelectAllAgain:
        return begin(Step::DeletePrivate);
    case Step::DeletePrivate:
        tell("private attributes deleted, the table again", took, "ms");
        m_window.session().takeLast(); // nobody is to be asked whether to save that
        return finish();
    }
}

edit::InstanceIds Timing::firstSeries() const
{
    const catalog::Node* node = &m_window.session().catalog().root();
    while (node->level != catalog::Node::Level::Series && !node->children.empty())
        node = node->children.front().get();
    return catalog::instancesBelow(*node);
}

void Timing::tellMemory()
{
    tell("peak memory", static_cast<double>(peakMemory()) / mebibyte, "MiB");
    tell("resident memory", static_cast<double>(residentMemory()) / mebibyte, "MiB");
}

void Timing::finish()
{
    tell("longest turn of the event loop", m_longestTurn, "ms");
    if (!m_selectsAll || m_window.session().catalog().size() == 0)
        tellMemory();
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
