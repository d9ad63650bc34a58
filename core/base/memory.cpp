#include "core/base/memory.h"

#include <QFile>

#ifdef __GLIBC__
#include <malloc.h>
#endif

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

void releaseUnusedMemory()
{
#ifdef __GLIBC__
    ::malloc_trim(0);
#endif
}

qint64 residentMemory()
{
    return fromStatus("VmRSS:");
}
