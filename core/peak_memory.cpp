#include "core/peak_memory.h"

#include <QFile>

namespace {

/// A line of /proc/self/status, which is in KiB.
qint64 fromStatus(const char* name)
{
    QFile status(QStringLiteral("/proc/self/status"));
    if (!status.open(QIODevice::ReadOnly))
        return 0;
    for (const QByteArray& line : status.readAll().split('\n'))
        if (line.startsWith(name))
            return line.simplified().split(' ').value(1).toLongLong() * 1024;
    return 0;
}

} // namespace

qint64 peakMemory()
{
    return fromStatus("VmHWM:");
}

qint64 residentMemory()
{
    return fromStatus("VmRSS:");
}
