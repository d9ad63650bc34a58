#pragma once

#include "app/messages.h"
#include "core/base/memory.h"

#include <QElapsedTimer>

/// Tells how long the stages of a job take.
class Stages {
public:
    explicit Stages(bool wanted)
        : m_wanted(wanted)
    {
        m_timer.start();
    }

    void end(const char* stage)
    {
        if (m_wanted)
            say(QStringLiteral("timing: %1: %2 ms, %3 KiB at most so far")
                    .arg(QString::fromUtf8(stage))
                    .arg(static_cast<double>(m_timer.nsecsElapsed()) / 1e6, 0, 'f', 1)
                    .arg(peakMemory() >> 10));
        m_timer.start();
    }

    void endAll() const
    {
        if (m_wanted)
            say(QStringLiteral("timing: peak memory: %1 KiB").arg(peakMemory() >> 10));
    }

private:
    bool m_wanted;
    QElapsedTimer m_timer;
};
