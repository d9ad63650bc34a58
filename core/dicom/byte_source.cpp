#include "core/dicom/byte_source.h"

#include <algorithm>

#ifdef Q_OS_LINUX
#include <cerrno>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>
#endif

namespace dicom {

namespace {

Error unreadable(const QString& path, const QString& what, const QString& reason)
{
    return {Error::Kind::Unreadable, QStringLiteral("%1: %2").arg(what, reason),
            QStringLiteral("Check its permissions and the disk"), path};
}

} // namespace

Error changedWhileRead(const QString& path)
{
    return {Error::Kind::Changed, QStringLiteral("was being changed while it was read"),
            QStringLiteral("Try again when nothing writes to it any more"), path};
}

#ifdef Q_OS_LINUX

Result<std::shared_ptr<FileBytes>> FileBytes::open(const QString& path)
{
    std::shared_ptr<FileBytes> bytes(new FileBytes(path));
    bytes->m_handle = ::open(QFile::encodeName(path).constData(), O_RDONLY | O_CLOEXEC | O_NOCTTY);
    struct stat about {};
    if (bytes->m_handle < 0 || ::fstat(bytes->m_handle, &about) != 0)
        return unreadable(path, QStringLiteral("cannot be opened"), qt_error_string(errno));
    bytes->m_size = about.st_size;
    return bytes;
}

FileBytes::~FileBytes()
{
    if (m_handle >= 0)
        ::close(m_handle);
}

Outcome FileBytes::read(qint64 at, char* to, qint64 count)
{
    while (count > 0) {
        const ssize_t got = ::pread(m_handle, to, static_cast<size_t>(count), at);
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            return unreadable(m_path, QStringLiteral("cannot be read"), qt_error_string(errno));
        if (got == 0)
            return changedWhileRead(m_path);
        to += got;
        at += got;
        count -= got;
    }
    return Done{};
}

Result<FileStamp> FileBytes::stamp() const
{
    return stampOf(m_handle, m_path);
}

#else

Result<std::shared_ptr<FileBytes>> FileBytes::open(const QString& path)
{
    std::shared_ptr<FileBytes> bytes(new FileBytes(path));
    bytes->m_file.setFileName(path);
    if (!bytes->m_file.open(QIODevice::ReadOnly | QIODevice::Unbuffered))
        return unreadable(path, QStringLiteral("cannot be opened"), bytes->m_file.errorString());
    bytes->m_size = bytes->m_file.size();
    return bytes;
}

FileBytes::~FileBytes() = default;

Outcome FileBytes::read(qint64 at, char* to, qint64 count)
{
    if (m_file.pos() != at && !m_file.seek(at))
        return unreadable(m_path, QStringLiteral("cannot be read"), m_file.errorString());
    while (count > 0) {
        const qint64 got = m_file.read(to, count);
        if (got < 0)
            return unreadable(m_path, QStringLiteral("cannot be read"), m_file.errorString());
        if (got == 0)
            return changedWhileRead(m_path);
        to += got;
        count -= got;
    }
    return Done{};
}

Result<FileStamp> FileBytes::stamp() const
{
    return stampOf(m_path);
}

#endif

const char* ByteWindow::fill(qint64 from, qint64 count)
{
    if (!m_file || m_failure || from < 0 || count > most || from > m_size - count)
        return nullptr;
    // Behind a value that was skipped there are often a few headers only, or the next long value.
    constexpr qint64 afterSkip = 4LL * 1024;
    const qint64 asked = from;
    const bool begins = m_end == 0 && from + count <= first;
    const bool goesOn = !begins && from >= m_begin && from <= m_end;
    m_next = begins ? first : goesOn ? std::min(most, m_next * 2) : afterSkip;
    from = begins ? 0 : from;
    const qint64 wanted = std::min(std::max(m_next, count), m_size - from);
    if (m_buffer.size() < wanted)
        m_buffer = QByteArray(static_cast<qsizetype>(wanted), Qt::Uninitialized);
    if (const Outcome read = m_file->read(from, m_buffer.data(), wanted); !read) {
        m_failure = read.error();
        m_begin = m_end = 0;
        return nullptr;
    }
    m_data = m_buffer.constData();
    m_begin = from;
    m_end = from + wanted;
    return m_data + (asked - from);
}

} // namespace dicom
